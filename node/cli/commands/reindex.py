"""maillage reindex: build anew what is derived from the documents."""

from __future__ import annotations

import click

from node.cli.running import RunningNode, with_node


@click.command(name="reindex", help="Build the search index and the other views anew from the documents.")
@with_node
def COMMAND(node: RunningNode) -> None:
    """Rebuilds every view."""
    count = node.database.write_now(lambda uow: uow.things.reindex())
    click.echo(f"{count} documents indexed.")
