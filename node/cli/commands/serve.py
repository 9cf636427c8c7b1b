"""maillage serve: web and jobs in one process; as long as nobody has begun the first day, the address that opens it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import click
import uvloop

from node.actions.complete_actors import complete_actors
from node.cli.making import is_empty, key_address, make
from node.cli.running import Session, data_option
from node.config import load


@click.command(
    name="serve", help="Serve the pages and do the waiting work, in one process; with --url or --trial, of a new node."
)
@click.option("--bind", metavar="HOST:PORT", default=None, help="Where to listen; the setting server.bind when not given.")
@click.option("--url", default="", help="Address of the node, where none is made yet: https://savoirs.example")
@click.option("--trial", is_flag=True, help="Make a node for this machine alone where there is none yet.")
@data_option
@click.pass_obj
def COMMAND(session: Session, data: Path, bind: str | None, url: str, trial: bool) -> None:
    """Serves until asked to stop."""
    known = load(data)
    asked = replace(known.node, url=url.rstrip("/") or known.node.url)
    if (asked.url or trial) and is_empty(known):
        make(session, data, asked, is_trial=trial)
    with session.node(data, is_migrating=True) as node:
        node.database.write_now(lambda uow: complete_actors(uow, node.house()))
        address = key_address(node)
        if address:
            click.echo("\nPour commencer, ouvrez cette adresse ; elle sert une fois.\nTo begin, open this address, once.")
            click.echo(f"\n    {address}\n")
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(node.serve(bind or node.settings.server.bind))
