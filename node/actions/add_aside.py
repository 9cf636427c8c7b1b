"""Finds the events that are announced at an address of the web, and makes them ready to stand beside a community's own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from node.contracts import Draft, File, House, Outside
from node.domain.asides import MOST, Aside, from_event, on_page
from node.domain.discovery import PAGE, kind_of, linked
from node.domain.recurring import replaced
from node.domain.visibility import Scope
from node.errors import Invalid, NotFound
from node.formats import icalendar
from node.storage.unit_of_work import UnitOfWork
from node.transport.pages import Found, page_at
from vocab.errors import VocabError
from vocab.things.event import Event

_ACCEPT = "text/calendar, text/html;q=0.8, */*;q=0.1"
_OK, _LOOKED = 200, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What was found: the events, and the address of the calendar they are in, "" where they stand on a page."""

    events: Sequence[Aside]
    address: str


async def events_at(outside: Outside, house: House, address: str) -> Calendar:
    """The events at an address: of a calendar, of a page, or of the calendar that a page names.

    Raises NotFound where there are none, and what fetching raises.
    """
    url = f"https://{address[9:]}" if address.lower().startswith("webcal://") else address
    found = await _fetched(outside, house, url)
    if kind_of(found.answer.body) == "icalendar":
        return await _calendar(found)
    events = await asyncio.to_thread(on_page, found.answer.body, found.answer.url)
    if events:
        return Calendar(events=events, address="")
    named = linked(found.answer.body, found.answer.url, "text/calendar") if kind_of(found.answer.body) == PAGE else []
    if named:
        return await _calendar(await _fetched(outside, house, named[0]))
    raise NotFound(f"There is no event at {address[:200]}.")


async def _fetched(outside: Outside, house: House, url: str) -> Found:
    if not url.startswith(("https://", "http://")) or house.is_local(url):
        raise Invalid(f"There is no event at {url[:200]}.")
    found = await page_at(outside.send, url, (("Accept", _ACCEPT),), allow_http=house.allow_http)
    if found.answer.status != _OK or house.is_local(found.answer.url):
        raise NotFound(f"There is no event at {url[:200]}: it answered {found.answer.status}.")
    return found


async def _calendar(found: Found) -> Calendar:
    file = File(name=found.answer.url, content=found.answer.body)
    parts = await asyncio.to_thread(lambda: list(icalendar.read(file)))
    read = [(part.thing, part.options.get("location", "")) for part in parts if isinstance(part, Draft)]
    known = [(event, place) for event, place in read if isinstance(event, Event)]
    moved: dict[str, set[date]] = {}
    for event, _ in known:
        moved.setdefault(event.calendar_uid or "", set()).update(replaced(event))
    made = (from_event(event, place, "", moved[event.calendar_uid or ""]) for event, place in known)
    events = [aside for aside in made if aside is not None]
    if not events:
        raise NotFound(f"There is no event in the calendar at {found.answer.url[:200]}.")
    coming = sorted(events, key=lambda each: each.start, reverse=True)
    return Calendar(events=coming[:MOST][::-1], address=found.address)


def ready(uow: UnitOfWork, house: House, chosen: Sequence[Aside], community: str) -> list[Draft]:
    """Drafts of those that the community does not have yet."""
    held = _held(uow, community)
    fresh = [aside for aside in chosen if not (aside.url and aside.key in held)]
    options = ({"location": aside.place} if aside.place else {} for aside in fresh)
    return [
        Draft(thing=aside.event(house.language), source=aside.title, options=words)
        for aside, words in zip(fresh, options, strict=True)
    ]


def _held(uow: UnitOfWork, community: str) -> frozenset[str]:
    """The keys of what stands there already."""
    scope = Scope(communities=frozenset({community}))
    keys: set[str] = set()
    for hit in uow.search.find("", scope=scope, communities=(community,), kind="Event", limit=_LOOKED):
        try:
            event = hit.thing.thing
        except VocabError:
            continue
        if isinstance(event, Event) and event.origin is not None and event.start_time is not None:
            keys.add(f"{event.origin.iri} {event.start_time.isoformat()}")
    return frozenset(keys)
