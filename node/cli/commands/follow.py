"""maillage follow: a community here follows one elsewhere."""

from __future__ import annotations

import click

from node.actions.follow_community import follow
from node.cli.finding import found
from node.cli.naming import local_community
from node.cli.running import RunningNode, with_node


@click.command(name="follow", help="COMMUNITY asks to follow ADDRESS (@name@host or a URL).")
@click.argument("community")
@click.argument("address")
@with_node
def COMMAND(node: RunningNode, community: str, address: str) -> None:
    """Asks, and says where the link stands."""
    follower = node.database.read_now(lambda uow: local_community(uow, community))
    target, house = found(node, address).iri, node.house()
    row = node.database.write_now(lambda uow: follow(uow, house, follower, target))
    click.echo(f"{row.follower} → {row.target}: {row.state}. {row.note}".rstrip())
