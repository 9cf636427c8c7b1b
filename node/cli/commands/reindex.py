"""maillage reindex: build anew what is derived from the documents."""

from __future__ import annotations

import asyncio

import click

from node.actions.index_graph import index_anew
from node.cli.running import RunningNode, with_node
from node.cli.taking_up import reindex
from node.storage.unit_of_work import UnitOfWork


def _recompute(uow: UnitOfWork) -> None:
    uow.tasks.wake("intersections", "all")


@click.command(name="reindex", help="Build the indexes anew from the documents, and have the intersections computed again.")
@with_node
def COMMAND(node: RunningNode) -> None:
    """Rebuilds every view, batch by batch."""
    reindex(node)
    node.database.write_now(_recompute)
    if node.graph is not None:
        count = asyncio.run(index_anew(node.database, node.graph))
        click.echo(f"{count} public things can be asked about at /sparql.")
    click.echo("The search index is complete again; intersections are computed by the node's next look.")
