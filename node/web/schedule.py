"""The calendar: which events a reader sees, one after the other and as the sheet of a month."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from babel import Locale
from babel.dates import get_day_names

from node.domain.participation import SAID_HERE, State, is_cancelled, is_over, sentence
from node.domain.sittings import at_date, day_of
from node.web.cards import audience_words, document_of, title_of
from node.web.dating import Dated
from node.web.desk import Desk, Link, Origin, refs
from node.web.occasions import place_words, span, state_words
from node.web.translations import TAGS, phrase
from node.web.wording import date_words, zone

#: So many events that are over are shown.
MOST_OVER = 20
#: So far ahead one looks for what takes place again and again; so many of its next times stand in a list.
AHEAD, NEXT = timedelta(days=400), 4
_MOST_TERMS = 30
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_FIRST_YEAR, _LAST_YEAR, _MONTHS = 1970, 2200, 12

#: What is looked at: everything, what the reader's own communities hold, what touches their territory, what comes from elsewhere.
ALL, MINE, NEAR, FOLLOWED = "", "miennes", "territoire", "suivis"
SCOPES = (
    (ALL, phrase("Tout")),
    (MINE, phrase("Mes communautés")),
    (NEAR, phrase("Mon territoire")),
    (FOLLOWED, phrase("D’ailleurs")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """An event as the calendar shows it. `own` is what the reader said about it; `hour` stands on the sheet of a month.

    `is_aside`: it is somebody else's, put beside the community's own.
    """

    iri: str
    href: str
    title: str
    language: str
    when: str
    hour: str
    start: datetime
    day: str
    weekday: str
    month: str
    place: str
    origin: Origin
    communities: tuple[Link, ...]
    audience: str
    state: str
    is_off: bool
    is_aside: bool
    own: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day on the sheet of a month; `words` is its whole name."""

    date: date
    words: str
    is_within: bool
    is_today: bool
    meetings: tuple[Meeting, ...]


def chosen(desk: Desk, found: Iterable[Dated], scope: str, term: str) -> list[Dated]:
    """Those of a scope, about a term where one is named; a scope that is none is everything."""
    fits: Mapping[str, Callable[[Dated], bool]] = {
        FOLLOWED: lambda each: bool(desk.addresses.host(each.stored.entry.iri)),
        NEAR: _near(desk),
    }
    kept = [each for each in found if scope not in fits or fits[scope](each)]
    return [each for each in kept if not term or term in {ref.iri for ref in each.event.topic}]


def territories(desk: Desk) -> frozenset[str]:
    """The territories of the communities that the reader belongs to."""
    return frozenset(iri for community in desk.visit.reader.communities for iri in _territories(desk, community))


def _territories(desk: Desk, community: str) -> frozenset[str]:
    row = desk.actor(community)
    return frozenset(ref.iri for ref in refs(document_of(row), "territory")) if row else frozenset()


def _near(desk: Desk) -> Callable[[Dated], bool]:
    mine, known = territories(desk), dict[str, frozenset[str]]()

    def is_near(each: Dated) -> bool:
        community = each.stored.entry.community
        if community not in known:
            known[community] = _territories(desk, community) if community else frozenset()
        theirs = {ref.iri for ref in refs(each.event, "territory", "spatial", "location")}
        return bool(mine & (theirs | known[community]))

    return is_near


def terms(desk: Desk, found: Sequence[Dated]) -> list[tuple[str, str]]:
    """The terms that these events are about, for a list to choose from, by name."""
    named = {ref.iri: ref for each in found for ref in each.event.topic if ref.iri}
    counted = Counter(ref.iri for each in found for ref in each.event.topic if ref.iri)
    foremost = [iri for iri, _ in counted.most_common(_MOST_TERMS)]
    desk.expect(foremost)
    return sorted(((iri, desk.term(named[iri]).text) for iri in foremost), key=lambda pair: pair[1].casefold())


def split(found: Sequence[Dated], now: datetime) -> tuple[list[Dated], list[Dated]]:
    """Those to come, the nearest first, and those that are over, the last first."""
    over = [is_over(each.event, now) for each in found]
    coming = [each for each, is_past in zip(found, over, strict=True) if not is_past]
    return coming, [each for each, is_past in zip(reversed(found), reversed(over), strict=True) if is_past]


def meeting(desk: Desk, each: Dated) -> Meeting:
    """An event for the calendar."""
    entry, event = each.stored.entry, each.event
    title, language = title_of(desk, each.stored)
    tag, local = TAGS[desk.language], each.start.astimezone(zone())
    day = day_of(event) if getattr(each.stored.thing, "recurrence", ()) else None
    said = desk.answered.get(at_date(entry.iri, day)) if day else None
    own = said or desk.answered.get(entry.iri)
    return Meeting(
        iri=entry.iri,
        href=desk.addresses.thing(entry.iri),
        title=title,
        language=language or entry.language,
        when=span(event, desk.tongue),
        hour="" if event.is_all_day else _hour(local, desk.language),
        start=each.start,
        day=str(local.day),
        weekday=date_words(local.date(), "EEE", tag).rstrip("."),
        month=date_words(local.date(), "MMM", tag).rstrip("."),
        place=place_words(desk, event),
        origin=desk.origin(entry.iri),
        communities=(desk.community(entry.community),) if entry.community else (),
        audience=audience_words(desk, entry.audience),
        state=state_words(desk, event),
        is_off=is_cancelled(event),
        is_aside=entry.is_local and event.origin is not None,
        own=_own(desk, own.state) if own is not None else "",
    )


def _own(desk: Desk, state: State) -> str:
    is_shown = state in {State.REQUESTED, State.ACCEPTED, State.REFUSED, *SAID_HERE}
    return sentence(state).in_language(desk.as_spoken) if is_shown else ""


def _hour(local: datetime, language: str) -> str:
    if language == "fr":
        return f"{local.hour}\u00a0h" + (f"\u00a0{local.minute:02}" if local.minute else "")
    return f"{local.hour % 12 or 12}{f':{local.minute:02}' if local.minute else ''}\u00a0{'am' if local.hour < 12 else 'pm'}"  # noqa: PLR2004 - noon


def by_month(desk: Desk, found: Iterable[Dated]) -> list[tuple[str, list[Meeting]]]:
    """The same under the name of each month."""
    groups: dict[str, list[Meeting]] = {}
    for each in found:
        groups.setdefault(month_words(desk, each.first), []).append(meeting(desk, each))
    return list(groups.items())


def month_asked(desk: Desk) -> date:
    """The first day of the month that the address names, of this month where it names none."""
    today = desk.visit.house.now.astimezone(zone()).date()
    said = _MONTH.fullmatch(desk.visit.query.get("mois", ""))
    year, number = (int(said[1]), int(said[2])) if said else (today.year, today.month)
    is_real = _FIRST_YEAR <= year <= _LAST_YEAR and 1 <= number <= _MONTHS
    return date(year, number, 1) if is_real else today.replace(day=1)


def month_words(desk: Desk, day: date) -> str:
    """« décembre 2026 »."""
    return date_words(day, "MMMM y", TAGS[desk.language])


def beside(month: date, steps: int) -> date:
    """The first day of the month before (-1) or after (1)."""
    number = month.year * _MONTHS + month.month - 1 + steps
    return date(number // _MONTHS, number % _MONTHS + 1, 1)


def weekdays(desk: Desk) -> list[tuple[str, str]]:
    """The days of a week in their order here, short and whole."""
    locale = Locale.parse(TAGS[desk.language], sep="-")
    short, whole = (get_day_names(width, "stand-alone", locale) for width in ("abbreviated", "wide"))
    order = [(locale.first_week_day + step) % 7 for step in range(7)]
    return [(short[number].rstrip("."), whole[number]) for number in order]


def weeks(desk: Desk, found: Iterable[Dated], month: date) -> list[list[Day]]:
    """The sheet of a month: its weeks, each day with what takes place on it."""
    locale = Locale.parse(TAGS[desk.language], sep="-")
    today = desk.visit.house.now.astimezone(zone()).date()
    sheet = calendar.Calendar(locale.first_week_day).monthdatescalendar(month.year, month.month)
    first, last = sheet[0][0], sheet[-1][-1]
    held: dict[date, list[Meeting]] = {}
    for each in found:
        if each.last < first or each.first > last:
            continue
        shown = meeting(desk, each)
        for step in range((each.last - each.first).days + 1):
            held.setdefault(each.first + timedelta(days=step), []).append(shown)
    return [
        [
            Day(
                date=day,
                words=date_words(day, "full", TAGS[desk.language]),
                is_within=day.month == month.month,
                is_today=day == today,
                meetings=tuple(held.get(day, ())),
            )
            for day in week
        ]
        for week in sheet
    ]
