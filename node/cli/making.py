"""Makes the node of a folder, and gives the address that opens its first day in the browser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from node.actions.add_member import Newcomer, add_member, appoint
from node.actions.make_node import make_node
from node.cli.node_address import node_address
from node.cli.running import RunningNode, Session
from node.cli.writing import write_whole
from node.config import NodeSettings, Settings, checked, load, written
from node.domain.rights import ADMINISTRATION
from node.errors import Conflict, Invalid
from node.storage.archiving import is_fresh
from node.storage.household import first_run, new_key
from node.storage.shelves.state import ADDRESS
from node.storage.unit_of_work import UnitOfWork

#: Where a node listens that is tried out on one machine.
TRIAL = "http://127.0.0.1:8000"


def make(session: Session, data: Path, given: NodeSettings, *, is_trial: bool = False) -> Settings:
    """Makes the folder's node, once: settings, database, keys; raises Conflict or Invalid."""
    settings = settings_of(data, given, is_trial=is_trial)
    # It will hold keys: its owner alone may read it.
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    node = session.open_node(settings)
    try:
        node.database.migrate()
        node.database.write_now(lambda uow: _made(uow, node))
        # Last, so that an interrupted init can be repeated.
        write_whole(data / "maillage.toml", written(settings).encode(), is_secret=True)
    finally:
        node.close()
    return settings


def is_empty(settings: Settings) -> bool:
    """Whether nobody made a node in this folder, or began to and was interrupted: the settings are written last."""
    return not load(settings.data, {}).node.url


def settings_of(data: Path, given: NodeSettings, *, is_trial: bool) -> Settings:
    """The settings of the new node: those that were there already, with what was said now; raises Conflict or Invalid."""
    # What the environment says is no node yet: a container has its address from there.
    made = load(data, {}).node.url
    if made:
        raise Conflict(f"{data} already holds the node {made}")
    known = load(data)
    if is_trial:
        given = replace(given, url=given.url or TRIAL)
        loopback = replace(known.federation, allow_http=True, allow_addresses=("127.0.0.0/8", "::1/128"))
        known = replace(known, federation=loopback)
    given = replace(given, url=node_address(given.url))
    known = checked(replace(known, node=replace(given, name=given.name or _usual_name(given.url))))
    if not known.node.name.strip():
        raise Invalid("a node needs the name of the organisation that runs it")
    url = urlsplit(known.node.url)
    # A node that is addressed without a proxy listens where its address says.
    is_direct = url.scheme == "http" and url.port is not None
    server = replace(known.server, bind=f"{url.hostname}:{url.port}") if is_direct else known.server
    return replace(known, server=server)


def key_address(node: RunningNode) -> str:
    """The address that opens the first day, once; "" when it is over, or this node is older than that."""

    def deed(uow: UnitOfWork) -> str:
        state = first_run(uow)
        if state == "done" or (not state and not is_fresh(uow)):
            return ""
        house = node.house()
        person = next((row.iri for row in uow.members.all() if _looks_after(uow, node, row.iri)), "")
        return f"{house.url}/premiers-pas?cle={new_key(uow, person, house.now)}"

    return node.database.write_now(deed)


def _looks_after(uow: UnitOfWork, node: RunningNode, person: str) -> bool:
    house = node.house()
    return ADMINISTRATION in uow.members.roles(person, house.organisation, house.now)


def _usual_name(url: str) -> str:
    """What a node is called until somebody says: the first part of its name in the web."""
    host = urlsplit(url).hostname or ""
    label = host.partition(".")[0]
    return "Essai" if label.isdecimal() or label == "localhost" else label.capitalize()


def _made(uow: UnitOfWork, node: RunningNode) -> None:
    """Makes the node and the account of whoever was named, once: where that was done already, the settings alone are missing."""
    house, settings = node.house(), node.settings
    begun = uow.state.get(ADDRESS)
    if begun not in {None, house.url}:
        raise Conflict(f"a node {begun} was begun in {settings.data}: make it with --url {begun}, or take another folder")
    if begun:
        return
    make_node(uow, house, summary=settings.node.summary)
    email = settings.node.contact
    if email:
        person = add_member(uow, house, Newcomer(email=email, name=email.partition("@")[0], language=house.language))
        appoint(uow, house, person.iri)
