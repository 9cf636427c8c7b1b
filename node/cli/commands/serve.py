"""maillage serve: web and jobs in one process; as long as nobody has begun the first day, the address that opens it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import click
import uvloop

from node.actions.complete_actors import complete_actors
from node.cli.door import check_free
from node.cli.making import is_empty, key_address, make, settings_of
from node.cli.running import Session, data_option
from node.config import load
from node.errors import Conflict


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
    if (url or known.node.url or trial) and is_empty(known):
        asked = replace(known.node, url=url or known.node.url)
        check_free(bind or settings_of(data, asked, is_trial=trial).server.bind)
        make(session, data, asked, is_trial=trial)
    elif url and known.node.url and url.strip().rstrip("/") != known.node.url:
        raise Conflict(f"{data} holds the node {known.node.url}: leave --url away, or say another folder with --data")
    with session.node(data, is_migrating=True) as node:
        check_free(bind or node.settings.server.bind)
        node.database.write_now(lambda uow: complete_actors(uow, node.house()))
        address = key_address(node)
        if address:
            click.echo("\nPour commencer, ouvrez cette adresse ; elle sert une fois.\nTo begin, open this address, once.")
            click.echo(f"\n    {address}\n")
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(node.serve(bind or node.settings.server.bind))
