"""maillage move: a person or community of this node goes to another account."""

from __future__ import annotations

import click

from node.actions.move_actor import move_actor
from node.cli.finding import found
from node.cli.naming import local_actor
from node.cli.running import RunningNode, with_node


@click.command(name="move", help="ACTOR goes to ACCOUNT (@name@host or address), which must name it as an alias first.")
@click.argument("actor")
@click.argument("account")
@with_node
def COMMAND(node: RunningNode, actor: str, account: str) -> None:
    """Says where an actor of this node has gone, and asks those who follow it to follow there."""
    house = node.house()
    there = found(node, account)
    row = node.database.write_now(lambda uow: move_actor(uow, house, local_actor(uow, house, actor), there.iri))
    click.echo(f"{row.iri} → {there.iri}")
