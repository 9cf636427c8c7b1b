"""iCalendar: events as calendars write and read them. What is no event is left out.

Spec: RFC 5545 §3.6.1.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from node.contracts import Draft, File, Format, Listing
from node.domain.fields import ZONE
from node.domain.html import plain, visible
from node.domain.participation import CANCELLED
from node.errors import Invalid
from vocab.namespaces import FEP8A8E
from vocab.things.event import Event
from vocab.things.meeting import Meeting
from vocab.things.place import Place
from vocab.things.postal_address import PostalAddress
from vocab.things.virtual_location import VirtualLocation
from vocab.values import Ref, Text

#: A line is folded after so many bytes.
LINE = 75
#: A calendar with more events is taken in parts.
MOST_EVENTS = 1_000

_STATES = {"CANCELLED": CANCELLED, "TENTATIVE": FEP8A8E + "EventTentative", "CONFIRMED": FEP8A8E + "EventScheduled"}
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
#: NAME;PARAM=value;PARAM="quoted: value":the rest
_PROPERTY = re.compile(r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)', re.DOTALL)
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^";:,]*)')


def write(listing: Listing) -> bytes:
    """One calendar with every event among the things that says when it begins."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Maillage//Maillage//FR"]
    for thing in listing.things:
        if isinstance(thing, Event) and thing.start_time is not None:
            lines += _event(thing, thing.start_time)
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _folded(line)).encode()


def read(file: File) -> list[Draft]:
    """A meeting for each event of a calendar in UTF-8; Invalid says in one line what cannot be read."""
    name = file.name
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Invalid(f"{name}: this calendar is not UTF-8") from fault
    lines = list(_properties(name, text))
    if not lines or lines[0][:1] != ("BEGIN",) or lines[0][2].upper() != "VCALENDAR":
        raise Invalid(f"{name}: this is no calendar; it does not begin with BEGIN:VCALENDAR")
    found = [_draft(name, event) for event in _events(lines)]
    if len(found) > MOST_EVENTS:
        raise Invalid(f"{name}: {len(found)} events are too many at once; split it into parts of {MOST_EVENTS}")
    return found


def _event(event: Event, start: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    address = visible(event.id).replace("\n", "")
    yield f"UID:{address}"
    yield f"DTSTAMP:{_moment(event.updated or event.published or start)}"
    yield f"DTSTART:{_moment(start)}"
    if event.end_time is not None and event.shows_end is not False:
        yield f"DTEND:{_moment(event.end_time)}"
    yield f"SUMMARY:{_escaped(event.name.primary if event.name else '')}"
    if event.content is not None:
        yield f"DESCRIPTION:{_escaped(plain(event.content.primary))}"
    where = "; ".join(words for ref in event.location if (words := _place(ref)))
    if where:
        yield f"LOCATION:{_escaped(where)}"
    if event.calendar_status in _STATES:
        yield f"STATUS:{event.calendar_status}"
    if address:
        yield f"URL:{address}"
    yield "END:VEVENT"


def _place(ref: Ref) -> str:
    place = ref.thing
    if isinstance(place, VirtualLocation):
        return next((each.iri for each in place.url if each.iri), "")
    if not isinstance(place, Place):
        return ""
    parts = [place.name.primary if place.name else ""]
    for each in place.address:
        if isinstance(each.thing, PostalAddress):
            parts += [each.thing.street_address or "", each.thing.address_locality or ""]
    return ", ".join(part for part in parts if part)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    clean = visible(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return clean.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 bytes, cut between characters; all but the first begin with a space."""
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    yield piece


def _properties(name: str, text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """The properties in order: name, parameters, value as written."""
    whole = re.sub(r"\r?\n[ \t]", "", text.replace("\x00", ""))
    # by the line ends of calendars alone: what else parts lines for Python stands within the words of some
    for number, line in enumerate(re.split(r"\r\n|\r|\n", whole), 1):
        if not line.strip():
            continue
        match = _PROPERTY.fullmatch(line)
        if match is None:
            raise Invalid(f"{name}, line {number}: « {line[:40]} » is no property of a calendar")
        parameters = {key.upper(): value.strip('"') for key, value in _PARAMETER.findall(match[2])}
        yield match[1].upper(), parameters, match[3]


def _events(lines: Sequence[tuple[str, dict[str, str], str]]) -> Iterator[dict[str, tuple[dict[str, str], str]]]:
    """The properties of each event, those of alarms within it left out; of several of one name the first."""
    inside: list[str] = []
    event: dict[str, tuple[dict[str, str], str]] = {}
    for key, parameters, value in lines:
        if key == "BEGIN":
            inside.append(value.upper())
            event = {} if inside[-1] == "VEVENT" else event
        elif key == "END" and inside:
            if inside.pop() == "VEVENT":
                yield event
        elif inside and inside[-1] == "VEVENT":
            event.setdefault(key, (parameters, value))


def _draft(name: str, event: dict[str, tuple[dict[str, str], str]]) -> Draft:
    title = " ".join(_text(event, "SUMMARY").split())
    if "DTSTART" not in event or not title:
        raise Invalid(f"{name}: an event has no {'beginning (DTSTART)' if title else 'title (SUMMARY)'}")
    start, zone = _time(name, *event["DTSTART"])
    end = _time(name, *event["DTEND"])[0] if "DTEND" in event else None
    words = _text(event, "DESCRIPTION") or title
    paragraphs = "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in words.split("\n") if line.strip())
    values: dict[str, Any] = {"timezone": zone, "join_mode": "none"}
    state = _STATES.get(_text(event, "STATUS").upper())
    if state:
        values["event_status"] = Ref(state)
    meeting = Meeting(
        name=Text.of(title),
        content=Text.of(paragraphs),
        start_time=start,
        end_time=end if end is not None and end > start else None,
        **values,
    )
    place = _text(event, "LOCATION").replace(";", ",")
    return Draft(thing=meeting, source=f"{name}: {title}", options={"location": place} if place else {})


def _text(event: dict[str, tuple[dict[str, str], str]], key: str) -> str:
    value = event.get(key, ({}, ""))[1]
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value).strip()


def _time(name: str, parameters: dict[str, str], value: str) -> tuple[datetime, str]:
    """A moment and the zone it is said in: in UTC (with Z), on the clocks of TZID, on ours, or a whole day."""
    zone = parameters.get("TZID", ZONE)
    try:
        clock = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone, clock = ZONE, ZoneInfo(ZONE)
    try:
        if re.fullmatch(r"\d{8}", value):
            return datetime.combine(date.fromisoformat(value), time(), clock).astimezone(UTC), zone
        said = datetime.strptime(value.rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 -- its zone is put on below
    except ValueError as fault:
        raise Invalid(f"{name}: « {value[:40]} » is no moment of a calendar") from fault
    return said.replace(tzinfo=UTC if value.endswith("Z") else clock).astimezone(UTC), zone


FORMAT = Format(
    name="icalendar",
    media_type="text/calendar",
    extension="ics",
    loses={
        "fr": "Tout ce qui n’est pas un événement, et la mise en forme des textes.",
        "en": "Whatever is no event, and how texts are laid out.",
    },
    write=write,
    read=read,
    accepts=lambda thing: isinstance(thing, Event),
)
