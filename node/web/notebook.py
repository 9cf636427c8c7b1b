"""Notebooks as pages show them: the numbered outline, the way through it, and all of it in one piece."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from node.domain.html import clean, set_below
from node.domain.legible import undated
from node.domain.notebooks import without_outline
from node.domain.plans import brings_numbers, depths, numbers, own_depth
from node.storage.outlining import Opened, opened
from node.storage.stored import StoredThing
from node.web.cards import authors_of, title_of
from node.web.desk import Desk, Link, Origin, web
from node.web.wording import Licence, licence

#: The parameter that says in which of its notebooks a note is read.
WITHIN = "carnet"
#: So many notebooks show the way through them on the page of one note.
_MANY = 5
#: So many notes are read in one piece.
MOST_IN_ONE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A line of an outline as it is shown, with the day of its last change; `is_here`: this reader may read it."""

    number: str
    depth: int
    link: Link
    at: datetime | None
    origin: Origin
    is_part: bool = False
    is_here: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """The way through a notebook at one of its notes: what lies above it, before it and after it."""

    book: Link
    above: tuple[Link, ...]
    place: int
    count: int
    before: Link | None
    after: Link | None


def outline(desk: Desk, stored: StoredThing) -> list[Stop]:
    """The outline of a notebook."""
    lines = opened(desk.uow, stored, desk.scope)
    plan = tuple(each.line for each in lines)
    return [
        _stop(desk, each, number, depth, stored) for each, number, depth in zip(lines, numbers(plan), depths(plan), strict=True)
    ]


def trails(desk: Desk, stored: StoredThing, notebooks: Sequence[str]) -> list[Trail]:
    """The ways through the notebooks in which a note stands, the one first in which it is being read."""
    wanted = desk.visit.query.get(WITHIN, "")
    found = []
    for iri in sorted(notebooks, key=lambda each: wanted not in {each, each.rpartition("/")[2]})[:_MANY]:
        book = desk.uow.things.get(iri, desk.scope)
        trail = _trail(desk, stored, book) if book is not None and book.entry.deleted_at is None else None
        if trail is not None:
            found.append(trail)
    return found


def in_one_piece(desk: Desk, stored: StoredThing) -> Mapping[str, Any]:
    """All that stands in a notebook, one after the other."""
    lines = opened(desk.uow, stored, desk.scope)[:MOST_IN_ONE]
    plan = tuple(each.line for each in lines)
    title, language = title_of(desk, stored)
    chapters = [
        _chapter(desk, each, number, depth, place)
        for place, (each, number, depth) in enumerate(zip(lines, numbers(plan), depths(plan), strict=True), 1)
    ]
    content, spoken = desk.worded(getattr(stored.thing, "content", None))
    return {
        "heading": title,
        "language_of_heading": language,
        "language_of_text": spoken or language,
        "intro": _text(desk, content, [line.iri for line in plan], 0),
        "chapters": chapters,
        "authors": authors_of(desk, stored),
        "thing_href": desk.addresses.thing(stored.entry.iri),
        "iri": stored.entry.iri,
        "licence": licence(stored.entry.license, desk.tongue),
        "at": stored.entry.updated_at or stored.entry.published_at,
        "epub": desk.addresses.page(desk.addresses.thing(stored.entry.iri).partition("?")[0], format="epub", contenu="oui"),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One note of a notebook that is read in one piece."""

    anchor: str
    number: str
    depth: int
    link: Link
    authors: tuple[Link, ...]
    licence: Licence | None
    content: str
    language: str


def _chapter(desk: Desk, each: Opened, number: str, depth: int, place: int) -> Chapter:
    stop = _named(desk, each)
    stored = each.stored
    content, language = desk.worded(getattr(stored.thing, "content", None)) if stored else ("", "")
    return Chapter(
        anchor=f"note-{place}",
        number=number,
        depth=depth,
        link=stop,
        authors=authors_of(desk, stored) if stored and not each.line.is_part else (),
        licence=licence(stored.entry.license, desk.tongue) if stored and stored.entry.license else None,
        content=_text(desk, content, _items(stored), 1),
        language=language,
    )


def _items(stored: StoredThing | None) -> list[str]:
    entries = getattr(stored.thing, "entries", None) if stored else None
    return [ref.iri for ref in getattr(entries.thing, "items", ())] if entries is not None else []


def _text(desk: Desk, content: str, items: Sequence[str], below: int) -> str:
    """A text whose headings stand `below` those of the page."""
    shown = clean(without_outline(undated(content), list(items)), pictures=desk.visit.house.url)
    return set_below(shown, below) if below else shown


def _stop(desk: Desk, each: Opened, number: str, depth: int, book: StoredThing) -> Stop:
    stored = each.stored
    return Stop(
        number=number,
        depth=depth,
        link=_named(desk, each, book.entry.iri),
        at=(stored.entry.updated_at or stored.entry.published_at) if stored else None,
        origin=desk.origin(each.line.iri),
        is_part=each.line.is_part,
        is_here=stored is not None,
    )


def _named(desk: Desk, each: Opened, within: str = "") -> Link:
    if each.stored is None:
        nameless = desk.tongue.say(
            "une note qui ne se lit pas ici (%(host)s)", host=desk.house_of(desk.addresses.host(each.line.iri))
        )
        return Link(text=nameless, href=web(each.line.iri) if not desk.visit.house.is_local(each.line.iri) else "")
    title, language = title_of(desk, each.stored)
    href = desk.addresses.thing(each.line.iri)
    if within and not each.line.is_part:
        path, _, query = href.partition("?")
        named = within.rpartition("/")[2] if desk.visit.house.is_local(within) else within
        href = desk.addresses.page(path, **dict(parse_qsl(query)), **{WITHIN: named})
    return Link(text=title, href=href, language=language)


def _trail(desk: Desk, stored: StoredThing, book: StoredThing) -> Trail | None:
    lines = opened(desk.uow, book, desk.scope)
    seen = [each for each in lines if each.stored is not None]
    place = next((at for at, each in enumerate(seen) if each.line.iri == stored.entry.iri), None)
    if place is None:
        return None
    above = _above(seen, place)
    links = [_named(desk, each, book.entry.iri) for each in (*above, *seen[max(place - 1, 0) : place + 2])]
    around = links[len(above) :]
    title, language = title_of(desk, book)
    return Trail(
        book=Link(text=title, href=desk.addresses.thing(book.entry.iri), language=language),
        above=tuple(links[: len(above)]),
        place=place + 1,
        count=len(seen),
        before=around[0] if place else None,
        after=around[-1] if place + 1 < len(seen) else None,
    )


def _above(seen: Sequence[Opened], place: int) -> list[Opened]:
    """What a line stands below: its parts; or, where the titles bring numbers along, those whose number it goes on with."""
    plan = tuple(each.line for each in seen)
    if brings_numbers([line.title for line in plan]) and own_depth(plan[place].title) is None:
        return []
    deep = depths(plan)
    found: list[Opened] = []
    level = deep[place]
    for at in range(place - 1, -1, -1):
        if deep[at] < level and (plan[at].is_part or own_depth(plan[at].title) is not None):
            found.insert(0, seen[at])
            level = deep[at]
    return found
