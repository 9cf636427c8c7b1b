"""Exchanges as pages list them: what began them, where, how much was said, when last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from node.domain.rights import Deed, may
from node.storage.shelves.discussions import Exchange
from node.web.cards import authors_of, kind_of, title_of
from node.web.desk import Desk, Link, Origin
from node.web.promises import Promise, promise

#: The form in which an exchange is begun, below the address of its community.
NEW = "echanges/nouveau"


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
    named = [desk.uow.things.get(iri, desk.scope) for iri in desk.uow.discussions.of(stored.entry.iri)]
    about = [each for each in named if each is not None and each.entry.deleted_at is None]
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


def may_speak_in(desk: Desk) -> list[str]:
    """The communities of this node in which the reader may begin an exchange."""
    return may_act_in(desk, Deed.DISCUSS)


def may_act_in(desk: Desk, deed: Deed) -> list[str]:
    """The communities of this node, among those of the reader, in which they may do something."""
    reader, house = desk.visit.reader, desk.visit.house
    mine = [iri for iri in desk.communities if iri in reader.communities]
    return [iri for iri in mine if may(desk.uow.members.roles(reader.actor, iri, house.now), deed)]
