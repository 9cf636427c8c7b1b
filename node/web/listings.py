"""What a page lists, for programs: the things that the reader may see, what they are called, and where the list goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from node.contracts import Listing
from node.domain.participation import State
from node.domain.sittings import whole
from node.storage.naming import names_of
from node.storage.shelves.holdings import Holding
from node.storage.stored import StoredThing
from node.web.desk import Desk
from vocab.errors import VocabError
from vocab.thing import Thing
from vocab.things.event import Event

#: As many things stand in one part of a list, whatever its format.
PART = 200

#: The parameter of an address that names a format.
FORMAT = "format"

#: The parameter by which the list that a resource leads to is asked for in the place of the resource.
CONTENTS = "contenu"

#: The parameters by which pages lead through a list: they make it no other list.
PLACES = ("page", "avant")

#: The path of a list, and the parameters that make it another list.
Address = tuple[str, Mapping[str, str | None]]


def listing(
    desk: Desk,
    found: Iterable[StoredThing | Thing],
    *,
    title: str,
    at: Address,
    after: Mapping[str, str | None] | None = None,
    summary: str = "",
) -> Listing:
    """The things of the list `at` an address as one document.

    `after` are the parameters that lead to its next part, None at the end. What is gone or cannot be read is left out.
    """
    things = readable(found)
    path, query = at
    wanted = {FORMAT: desk.visit.query.get(FORMAT)}
    place = {name: desk.visit.query.get(name) for name in PLACES}
    url = desk.visit.house.url
    return Listing(
        things=things,
        title=title,
        summary=summary,
        iri=url + desk.addresses.page(path, **query),
        here=url + desk.addresses.page(path, **query, **place, **wanted),
        following="" if after is None else url + desk.addresses.page(path, **query, **after, **wanted),
        language=desk.language,
        publisher=desk.visit.house.name,
        changed_at=max((moment for thing in things if (moment := _changed(thing))), default=None),
        names=names_of(desk.uow, things, desk.scope, desk.language),
        answers=answers_to(desk, things),
    )


def answers_to(desk: Desk, things: Iterable[Thing]) -> Mapping[str, State]:
    """What the reader said of the events among these, and of their dates."""
    events = {thing.id for thing in things if isinstance(thing, Event)}
    return {iri: row.state for iri, row in desk.answered.items() if whole(iri) in events} if events else {}


def place_in(following: str, address: str) -> str:
    """Another address of a list, at the place to which this one leads on; "" at the end."""
    places = {name: value for name, value in parse_qsl(urlsplit(following).query) if name in PLACES}
    return f"{address}?{urlencode(places)}" if places else ""


def readable(found: Iterable[StoredThing | Thing]) -> list[Thing]:
    """What of this is there and can be read."""
    return [thing for each in found if (thing := _thing(each)) is not None]


def held(holdings: Sequence[Holding]) -> list[StoredThing]:
    """What is held, as far as it is here; of a list that was asked for with one more than PART."""
    return [holding.thing for holding in holdings[:PART] if holding.thing is not None]


def after_holdings(holdings: Sequence[Holding]) -> dict[str, str | None] | None:
    """What leads to the part after these holdings, which were asked for with one more than PART."""
    return {"avant": holdings[PART - 1].cursor} if len(holdings) > PART else None


def after_stored(stored: Sequence[StoredThing]) -> dict[str, str | None] | None:
    """The same of things in the order in which they came here."""
    return {"avant": str(stored[PART - 1].seq)} if len(stored) > PART else None


def before_of(desk: Desk) -> int | None:
    """Where a list of things in the order in which they came goes on, None for its beginning."""
    cursor = desk.visit.query.get("avant", "")
    return int(cursor) if cursor.isascii() and cursor.isdecimal() and len(cursor) <= 18 else None  # noqa: PLR2004 - of a row


def _thing(found: StoredThing | Thing) -> Thing | None:
    if not isinstance(found, StoredThing):
        return found
    try:
        return None if found.entry.deleted_at else found.thing
    except VocabError:
        return None


def _changed(thing: Thing) -> datetime | None:
    return getattr(thing, "updated", None) or getattr(thing, "published", None)
