"""Who asks: the person of a session cookie, or the actor whose signature a request carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from aiohttp import web

from federation.inbox import authenticate_reader, claim
from node.contracts import House, Tools
from node.domain.appearance import Appearance
from node.domain.rights import ADMINISTRATION, belongs, fingerprint
from node.domain.visibility import ANYONE, Reader, scope_of
from node.errors import NotAllowed
from node.storage.appearing import appearance_of
from node.storage.hosts import host_of
from node.storage.office import must_prove
from node.storage.shelves.sessions import digest
from node.storage.unit_of_work import UnitOfWork
from node.web import doors
from node.web.bodies import heading

#: A peer that asks this soon again is not written down again.
HEARD_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks: `session` is the raw cookie, `actor` a proven remote IRI; both "" for a visitor nobody knows."""

    session: str = ""
    actor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A caller as this node knows them. `form_token` must come back in their forms, "" without a session; `former_token` may.

    `language` is the one that they chose for their pages, "" for none. `is_changed`: they may do other things than when their
    session got its id, which is to be given another. `must_prove`: they look after the node, once they have a second proof.

    `notices`: in how many conversations there is something that they have not looked at. `communities`: path and name of
    each that they belong to, by name. `look`: how the node is dressed for them, None where nobody looks.
    """

    reader: Reader = ANYONE
    name: str = ""
    form_token: str = ""
    former_token: str = ""
    language: str = ""
    is_changed: bool = False
    is_admin: bool = False
    must_prove: bool = False
    notices: int = 0
    communities: tuple[tuple[str, str], ...] = ()
    look: Appearance | None = None


NOBODY = Known()


def is_signed(request: web.Request) -> bool:
    """Whether a request carries an HTTP signature of either standard."""
    return "Signature" in request.headers or "Signature-Input" in request.headers


async def signer(request: web.Request, tools: Tools) -> str:
    """The actor that signed a GET; raises a RemoteError for a signature that proves nothing, NotAllowed for a blocked host."""
    house = tools.house()
    await refuse_blocked(request, tools)  # before its key is asked for: nothing is fetched from a server that is blocked
    actor = await authenticate_reader(heading(request, house.now), keys=tools.keys, url=house.url)
    host = urlsplit(actor).netloc.lower()
    is_blocked, is_news = await tools.database.read(
        lambda uow: (uow.peers.is_blocked(host), is_worth_hearing(uow, host, house.now))
    )
    if is_blocked:
        raise NotAllowed
    if is_news and not house.is_local(actor):
        await tools.database.write(lambda uow: uow.peers.heard(host, house.now))
    return actor


async def refuse_blocked(request: web.Request, tools: Tools) -> None:
    """Raises NotAllowed for whoever claims to be of a blocked host, proven or not: what is open to all is not for them."""
    if not is_signed(request):
        return
    host = host_of(claim(heading(request, tools.house().now)).key_id)
    is_blocked = await tools.database.read(lambda uow: uow.peers.is_blocked(host))
    if is_blocked:
        raise NotAllowed


def is_worth_hearing(uow: UnitOfWork, host: str, now: datetime) -> bool:
    """Whether a sign of life of `host` must be written down: it was failing, or was not heard of lately."""
    row = uow.peers.get(host)
    return row is None or row.failures > 0 or row.last_in_at is None or now - row.last_in_at > HEARD_EVERY


def known(uow: UnitOfWork, caller: Caller, house: House) -> Known:
    """The caller with the communities in which they have a membership now."""
    if caller.actor:
        return Known(reader=_reader(uow, caller.actor, house))
    session = uow.sessions.get(caller.session, house.now) if caller.session else None
    account = uow.actors.get(session.person) if session else None
    if session is None or account is None or account.state != "active":
        return Known(look=appearance_of(uow))
    person, held = session.person, uow.members.held(session.person, house.now)
    member, is_kept = uow.members.get(person), (house.organisation, ADMINISTRATION) in held
    lacks = is_kept and must_prove(uow, house, person)
    reader = Reader(actor=person, communities=frozenset(place for place, role in held if belongs(role)))
    named = [(urlsplit(iri).path, row.name) for iri in reader.communities if (row := uow.actors.get(iri)) is not None]
    return Known(
        reader=reader,
        name=member.name if member else "",
        form_token=doors.form_token(session.digest),
        former_token=doors.form_token(session.former) if session.former else "",
        language=member.tongue if member else "",
        is_changed=session.ends_at is None and session.rights != fingerprint(held),
        is_admin=is_kept and not lacks,
        must_prove=lacks,
        notices=uow.notices.unseen(person, scope_of(reader)),
        communities=tuple(sorted(named, key=lambda pair: pair[1].casefold())),
        look=appearance_of(uow),
    )


def form_token(session: str) -> str:
    """What the forms of the session with this cookie must carry."""
    return doors.form_token(digest(session))


def _reader(uow: UnitOfWork, actor: str, house: House) -> Reader:
    return Reader(actor=actor, communities=uow.members.communities_of(actor, house.now))
