"""iCalendar: events as calendars write and read them. What is no event is left out.

An event is known by its own address for ever: a UID that came from elsewhere is kept, and never written as the UID of ours, or
whoever copies an event could change it in the calendars of those who follow both. The clocks that a calendar brings along are
not used: they may be made to turn for ever. Spec: RFC 5545 §3.6.1. Spec: RFC 7986 §5.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import orjson

from node.contracts import Draft, File, Format, Listing, Unread
from node.domain.clocks import clock_of
from node.domain.feeds import Feed
from node.domain.fields import ZONE
from node.domain.html import plain, visible
from node.domain.legible import undated
from node.domain.occasions import place_of
from node.domain.participation import CANCELLED, State, sentence
from node.domain.recurring import excluded
from node.domain.sittings import answered, day_of
from node.errors import Invalid
from vocab.namespaces import FEP8A8E, ICAL
from vocab.things.event import Event
from vocab.things.meeting import Meeting
from vocab.values import Ref, Text, usual

if TYPE_CHECKING:
    from icalendar import Calendar, Component
    from icalendar import Event as Entry

#: A calendar with more events is taken in parts; one with more of its marks of each kind would be read for many seconds.
MOST_EVENTS, MOST_MARKS = 1_000, 50_000
REFRESHED = timedelta(hours=1)

_STATES = {"CANCELLED": CANCELLED, "TENTATIVE": FEP8A8E + "EventTentative", "CONFIRMED": FEP8A8E + "EventScheduled"}
#: When else it takes place, as it is written.
_FURTHER = ("EXDATE", "RDATE", "RECURRENCE-ID")
#: Who said so keeps the time free for it.
_COMING = frozenset({State.ACCEPTED, State.REQUESTED, State.MAYBE})
_LONGEST_RULE, _LONGEST_UID = 1_000, 500
#: Clocks are looked up here, not by the library: it remembers for ever whatever clocks a calendar brings along.
_CLOCK = re.compile(r"(?<!\\);TZID=", re.IGNORECASE)


def write(listing: Listing) -> bytes:
    """One calendar with every event among the things that says when it begins, and the clocks that they are told by."""
    from icalendar import Calendar, vDuration  # noqa: PLC0415 -- an idle node writes no calendar

    found = [(thing, thing.start_time) for thing in listing.things if isinstance(thing, Event) and thing.start_time]
    calendar = Calendar()
    calendar.add("prodid", "-//Maillage//Maillage//FR")
    calendar.add("version", "2.0")
    if title := _line(listing.title):
        calendar.add("name", title)
        calendar.add("x-wr-calname", title)
    if listing.here:
        calendar.add("source", listing.here, {"VALUE": "URI"})
        calendar.add("refresh-interval", REFRESHED, {"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(REFRESHED))
    for event, start in found:
        if _line(event.id):
            calendar.add_component(_entry(event, start, listing))
        for each, state in answered(event, listing.answers):  # the dates of which the reader said something of their own
            dated = _entry(each, each.start_time or start, replace(listing, answers={event.id: state}))
            dated.add("recurrence-id", day_of(each) if event.is_all_day else dated.decoded("dtstart"))
            calendar.add_component(dated)
    if found:
        year = min(start for _, start in found).year - 1
        calendar.add_missing_timezones(first_date=date(max(year, 1970), 1, 1))
    return bytes(calendar.to_ical())


def _entry(event: Event, start: datetime, listing: Listing) -> Entry:
    from icalendar import Event as Entry  # noqa: PLC0415 -- as above

    entry, address = Entry(), "".join(_line(event.id).split())
    changed = event.updated or event.published or start
    entry.add("uid", address)
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("sequence", _sequence(event))
    if event.published:
        entry.add("created", event.published)
    _add_moments(entry, event, start)
    entry.add("summary", _line(event.name.primary) if event.name else "")
    if event.content is not None:
        entry.add("description", plain(undated(event.content.primary)))
    where = "; ".join(words for ref in event.location if (words := place_of(ref)))
    if where:
        entry.add("location", _line(where))
    topics = [_line(listing.names[ref.iri]) for ref in event.topic if ref.iri in listing.names]
    if topics:
        entry.add("categories", topics)
    if event.calendar_status in _STATES:
        entry.add("status", event.calendar_status)
    if address.startswith(("https://", "http://")):
        entry.add("url", address)
    if said := listing.answers.get(event.id):  # who is not there is free
        entry.add("comment", sentence(said).in_language(listing.language))
        entry.add("transp", "OPAQUE" if said in _COMING else "TRANSPARENT")
    return entry


def _add_moments(entry: Entry, event: Event, start: datetime) -> None:
    """When it is: on the clock of the event, so that an hour stays that hour in summer; as days where it is about days."""
    from icalendar import vRecur  # noqa: PLC0415 -- as above

    clock = clock_of(event.timezone or "") or UTC
    end = event.end_time if event.shows_end is not False else None
    if event.is_all_day:
        first = start.astimezone(clock).date()
        entry.add("dtstart", first)
        entry.add("dtend", max(end.astimezone(clock).date() if end else first, first + timedelta(days=1)))
    else:
        entry.add("dtstart", start.astimezone(clock))
        if end is not None:
            entry.add("dtend", end.astimezone(clock))
    for day in sorted(excluded(event)) if event.recurrence else ():
        entry.add("exdate", day if event.is_all_day else datetime.combine(day, start.astimezone(clock).timetz()))
    for rule in event.recurrence:
        try:
            entry.add("rrule", vRecur.from_ical(_line(rule)[:_LONGEST_RULE]))
        except (ValueError, TypeError):
            continue


def _sequence(event: Event) -> int:
    """How often it was changed, as far as calendars care: never less than before."""
    since = event.updated - event.published if event.updated and event.published else timedelta()
    return max(event.calendar_sequence or 0, 0) + max(int(since.total_seconds()), 0)


def read(file: File) -> Iterator[Draft | Unread]:
    """A meeting for each event of a calendar in UTF-8; Invalid says in one line why nothing can be read."""
    events: Sequence[Component] = _calendar(file).walk("VEVENT")
    if len(events) > MOST_EVENTS:
        raise Invalid(f"{file.name}: {len(events)} events are too many at once; split it by {MOST_EVENTS}")
    for number, event in enumerate(events, 1):
        source = f"{file.name}: {_line(_text(event, 'SUMMARY')) or number}"
        try:
            yield _draft(source, event)
        except (ValueError, OverflowError) as fault:  # years that no clock has
            yield Unread(source=source, reason=" ".join(str(fault).split())[:200])
        except Invalid as fault:
            yield Unread(source=source, reason=str(fault))


def feed_of(file: File) -> Feed:
    """What a calendar says of itself; raises Invalid."""
    every = getattr((calendar := _calendar(file)).get("REFRESH-INTERVAL") or calendar.get("X-PUBLISHED-TTL"), "dt", None)
    return Feed(
        title=_line(_text(calendar, "NAME") or _text(calendar, "X-WR-CALNAME"))[:300],
        summary=_line(_text(calendar, "DESCRIPTION") or _text(calendar, "X-WR-CALDESC"))[:300],
        every=every if isinstance(every, timedelta) else timedelta(),
    )


def _calendar(file: File) -> Calendar:
    from icalendar import Calendar  # noqa: PLC0415 -- as above

    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Invalid(f"{file.name}: this calendar is not UTF-8") from fault
    if text.lstrip()[:15].upper() != "BEGIN:VCALENDAR":
        raise Invalid(f"{file.name}: this is no calendar; it does not begin with BEGIN:VCALENDAR")
    if max(map(text.count, ",;:\n")) > MOST_MARKS:
        raise Invalid(f"{file.name}: this calendar has too many values at once; split it")
    try:
        found = Calendar.from_ical(_CLOCK.sub(";X-TZID=", text.replace("\x00", "")), multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OSError, OverflowError, RecursionError) as fault:
        raise Invalid(f"{file.name}: this calendar cannot be read: {' '.join(str(fault).split())[:100]}") from fault
    for calendar in found:
        return calendar
    raise Invalid(f"{file.name}: this calendar has no end (END:VCALENDAR)")


def _draft(source: str, event: Component) -> Draft:
    title = _line(_text(event, "SUMMARY"))
    if "DTSTART" not in event or not title:
        raise Invalid(f"an event has no {'beginning (DTSTART)' if title else 'title (SUMMARY)'}")
    start, zone, is_day = _time(event, "DTSTART")
    words = visible(_text(event, "DESCRIPTION")) or title
    paragraphs = "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in words.split("\n") if line.strip())
    uid, address = _line(_text(event, "UID"))[:_LONGEST_UID], _line(_text(event, "URL"))
    state, place = _STATES.get(_text(event, "STATUS").upper()), _line(_text(event, "LOCATION")).replace(";", ",")
    meeting = Meeting(
        name=Text.of(title),
        content=Text.of(paragraphs),
        start_time=start,
        end_time=_end(event, start, is_day=is_day),
        timezone=zone,
        join_mode="none",
        event_status=Ref(state) if state else None,
        is_all_day=True if is_day else None,
        recurrence=tuple(_written(event, "RRULE")),
        calendar_uid=uid or None,
        calendar_sequence=_number(event),
        published=_moment(event, "CREATED"),
        updated=_moment(event, "LAST-MODIFIED"),
        origin=Ref(address) if address.startswith(("https://", "http://")) else None,
        unknown=tuple(_further(event)),
    )
    again = "".join(_written(event, "RECURRENCE-ID"))
    key = {"key": f"{uid} {again}".strip()} if uid else {}
    return Draft(thing=meeting, source=source, topics=_topics(event), options={**key, **({"location": place} if place else {})})


def _end(event: Component, start: datetime, *, is_day: bool) -> datetime | None:
    """When it ends: as it says, or as long after its beginning as it says."""
    if "DTEND" in event:
        end, _, _ = _time(event, "DTEND")
    else:
        length = getattr(event.get("DURATION"), "dt", None)
        end = start + length if isinstance(length, timedelta) else start
    shortest = timedelta(days=1) if is_day else timedelta()
    return end if end > start + shortest else None


def _further(event: Component) -> Iterator[tuple[str, str]]:
    for key in _FURTHER:
        if values := [{"@value": value} for value in _written(event, key)]:
            yield ICAL + key.lower(), orjson.dumps(values).decode()


def _written(event: Component, key: str) -> Iterator[str]:
    """The values of a property as they are written, each of its lines."""
    for each in _values(event, key)[:20]:
        written = each.to_ical()
        yield _line(written.decode() if isinstance(written, bytes) else str(written))[:_LONGEST_RULE]


def _topics(event: Component) -> tuple[str, ...]:
    words = [_line(str(word))[:300] for each in _values(event, "CATEGORIES") for word in getattr(each, "cats", ())]
    return tuple(dict.fromkeys(word for word in words if word))[:20]


def _text(event: Component, key: str) -> str:
    """A text of an event, the first where there are several."""
    return next((str(value).strip() for value in _values(event, key)), "")


def _values(event: Component, key: str) -> list[Any]:
    """A property as the library reads it, each of its lines."""
    value = event.get(key)
    return value if isinstance(value, list) else [] if value is None else [value]


def _number(event: Component) -> int | None:
    value = event.get("SEQUENCE")
    return int(value) if isinstance(value, int) and 0 <= value < 2**31 else None


def _moment(event: Component, key: str) -> datetime | None:
    value = getattr(event.get(key), "dt", None)
    return value.astimezone(UTC) if isinstance(value, datetime) and value.tzinfo is not None else None


def _time(event: Component, key: str) -> tuple[datetime, str, bool]:
    """A moment, the zone it is said in, and whether it is a whole day: in UTC, on the clock that is named, or on ours."""
    value = _values(event, key)[0]
    said, named = getattr(value, "dt", None), str(getattr(value, "params", {}).get("X-TZID", ""))
    clock = clock_of(named) or ZoneInfo(ZONE)
    if not isinstance(said, date):
        raise Invalid(f"« {''.join(_written(event, key))[:40]} » is no moment of a calendar")
    is_day = not isinstance(said, datetime)
    local = said if isinstance(said, datetime) else datetime.combine(said, time())
    found = usual(local.replace(tzinfo=UTC if local.tzinfo is not None and not named else clock).astimezone(UTC))
    if found is None:
        raise Invalid("an event is in a year that no clock has")
    return found, clock.key, is_day


def _line(text: str) -> str:
    return " ".join(visible(text.replace("\u2028", " ").replace("\x0b", " ").replace("\x85", " ")).split())


FORMAT = Format(
    name="icalendar",
    media_type="text/calendar",
    extension="ics",
    loses={
        "fr": "Tout ce qui n’est pas un événement, et la mise en forme. En entrée : qui est invité, les rappels, les fuseaux.",
        "en": "Whatever is no event, and how texts are laid out. Coming in: who is invited, alarms, time zones.",
    },
    write=write,
    read=read,
    accepts=lambda thing: isinstance(thing, Event),
)
