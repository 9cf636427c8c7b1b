"""maillage alias: says that an account elsewhere is the same person's or community's."""

from __future__ import annotations

import click

from node.actions.move_actor import name_alias
from node.cli.finding import found
from node.cli.naming import local_actor
from node.cli.running import RunningNode, with_node


@click.command(
    name="alias", help="Say that ACCOUNT (@name@host or address) is ACTOR's too: needed before moving here from there."
)
@click.argument("actor")
@click.argument("account")
@click.option("--remove", is_flag=True, help="No longer say so.")
@with_node
def COMMAND(node: RunningNode, actor: str, account: str, remove: bool) -> None:
    """Changes what an actor of this node says of its other accounts, and tells those who know it."""
    house = node.house()
    is_address = account.startswith(("https://", "http://"))
    known = account if remove and is_address else found(node, account).iri
    row = node.database.write_now(lambda uow: name_alias(uow, house, local_actor(uow, house, actor), known, is_mine=not remove))
    click.echo(f"{row.iri} {'is not' if remove else 'is also'} {known}")
