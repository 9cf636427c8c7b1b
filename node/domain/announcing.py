"""A meeting as somebody announces it in a form: only its day is needed, everything else can be said later."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from node.domain import dates
from node.domain.fields import ZONE
from node.domain.participation import CANCELLED, EXTERNAL, FREE, NONE, RESTRICTED
from node.domain.recurring import MOST_EXCLUDED, OTHER, excluded, form_of, rule_from, without
from node.domain.sentences import said
from vocab.namespaces import FEP8A8E
from vocab.things.event import Event
from vocab.things.meeting import Meeting
from vocab.things.source import Source
from vocab.values import Ref, Text

#: The longest of each field; of a text that people write.
LIMITS: Mapping[str, int] = {
    "titre": 200, "date": 40, "debut": 20, "fin": 20, "lieu": 300, "lien": 1_000, "texte": 20_000, "repete": 20, "jusque": 40,
    "sauf": 2_000,
}  # fmt: skip
#: How one joins, as the form says it.
WAYS: Mapping[str, str] = {"libre": FREE, "demande": RESTRICTED, "ailleurs": EXTERNAL, "aucune": NONE}
_MOST_PLACES = 100_000
_HOUR = re.compile(r"(\d{1,2})\s*(?:[:hH]\s*(\d{2})?)?\s*(am|pm|a\.m\.|p\.m\.)?")
_NOON, _HOURS_A_DAY, _MINUTES = 12, 24, 60
_SCHEDULED, _CANCELLED = f"{FEP8A8E}EventScheduled", CANCELLED

#: What is said of a meeting that says nothing of itself.
_OPEN = said("Le sujet se choisit ensemble.", "The topic is to be chosen together.")

_WRONG: Mapping[str, Text] = {
    "no day": said("Dites quel jour\u00a0: c’est la seule chose nécessaire.", "Say which day: it is all that is needed."),
    "day": said(
        "Ce jour ne se lit pas. Écrivez-le comme 2026-12-03 ou 3 décembre 2026.",
        "This day can’t be read. Write it like 2026-12-03 or December 3, 2026.",
    ),
    "hour": said(
        "Cette heure ne se lit pas. Écrivez-la comme 14:30 ou 14 h 30.", "This time can’t be read. Write it like 14:30."
    ),
    "until": said("Cela s’arrête avant d’avoir commencé.", "This stops before it begins."),
    "end": said("La fin vient avant le début.", "It ends before it begins."),
    "no beginning": said("Dites aussi quand elle commence.", "Say also when it begins."),
    "link": said("Un lien commence par https://.", "A link begins with https://."),
    "places": said("Écrivez un nombre de places, ou rien.", "Write a number of places, or nothing."),
    "long": said("C’est trop long.", "This is too long."),
    "where": said("Dites sur quelle page on s’inscrit.", "Say on which page one registers."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A meeting that a form announces: the event, its place in words, and what is wrong, by field."""

    meeting: Meeting
    place: str
    problems: Mapping[str, str]


def announced(fields: Mapping[str, str], language: str, title: str) -> Announced:
    """The meeting that these fields say; `title` is what it is called when nobody says. `language` is that of the reader."""
    wrong: dict[str, str] = {
        name: _WRONG["long"].in_language(language) for name in LIMITS if len(fields.get(name, "")) > LIMITS[name]
    }
    said_in = {name: words.strip() for name, words in fields.items() if name not in wrong}
    start, end, is_day = _when(said_in, wrong, language)
    link, register = said_in.get("lien", ""), said_in.get("page", "")
    for name, address in (("lien", link), ("page", register)):
        if address and not _is_web(address):
            wrong[name] = _WRONG["link"].in_language(language)
    mode = WAYS.get(said_in.get("inscription", ""), FREE)
    if mode == EXTERNAL and not register:
        wrong["page"] = _WRONG["where"].in_language(language)
    words = said_in.get("texte", "").replace("\r\n", "\n").replace("\0", "")
    until = _otherwise(said_in, "jusque", wrong, language)
    day = start.astimezone(ZoneInfo(ZONE)).date() if start else None
    if day and until and until < day:
        wrong["jusque"] = _WRONG["until"].in_language(language)
    rule = rule_from(said_in.get("repete", ""), day, until) if day else ""
    meeting = Meeting(
        recurrence=(rule,) if rule else (),
        unknown=without(_left_out(said_in, wrong, language)) if rule or said_in.get("repete") == OTHER else (),
        name=Text.of(said_in.get("titre", "") or title, language),
        content=Text.of(_paragraphs(words) or f"<p>{_OPEN.in_language(language)}</p>", language),
        source=Source(content=Text.of(words, language), media_type="text/plain").ref if words else None,
        in_language=language,
        start_time=start,
        end_time=end,
        shows_end=end is not None and not is_day,
        timezone=ZONE,
        is_all_day=True if is_day else None,
        location=(Ref(link),) if link and "lien" not in wrong else (),
        join_mode=mode,
        external_participation_url=register or None,
        maximum_attendee_capacity=_places(said_in, wrong, language),
        event_status=Ref(_CANCELLED if said_in.get("annulee") else _SCHEDULED),
    )
    return Announced(meeting=meeting, place=said_in.get("lieu", "").replace(";", ","), problems=wrong)


def as_fields(event: Event) -> dict[str, str]:
    """What a form shows of an event that is to be changed; its place and link are the caller's to say."""
    clock = ZoneInfo(ZONE)
    start = event.start_time.astimezone(clock) if event.start_time else None
    end = event.end_time.astimezone(clock) if event.end_time and event.shows_end is not False else None
    source = event.source.thing if event.source is not None else None
    written = source.content.primary if isinstance(source, Source) and source.content else ""
    ways = {mode: way for way, mode in WAYS.items()}
    form, until = form_of(event)
    return {
        "titre": event.name.primary if event.name else "",
        "date": f"{start:%Y-%m-%d}" if start else "",
        "debut": f"{start:%H:%M}" if start and not event.is_all_day else "",
        "fin": f"{end:%H:%M}" if end and not event.is_all_day else "",
        "texte": written,
        "inscription": ways.get((event.join_mode or FREE).lower(), "libre"),
        "page": event.external_participation_url or "",
        "places": str(event.maximum_attendee_capacity or ""),
        "repete": form,
        "jusque": f"{until:%Y-%m-%d}" if until else "",
        "sauf": ", ".join(f"{day:%Y-%m-%d}" for day in sorted(excluded(event))),
    }


def _when(fields: Mapping[str, str], wrong: dict[str, str], language: str) -> tuple[datetime | None, datetime | None, bool]:
    """Beginning and end, and whether it is about the whole day."""
    day = _day(fields.get("date", ""), wrong, language)
    begins, ends = (_hour(fields.get(name, ""), name, wrong, language) for name in ("debut", "fin"))
    if day is None:
        return None, None, False
    clock = ZoneInfo(ZONE)
    if begins is None:
        if ends is not None and "debut" not in wrong:
            wrong["debut"] = _WRONG["no beginning"].in_language(language)
        midnight = datetime.combine(day, time(), clock)
        return midnight, datetime.combine(day + timedelta(days=1), time(), clock), True
    start = datetime.combine(day, begins, clock)
    end = datetime.combine(day, ends, clock) if ends is not None else None
    if end is not None and end <= start:
        wrong["fin"] = _WRONG["end"].in_language(language)
    return start, end, False


def _otherwise(fields: Mapping[str, str], name: str, wrong: dict[str, str], language: str) -> date | None:
    """The day in a field that may stay empty."""
    found: dict[str, str] = {}
    day = _day(fields[name], found, language) if fields.get(name) else None
    wrong.update(dict.fromkeys({name} if found else (), found.get("date", "")))
    return day


def _left_out(fields: Mapping[str, str], wrong: dict[str, str], language: str) -> list[date]:
    """The days on which it does not take place, as they stand between commas."""
    words = [word.strip() for word in re.split(r"[,;\n]", fields.get("sauf", "")) if word.strip()][:MOST_EXCLUDED]
    return [day for word in words if (day := _otherwise({"sauf": word}, "sauf", wrong, language)) is not None]


def _day(words: str, wrong: dict[str, str], language: str) -> date | None:
    if not words:
        wrong.setdefault("date", _WRONG["no day"].in_language(language))
        return None
    try:
        return dates.moment(words, ZONE).astimezone(ZoneInfo(ZONE)).date()
    except (ValueError, OverflowError):
        wrong.setdefault("date", _WRONG["day"].in_language(language))
        return None


def _hour(words: str, name: str, wrong: dict[str, str], language: str) -> time | None:
    if not words:
        return None
    found = _HOUR.fullmatch(words.replace("\u00a0", " ").strip().lower())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (_HOURS_A_DAY, 0)
    if found and found[3]:
        hour = hour % _NOON + (_NOON if found[3].startswith("p") else 0)
    if hour >= _HOURS_A_DAY or minute >= _MINUTES:
        wrong.setdefault(name, _WRONG["hour"].in_language(language))
        return None
    return time(hour, minute)


def _places(fields: Mapping[str, str], wrong: dict[str, str], language: str) -> int | None:
    words = fields.get("places", "")
    if not words:
        return None
    if not (words.isascii() and words.isdecimal() and len(words) < len(str(_MOST_PLACES)) and int(words)):
        wrong["places"] = _WRONG["places"].in_language(language)
        return None
    return int(words)


def _paragraphs(words: str) -> str:
    parts = [part.strip() for part in re.split(r"\n\s*\n", words) if part.strip()]
    return "".join(
        f"<p>{'<br>'.join(html.escape(line.strip(), quote=False) for line in part.split(chr(10)))}</p>" for part in parts
    )


def _is_web(address: str) -> bool:
    return re.fullmatch(r"https?://[^\s/]+(?:/\S*)?", address) is not None
