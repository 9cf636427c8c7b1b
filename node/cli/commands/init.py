"""maillage init: settings, database, keys, and a one-time set-up link."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import click

from node.actions.add_member import Newcomer, add_member
from node.actions.make_node import make_node
from node.cli.running import Session, data_option
from node.config import NodeSettings, checked, load, written
from node.errors import Conflict
from node.storage.unit_of_work import UnitOfWork

#: How long the set-up link works.
LINK_LASTS = timedelta(days=7)


@click.command(name="init", help="Make a node: settings, database, keys.")
@click.option("--url", required=True, help="Public address of the node, without a path: https://savoirs.example")
@click.option("--name", required=True, help="Name of the organisation that runs it.")
@click.option("--lang", "language", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
@click.option("--summary", default="", help="One sentence about the organisation.")
@click.option("--email", default="", help="Address of the person who looks after the node.")
@data_option
@click.pass_obj
def COMMAND(session: Session, data: Path, url: str, name: str, language: str, summary: str, email: str) -> None:
    """Makes the folder's node, once."""
    given = load(data)
    if given.node.url:
        raise Conflict(f"{data} already holds the node {given.node.url}")
    node_settings = NodeSettings(url=url.rstrip("/"), name=name, language=language, summary=summary, contact=email)
    bind = replace(given.server, bind=f"{urlsplit(url).hostname}:{urlsplit(url).port}") if _is_trial(url) else given.server
    settings = checked(replace(given, node=node_settings, server=bind))
    data.mkdir(parents=True, exist_ok=True)
    node = session.open_node(settings)
    try:
        node.database.migrate()
        node.database.write_now(lambda uow: make_node(uow, node.house(), summary=summary))
        # Last, so that an interrupted init can be repeated.
        (data / "maillage.toml").write_text(written(settings), "utf-8")
        click.echo(f"{name}: {settings.node.url} is ready in {data}.")
        click.echo(f"Start it with: maillage serve --data {data}")
        if email:
            house = node.house()

            def invite(uow: UnitOfWork) -> str:
                person = add_member(uow, house, Newcomer(email=email, name=name))
                return uow.sessions.create_token("sign-in", person.iri, house.now + LINK_LASTS)

            token = node.database.write_now(invite)
            click.echo(f"Set-up link, good once within seven days: {settings.node.url}/entrer?jeton={token}")
    finally:
        node.close()


def _is_trial(url: str) -> bool:
    """A node that is addressed without a proxy listens where its address says."""
    return urlsplit(url).scheme == "http" and urlsplit(url).port is not None
