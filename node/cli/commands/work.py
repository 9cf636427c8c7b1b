"""maillage work: jobs only."""

from __future__ import annotations

import asyncio

import click
import uvloop

from node.actions.complete_actors import complete_actors
from node.cli.running import RunningNode, with_migrating_node


@click.command(name="work", help="Do the waiting work only; any number of such processes may run beside the server.")
@with_migrating_node
def COMMAND(node: RunningNode) -> None:
    """Works until asked to stop."""
    node.database.write_now(lambda uow: complete_actors(uow, node.house()))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(node.work())
