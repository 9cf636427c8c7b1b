"""maillage init: settings, database, keys, and a one-time set-up link."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import click

from node.actions.add_member import Newcomer, add_member, appoint
from node.actions.make_node import make_node
from node.cli.running import RunningNode, Session, data_option
from node.config import NodeSettings, Settings, checked, load, written
from node.errors import Conflict, Invalid
from node.storage.unit_of_work import UnitOfWork

#: How long the set-up link works.
LINK_LASTS = timedelta(days=7)


@click.command(name="init", help="Make a node: settings, database, keys; prints a link that signs its first person in, once.")
@click.option("--url", required=True, help="Public address of the node, without a path: https://savoirs.example")
@click.option("--name", required=True, help="Name of the organisation that runs it.")
@click.option("--lang", "language", type=click.Choice(["fr", "en"]), default="fr", show_default=True)
@click.option("--summary", default="", help="One sentence about the organisation.")
@click.option("--email", default="", help="Address of the person who looks after the node.  [default: webmaster@ its host]")
@data_option
@click.pass_obj
def COMMAND(  # noqa: PLR0913, PLR0917 -- one parameter an option
    session: Session, data: Path, url: str, name: str, language: str, summary: str, email: str
) -> None:
    """Makes the folder's node, once."""
    settings = _settings(data, NodeSettings(url=url.rstrip("/"), name=name, language=language, summary=summary, contact=email))
    # It will hold keys: its owner alone may read it.
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    node = session.open_node(settings)
    try:
        node.database.migrate()
        token = node.database.write_now(lambda uow: _made(uow, node))
        # Last, so that an interrupted init can be repeated.
        (data / "maillage.toml").touch(mode=0o600)
        (data / "maillage.toml").write_text(written(settings), "utf-8")
    finally:
        node.close()
    click.echo(f"{name}: {settings.node.url} is ready in {data}.")
    click.echo(f"Start it with: maillage serve --data {data}")
    link = f"{settings.node.url}/entrer?jeton={token}"
    click.echo(f"Set-up link for {_first_person(settings)}, good once within seven days: {link}")


def _settings(data: Path, given: NodeSettings) -> Settings:
    """The settings of the new node: those that were there already, with what was said now; raises Conflict or Invalid."""
    if not given.name.strip():
        raise Invalid("a node needs the name of the organisation that runs it")
    # What the environment says is no node yet: a container has its address from there.
    made = load(data, {}).node.url
    if made:
        raise Conflict(f"{data} already holds the node {made}")
    known = checked(replace(load(data), node=given))
    url = urlsplit(given.url)
    # A node that is addressed without a proxy listens where its address says.
    is_trial = url.scheme == "http" and url.port is not None
    server = replace(known.server, bind=f"{url.hostname}:{url.port}") if is_trial else known.server
    return replace(known, server=server)


def _made(uow: UnitOfWork, node: RunningNode) -> str:
    """Makes the node, or what an interrupted init has not made yet; the token of the set-up link."""
    house, settings = node.house(), node.settings
    if uow.actors.get(house.organisation) is None:
        make_node(uow, house, summary=settings.node.summary)
    email = _first_person(settings)
    person = add_member(uow, house, Newcomer(email=email, name=email.partition("@")[0], language=house.language))
    appoint(uow, house, person.iri)
    return uow.sessions.create_token("sign-in", person.iri, house.now + LINK_LASTS)


def _first_person(settings: Settings) -> str:
    """The address said, or the one that every host of the web has for those who look after it (RFC 2142 §5)."""
    return settings.node.contact or f"webmaster@{urlsplit(settings.node.url).hostname}"
