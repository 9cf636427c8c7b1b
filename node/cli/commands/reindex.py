"""maillage reindex: build anew what is derived from the documents."""

from __future__ import annotations

import asyncio
import time
from functools import partial

import click

from node.actions.index_graph import index_anew
from node.cli.running import RunningNode, with_node
from node.storage.unit_of_work import UnitOfWork

#: Things in one transaction, and the rest after it, in seconds: a node that serves meanwhile asks SQLite every tenth of a second
#: whether it may write, and would find it locked each time for as long as all of this takes.
BATCH, REST = 500, 0.12


def _reindex(uow: UnitOfWork, after: int) -> int:
    return uow.things.reindex(after, BATCH)


def _recompute(uow: UnitOfWork) -> None:
    uow.tasks.wake("intersections", "all")


@click.command(name="reindex", help="Build the indexes anew from the documents, and have the intersections computed again.")
@with_node
def COMMAND(node: RunningNode) -> None:
    """Rebuilds every view, batch by batch."""
    after = node.database.write_now(partial(_reindex, after=0))
    while after:
        time.sleep(REST)
        after = node.database.write_now(partial(_reindex, after=after))
    node.database.write_now(_recompute)
    if node.graph is not None:
        count = asyncio.run(index_anew(node.database, node.graph))
        click.echo(f"{count} public things can be asked about at /sparql.")
    click.echo("The search index is complete again; intersections are computed by the node's next look.")
