"""Which events a reader sees, on which days: each time that they take place, where they do again and again."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from node.domain.recurring import at_each, replaced
from node.storage.stored import StoredThing
from node.web.desk import Desk
from node.web.wording import zone
from vocab.errors import VocabError
from vocab.things.event import Event

#: So many events of each kind are looked through, those that came here last.
MOST = 300
KINDS = ("Meeting", "Event")
#: An event that goes on for longer stands on the sheet of a month with so many of its days.
_LONGEST = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """An event that says when it begins; `first` and `last` are days on the clock of the house."""

    stored: StoredThing
    event: Event
    start: datetime
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Between which moments one looks, and at how many times of what takes place again and again at most."""

    after: datetime
    before: datetime
    most: int = 100


def dated(desk: Desk, communities: Sequence[str] | None, window: Window | None = None) -> list[Dated]:
    """The events that a reader sees, of all or of those that these communities hold, by their beginning.

    With a window, what takes place again and again is there each time within it.
    """
    hits = [
        hit
        for kind in KINDS
        for hit in desk.uow.search.find("", scope=desk.scope, communities=communities, kind=kind, limit=MOST)
    ]
    known = {hit.thing.entry.iri for hit in hits}
    single = [each for hit in hits if (each := as_dated(hit.thing)) is not None and not _is_double(each, known)]
    moved = _moved(single)
    found = single if window is None else [time for each in single for time in _times(each, window, moved)]
    return sorted(found, key=lambda each: (each.start, each.stored.entry.iri))


def occurrences(stored: StoredThing, window: Window) -> list[Dated]:
    """An event each time that it takes place within a window; none for what is none."""
    each = as_dated(stored)
    return _times(each, window, frozenset()) if each is not None else []


def _times(each: Dated, window: Window, moved: frozenset[tuple[str, date]]) -> list[Dated]:
    if not each.event.recurrence:
        return [each]
    times = at_each(each.event, after=window.after, before=window.before, most=window.most)
    found = (_placed(each.stored, time) for time in times)
    return [time for time in found if time is not None and (each.event.calendar_uid or "", time.first) not in moved]


def _moved(found: Iterable[Dated]) -> frozenset[tuple[str, date]]:
    """The times that a calendar tells apart because they are not as the others: those stand for themselves."""
    return frozenset((each.event.calendar_uid, day) for each in found if each.event.calendar_uid for day in replaced(each.event))


def _is_double(each: Dated, known: Container[str]) -> bool:
    """Whether somebody put it here by hand, and it has come by itself since: that one can be answered."""
    return each.stored.entry.is_local and each.event.origin is not None and each.event.origin.iri in known


def as_dated(stored: StoredThing) -> Dated | None:
    """An event with the days on which it takes place, by the clock of here; None for what is none, or has no date."""
    try:
        event = stored.thing
    except VocabError:
        return None
    return _placed(stored, event) if isinstance(event, Event) else None


def _placed(stored: StoredThing, event: Event) -> Dated | None:
    if event.start_time is None:
        return None
    end = event.end_time if event.shows_end is not False and event.end_time else event.start_time
    first = event.start_time.astimezone(zone()).date()
    # What ends at midnight does not take place on the day that begins then.
    last = max((end - timedelta(seconds=1)).astimezone(zone()).date(), first)
    return Dated(
        stored=stored, event=event, start=event.start_time, first=first, last=min(last, first + timedelta(days=_LONGEST))
    )
