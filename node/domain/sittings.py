"""One date of a meeting that comes back: its address, a part of that of the meeting, and the meeting as it takes place that day.

Spec: FEP-8a8e §RSVP.
Spec: RFC 5545 §3.8.4.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from node.domain.fields import ZONE
from node.domain.recurring import at_each, clock_at
from vocab.things.event import Event
from vocab.things.meeting import Meeting

E = TypeVar("E", bound=Event)
T = TypeVar("T")

#: Around days before and after these no clock can be set.
_FIRST_YEAR, _LAST_YEAR = 1000, 9998
#: What comes between the address of a meeting and a day, as in …/rencontres/7#date-20261208.
MARK = "#date-"


def at_date(event: str, day: date) -> str:
    """The address of one date of an event."""
    return f"{event}{MARK}{day:%Y%m%d}"


def parted(iri: str) -> tuple[str, date | None]:
    """The address of an event, and the day, None where all of it is meant or nothing that is a day stands there."""
    whole, mark, said = iri.partition(MARK)
    if not mark or len(said) != len("20261208") or not (said.isascii() and said.isdecimal()):
        return iri, None
    try:
        day = date(int(said[:4]), int(said[4:6]), int(said[6:]))
    except ValueError:
        return iri, None
    return (whole, day) if _FIRST_YEAR <= day.year <= _LAST_YEAR else (iri, None)


def whole(iri: str) -> str:
    """The address of an event, of which a date may be meant."""
    return parted(iri)[0]


def day_of(event: Event) -> date | None:
    """The day on which an event begins, by its own clock."""
    return event.start_time.astimezone(clock_at(event.timezone or ZONE)).date() if event.start_time is not None else None


def knows_dates(thing: object) -> bool:
    """Whether whoever answers for an event of another server takes an answer for one date: those of our make do."""
    return isinstance(thing, Meeting) and bool(thing.recurrence)


def answered(event: E, answers: Mapping[str, T]) -> Iterator[tuple[E, T]]:
    """The dates of an event of which something was said apart, as it takes place then, with what that was."""
    for iri, said in answers.items():
        address, day = parted(iri)
        each = sitting(event, day) if day is not None and address == event.id else None
        if each is not None:
            yield each, said


def sitting(event: E, day: date) -> E | None:
    """The event as it takes place on a day; None on a day on which it does not, and for what takes place once."""
    begins = datetime.combine(day, time(), clock_at(event.timezone or ZONE)).astimezone(UTC)
    times = at_each(event, after=begins, before=begins + timedelta(days=1, hours=2)) if event.recurrence else []
    return next((each for each in times if day_of(each) == day), None)
