"""maillage migrate: bring the database to the form that this version needs."""

from __future__ import annotations

import click

from node.actions.complete_actors import complete_actors
from node.cli.running import RunningNode, with_migrating_node


@click.command(name="migrate", help="Bring the database up to date; done by serve and work as well.")
@with_migrating_node
def COMMAND(node: RunningNode) -> None:
    """Migrates to the newest form."""
    node.database.write_now(lambda uow: complete_actors(uow, node.house()))
    click.echo("The database is up to date.")
