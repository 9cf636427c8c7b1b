"""maillage serve: web and jobs in one process."""

from __future__ import annotations

import asyncio

import click
import uvloop

from node.actions.complete_actors import complete_actors
from node.cli.running import RunningNode, with_migrating_node


@click.command(name="serve", help="Serve the pages and do the waiting work, in one process.")
@click.option("--bind", metavar="HOST:PORT", default=None, help="Where to listen; the setting server.bind when not given.")
@with_migrating_node
def COMMAND(node: RunningNode, bind: str | None) -> None:
    """Serves until asked to stop."""
    node.database.write_now(lambda uow: complete_actors(uow, node.house()))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(node.serve(bind or node.settings.server.bind))
