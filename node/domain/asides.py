"""Events that somebody else announces on the web or in a calendar, as a community puts them beside its own meetings.

What a page says of its events is read from the data that it carries for search engines; nothing of it is executed.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from node.domain.fields import ZONE
from node.domain.html import plain, visible
from node.domain.participation import EXTERNAL, NONE
from node.domain.recurring import excluded, without
from vocab.things.event import Event
from vocab.values import Ref, Text, usual

#: So many events of a page or calendar are offered to choose from; so much of a page is read.
MOST, LONGEST_PAGE = 50, 1_000_000
_MOST_PARTS, _DEEPEST, _LONGEST_WORDS, _LONGEST = 20, 6, 2_000, 300
_DATA = re.compile(r"<script\b[^<>]{0,300}application/ld\+json[^<>]{0,300}>(.{2,200000}?)</script", re.IGNORECASE | re.DOTALL)
_WEB = re.compile(r"https?://\S{4,1000}")
_DAY_ALONE = len("2026-12-03")


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """An event of somebody else. Moments are written as in ISO 8601; `url` is where it is announced, and one registers.

    `recurrence` are its rules (RFC 5545 §3.3.10), read on the clocks of `zone`; `left_out` the days on which it does not return.
    """

    title: str
    start: str
    end: str = ""
    is_day: bool = False
    place: str = ""
    words: str = ""
    url: str = ""
    is_cancelled: bool = False
    zone: str = ""
    recurrence: Sequence[str] = ()
    left_out: Sequence[str] = ()

    @property
    def begins(self) -> datetime:
        """When it begins."""
        return datetime.fromisoformat(self.start)

    @property
    def key(self) -> str:
        """What it is known by when it is met again."""
        return f"{self.url} {self.start}"

    def event(self, language: str) -> Event:
        """The event as it is published here: somebody else's, to be registered for where it is announced."""
        lines = [line for line in self.words.split("\n") if line.strip()] or [self.title]
        end = datetime.fromisoformat(self.end) if self.end else None
        return Event(
            name=Text.of(self.title, language),
            content=Text.of("".join(f"<p>{html.escape(line.strip(), quote=False)}</p>" for line in lines), language),
            start_time=self.begins,
            end_time=end,
            shows_end=end is not None and not self.is_day,
            timezone=self.zone or ZONE,
            recurrence=tuple(self.recurrence),
            unknown=without(date.fromisoformat(day) for day in self.left_out),
            is_all_day=True if self.is_day else None,
            join_mode=EXTERNAL if self.url else NONE,
            external_participation_url=self.url or None,
            origin=Ref(self.url) if self.url else None,
        )


def kept(found: Sequence[Aside]) -> str:
    """JSON, to be kept until somebody has chosen."""
    return json.dumps([asdict(each) for each in found], ensure_ascii=False)


def of_text(text: str) -> list[Aside]:
    """The same read back."""
    found: list[dict[str, Any]] = [
        {name: tuple(said) if isinstance(said, list) else said for name, said in each.items()} for each in json.loads(text)
    ]
    return [Aside(**each) for each in found]


def from_event(event: Event, place: str, url: str, moved: Iterable[date] = ()) -> Aside | None:
    """An event of a calendar; None for one that does not say when it begins.

    `moved` are days of its rule that another event of the calendar stands for.
    """
    if event.start_time is None or event.name is None:
        return None
    address = event.origin.iri if event.origin is not None and _WEB.fullmatch(event.origin.iri) else url
    words = plain(event.content.primary) if event.content is not None else ""
    return Aside(
        title=_line(event.name.primary),
        start=event.start_time.isoformat(),
        end=event.end_time.isoformat() if event.end_time else "",
        is_day=bool(event.is_all_day),
        place=_line(place),
        words="" if words == event.name.primary else words[:_LONGEST_WORDS],
        url=address,
        is_cancelled=event.calendar_status == "CANCELLED",
        zone=event.timezone or "",
        recurrence=event.recurrence,
        left_out=tuple(day.isoformat() for day in sorted({*excluded(event), *moved})) if event.recurrence else (),
    )


def on_page(content: bytes, url: str) -> list[Aside]:
    """The events that a page tells search engines of, in their order."""
    page = content[:LONGEST_PAGE].decode("utf-8", "replace")
    found: list[Aside] = []
    for written in _DATA.findall(page)[:_MOST_PARTS]:
        try:
            data = json.loads(written)
        except (ValueError, RecursionError):
            continue
        found += [aside for each in _events(data, _DEEPEST) if (aside := _aside(each, url)) is not None]
    return list({aside.key: aside for aside in found}.values())[:MOST]


def _events(data: object, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth == 0:
        return
    if isinstance(data, list):
        for each in data[: MOST * 2]:
            yield from _events(each, depth - 1)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        if any(isinstance(kind, str) and kind.endswith("Event") for kind in (kinds if isinstance(kinds, list) else [kinds])):
            yield data
        for name in ("@graph", "itemListElement", "item", "mainEntity", "subEvent"):
            yield from _events(data.get(name), depth - 1)


def _aside(data: Mapping[str, Any], url: str) -> Aside | None:
    start, title = _moment(data.get("startDate")), _line(_text(data.get("name")))
    if start is None or not title:
        return None
    is_day = len(_text(data.get("startDate"))) == _DAY_ALONE
    end = _moment(data.get("endDate"))
    address = urljoin(url, _text(data.get("url"))) if _text(data.get("url")) else url
    return Aside(
        title=title,
        start=start.isoformat(),
        end=end.isoformat() if end is not None and end > start else (start + timedelta(days=1)).isoformat() if is_day else "",
        is_day=is_day,
        place=_place(data.get("location")),
        words=visible(plain(_text(data.get("description"))))[:_LONGEST_WORDS],
        url=address if _WEB.fullmatch(address) else url,
        is_cancelled=_text(data.get("eventStatus")).endswith("EventCancelled"),
    )


def _place(data: object) -> str:
    """« Maison Gauvreau, 1 rue de l’Évêché, Rimouski »."""
    first = data[0] if isinstance(data, list) and data else data
    if isinstance(first, str):
        return _line(first)
    if not isinstance(first, dict):
        return ""
    address = first.get("address")
    parts = [_text(first.get("name"))]
    if isinstance(address, dict):
        parts += [_text(address.get(name)) for name in ("streetAddress", "addressLocality")]
    else:
        parts.append(_text(address))
    return _line(", ".join(dict.fromkeys(part for part in parts if part))).replace(";", ",")


def _moment(data: object) -> datetime | None:
    try:
        said = datetime.fromisoformat(_text(data))
        return usual((said if said.tzinfo is not None else said.replace(tzinfo=ZoneInfo(ZONE))).astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def _text(data: object) -> str:
    return html.unescape(data).strip()[: _LONGEST_WORDS * 2] if isinstance(data, str) else ""


def _line(text: str) -> str:
    return " ".join(visible(plain(text)).split())[:_LONGEST]
