"""What software of other makes needs to show a thing: words where it looks for them. How it looks there: `federation/oracles`."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from node.domain.html import plain
from node.domain.prose import summary as summary_of
from node.domain.rhythm import rhythm
from vocab.things.event import Event
from vocab.things.link import Link
from vocab.things.mapping import Mapping
from vocab.things.note import Note
from vocab.things.object import Object
from vocab.things.place import Place
from vocab.things.virtual_location import VirtualLocation
from vocab.values import Ref, Text

T = TypeVar("T", bound=Object)
E = TypeVar("E", bound=Event)

#: What the link to a meeting online is called, so that others find it.
ROOM = "Website"
_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),  # noqa: SIM905
    "en": "January February March April May June July August September October November December".split(),  # noqa: SIM905
}
_WHEN = {"fr": "Quand\u00a0: ", "en": "When: "}


def paragraph(words: str, language: str) -> Text:
    """Plain words as HTML, for a summary."""
    return Text.of(_wrapped(words), language)


def legible(thing: T, language: str) -> T:
    """A thing as everybody can show it.

    What is longer than a note carries a summary and a content, for Mastodon shows the one and others the other. A note carries
    no summary, which would be a warning that hides it; and an answer no name, which GoToSocial takes for one. An event says in
    its summary when it takes place, and what lies elsewhere hangs on as a link: some software shows nothing else of either.
    """
    spoken = thing.in_language or language
    if isinstance(thing, Place):
        return thing
    if isinstance(thing, Note):
        return _note(thing, spoken)
    if thing.summary is None:
        thing = replace(thing, summary=_summary(thing, spoken))
    if isinstance(thing, Event):
        places, attached = _placed(thing)
        thing = replace(thing, location=places, attachment=attached)
        thing = _dated(thing, thing.start_time, spoken) if thing.start_time is not None else thing
    linked = replace(thing, attachment=(*thing.attachment, *_links(thing)))
    return linked if linked.content is not None else replace(linked, content=linked.summary)


def when(start: datetime, timezone: str, language: str, *, is_day: bool = False) -> str:
    """A moment on the clocks of a place, in French or English: « 1er décembre 2026, 18 h 00 (America/Montreal) »; or its day."""
    try:
        local = start.astimezone(ZoneInfo(timezone or "UTC"))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        local, timezone = start, ""
    tongue = "fr" if language.startswith("fr") else "en"
    number = "1er" if local.day == 1 and tongue == "fr" else str(local.day)
    day = f"{number} {_MONTHS[tongue][local.month - 1]} {local.year}"
    if is_day:
        return day
    hour = f"{local:%H:%M}" if tongue == "en" else f"{local.hour}\u00a0h\u00a0{local.minute:02}"
    return f"{day}, {hour} ({timezone or 'UTC'})"


def _note(note: T, language: str) -> T:
    title = paragraph(note.name.primary if note.name is not None else "", language)
    words = note.content or title
    if isinstance(note, Mapping):
        # Most software shows no name of a note, and the reasons for a mapping say nothing without it.
        lead = title.primary
        entries = tuple((tag, text if text.startswith(lead) else lead + text) for tag, text in words.entries)
        return replace(note, content=Text(entries=entries))
    return replace(note, content=words, name=None if note.in_reply_to else note.name)


def _summary(thing: Object, language: str) -> Text:
    """The beginning of the content in each of its languages, else the name."""
    if thing.content is None:
        return paragraph(thing.name.primary if thing.name is not None else "", language)
    name = thing.name or thing.content
    said = {tag: _wrapped(summary_of(plain(words).split("\n")) or name.in_language(tag)) for tag, words in thing.content.entries}
    return Text.by_language({tag or language: words for tag, words in said.items()}, thing.content.language or language)


def _placed(event: Event) -> tuple[tuple[Ref, ...], tuple[Ref, ...]]:
    """The places and the attachments of an event: one spot, and its rooms online as attached links called Website.

    Mobilizon reads no list of places, and takes the link of that name for the address of the meeting online.
    """
    known = {_href(ref) for ref in event.attachment}
    rooms = tuple(room for ref in event.location if isinstance(room := ref.thing, VirtualLocation))
    spots = tuple(ref for ref in event.location if not isinstance(ref.thing, VirtualLocation))
    doors = [room.url[0] for room in rooms if room.url and room.url[0].iri not in known]
    links = tuple(Link(href=door, name=Text.of(ROOM), media_type="text/html").ref for door in doors)
    return spots if len(spots) == 1 else event.location, (*event.attachment, *links)


def _dated(event: E, start: datetime, language: str) -> E:
    """The event with its moment in front of the summary, and of the text where it comes back; written anew where it was there.

    Mobilizon shows the text, and knows of no rule: without words it would tell of the first date alone.
    """

    def told(text: Text) -> Text:
        said = {tag: f"{_moment(event, start, tag or language)}{undated(words)}" for tag, words in text.entries}
        return Text.by_language(said, text.language)

    content = told(event.content) if event.content is not None and event.recurrence else event.content
    return replace(event, summary=told(event.summary or paragraph("", language)), content=content)


def _moment(event: Event, start: datetime, language: str) -> str:
    tongue = "fr" if language.startswith("fr") else "en"
    moment = when(start, event.timezone or "", language, is_day=bool(event.is_all_day))
    return _wrapped(f"{_WHEN[tongue]}{', '.join(part for part in (moment, rhythm(event, tongue)) if part)}")


def undated(words: str) -> str:
    """A summary without the moment that was put in front of it."""
    first, end, rest = words.partition("</p>")
    return rest if end and first.removeprefix("<p>").startswith(tuple(_WHEN.values())) else words


def _links(thing: Object) -> tuple[Ref, ...]:
    """The addresses elsewhere at which a thing is read or seen, as attachments, each once."""
    known = {_href(ref) for ref in thing.attachment}
    here = urlsplit(thing.id).netloc
    away = [ref.iri for ref in thing.url if ref.thing is None and urlsplit(ref.iri).netloc not in {"", here}]
    return tuple(Link(href=Ref(iri), media_type="text/html").ref for iri in dict.fromkeys(away) if iri not in known)


def _href(ref: Ref) -> str:
    return ref.thing.href.iri if isinstance(ref.thing, Link) and ref.thing.href is not None else ""


def _wrapped(words: str) -> str:
    return f"<p>{html.escape(words, quote=False)}</p>"
