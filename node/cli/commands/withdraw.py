"""maillage withdraw: take back what was published."""

from __future__ import annotations

import click

from node.actions.withdraw import withdraw
from node.cli.running import RunningNode, with_node


@click.command(name="withdraw", help="Withdraw the resource IRI: here it answers “gone”, and all who received it are told.")
@click.argument("iri")
@with_node
def COMMAND(node: RunningNode, iri: str) -> None:
    """Withdraws one thing, in the name of the organisation."""
    house = node.house()
    node.database.write_now(lambda uow: withdraw(uow, house, iri, house.organisation))
    click.echo(f"{iri} is withdrawn.")
