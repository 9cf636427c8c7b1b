"""maillage integrate: a community takes up what another one published."""

from __future__ import annotations

import click

from node.actions.integrate import integrate, let_go
from node.cli.naming import local_community
from node.cli.running import RunningNode, with_node
from node.storage.unit_of_work import UnitOfWork


@click.command(
    name="integrate", help="Put the public resource IRI of another community into the repertoire of COMMUNITY, as a reference."
)
@click.argument("iri")
@click.option("--community", required=True)
@click.option("--undo", is_flag=True, help="Take it out again.")
@with_node
def COMMAND(node: RunningNode, iri: str, community: str, undo: bool) -> None:
    """Refers to a thing, or no longer does."""
    house = node.house()

    def deed(uow: UnitOfWork) -> None:
        action = let_go if undo else integrate
        action(uow, house, iri, local_community(uow, community), house.organisation)

    node.database.write_now(deed)
    click.echo(f"{community} {'no longer refers' if undo else 'refers'} to {iri}")
