"""Exchanges as pages list them: what began them, where, how much was said, when last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from node.domain.rights import Deed, may
from node.errors import NotAllowed, NotFound
from node.storage.far import community_of, far_handle, has_heard_from
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.discussions import Exchange
from node.web.cards import authors_of, kind_of, title_of
from node.web.desk import Desk, Link, Origin
from node.web.promises import Promise, promise

#: The form in which an exchange is begun, below the address of its community.
NEW = "echanges/nouveau"


#: The communities of this site by their short name, those of others as name@host.
SLUG = "{slug:[a-z0-9._-]+(?:@[a-z0-9.:-]+)?}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One exchange of a list. `about` is what it is about, as far as the reader may see it."""

    title: Link
    kind: str
    authors: tuple[Link, ...]
    community: Link | None
    origin: Origin
    answers: int
    last_at: datetime
    promise: Promise | None
    about: tuple[Link, ...]
    is_folded: bool = False


def row(desk: Desk, exchange: Exchange) -> Row:
    """One exchange as a row."""
    stored = exchange.thing
    words, language = title_of(desk, stored)
    things = [desk.uow.things.get(iri, desk.scope) for iri in desk.uow.discussions.of(stored.entry.iri)]
    about = [each for each in things if each is not None and each.entry.deleted_at is None]
    return Row(
        title=Link(text=words, href=desk.addresses.thing(stored.entry.iri), language=language),
        kind=kind_of(desk, stored.thing),
        authors=authors_of(desk, stored),
        community=desk.community(stored.entry.community) if stored.entry.community else None,
        origin=desk.origin(stored.entry.iri),
        answers=exchange.answers,
        last_at=exchange.last_at,
        promise=promise(desk, stored.thing),
        about=tuple(Link(text=title_of(desk, each)[0], href=desk.addresses.thing(each.entry.iri)) for each in about),
        is_folded=stored.entry.author in desk.hidden,
    )


def named(desk: Desk, slug: str) -> ActorRow:
    """The community of this site or of another that a path names, in which the reader may begin an exchange.

    Raises NotFound for one that is not here, or not known to reach them; NotAllowed for whoever may not speak in it.
    """
    if "@" not in slug:
        row = desk.here(f"/communautes/{slug}")
        if row.iri not in may_speak_in(desk):
            raise NotAllowed
        return row
    found = community_of(desk.uow, slug)
    if found is None or not may_speak_far(desk, found.iri):
        raise NotFound
    return found


def may_speak_far(desk: Desk, community: str) -> bool:
    """Whether the reader may begin an exchange in a community of another site, as far as is known here: it decides itself."""
    visit = desk.visit
    return bool(visit.form_token) and has_heard_from(desk.uow, visit.reader.actor, community)


def new_exchange(desk: Desk, community: str, **asked: str) -> str:
    """Where an exchange is begun in a community of this site or of another."""
    handle = far_handle(desk.uow, community).removeprefix("@")
    path = f"/communautes/{handle}" if handle else community.removeprefix(desk.visit.house.url)
    return desk.addresses.page(f"{path}/{NEW}", **asked)


def may_speak_in(desk: Desk) -> list[str]:
    """The communities of this node in which the reader may begin an exchange."""
    return may_act_in(desk, Deed.DISCUSS)


def may_act_in(desk: Desk, deed: Deed) -> list[str]:
    """The communities of this node, among those of the reader, in which they may do something."""
    reader, house = desk.visit.reader, desk.visit.house
    mine = [iri for iri in desk.communities if iri in reader.communities]
    return [iri for iri in mine if may(desk.uow.members.roles(reader.actor, iri, house.now), deed)]
