"""maillage init: settings, database, keys, and the address that opens the first day in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from node.cli.making import key_address, make
from node.cli.running import Session, data_option
from node.config import NodeSettings
from node.errors import Invalid


@click.command(name="init", help="Make a node: settings, database, keys; prints the address that opens its first day, once.")
@click.option("--url", default="", help="Public address of the node, without a path: https://savoirs.example")
@click.option("--trial", is_flag=True, help="A node for this machine alone, at http://127.0.0.1:8000 unless --url says another.")
@click.option("--name", default="", help="Name of the organisation that runs it; the browser asks for it, too.")
@click.option("--lang", "language", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
@click.option("--summary", default="", help="One sentence about the organisation.")
@click.option("--email", default="", help="Address of the person who looks after the node; the browser asks for it, too.")
@data_option
@click.pass_obj
def COMMAND(  # noqa: PLR0913, PLR0917 -- one parameter an option
    session: Session, data: Path, url: str, trial: bool, name: str, language: str, summary: str, email: str
) -> None:
    """Makes the folder's node, once."""
    if not url and not trial:
        raise Invalid("a node needs its address: --url https://savoirs.example, or --trial to try it on this machine")
    given = NodeSettings(url=url, name=name, language=language, summary=summary, contact=email)
    settings = make(session, data, given, is_trial=trial)
    with session.node(data, is_migrating=False) as node:
        address = key_address(node)
    click.echo(f"{settings.node.name}: {settings.node.url} is ready in {data}.")
    click.echo(f"Start it with: maillage serve --data {data}")
    click.echo(f"Then open this address, good once within seven days: {address}")
