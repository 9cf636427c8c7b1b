"""When an event takes place again, in words: by which rule, until when, and its next times.

Spec: RFC 5545 §3.3.10.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from babel.dates import format_date, get_day_names

from node.domain.fields import ZONE
from node.domain.participation import sentence
from node.domain.recurring import Rule, at_each, excluded, rule_of
from node.domain.sittings import at_date, day_of, knows_dates
from node.storage.participating import standing
from node.storage.stored import StoredThing
from node.web.desk import Desk
from node.web.occasions import choices, span
from node.web.translations import TAGS, phrase
from vocab.things.event import Event

#: So many of the next times are told, and so many days that are left out; so far ahead one looks.
_NEXT, _MOST_OUT = 5, 12
_AHEAD = timedelta(days=800)
_RANKS = {
    1: phrase("le premier %(day)s du mois"),
    2: phrase("le deuxième %(day)s du mois"),
    3: phrase("le troisième %(day)s du mois"),
    4: phrase("le quatrième %(day)s du mois"),
    -1: phrase("le dernier %(day)s du mois"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """One of its times: the address of that date, what this reader said of it, and what they can answer."""

    iri: str
    day: str
    words: str
    own: str
    choices: Sequence[tuple[str, str, bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """That an event takes place again: the rule in words, its next times, the days on which it does not."""

    words: str
    times: tuple[Time, ...]
    without: tuple[str, ...]


def again(desk: Desk, stored: StoredThing) -> Again | None:
    """What the page of an event says of its rule; None for what takes place once."""
    event = stored.thing
    if not isinstance(event, Event) or not event.recurrence:
        return None
    now = desk.visit.house.now
    out = sorted(day for day in excluded(event) if day >= now.date())[:_MOST_OUT]
    return Again(
        words=rhythm(desk, event),
        times=times(desk, stored, desk.visit.reader.actor if desk.visit.form_token else ""),
        without=tuple(format_date(day, "long", locale=_locale(desk)) for day in out),
    )


def rhythm(desk: Desk, event: Event) -> str:
    """The rule of an event in words; "" for what takes place once."""
    rule = rule_of(event.recurrence[0], event.timezone or ZONE) if len(event.recurrence) == 1 else None
    if rule is not None:
        return _words(desk, rule, event)
    return desk.tongue.say("Elle revient\u00a0; les dates sont à l’origine.") if event.recurrence else ""


def times(desk: Desk, stored: StoredThing, person: str) -> tuple[Time, ...]:
    """The next times of an event, and what a person ("" for nobody) said of each."""
    now, event = desk.visit.house.now, stored.thing
    found = at_each(event, after=now, before=now + _AHEAD, most=_NEXT) if isinstance(event, Event) else []
    return tuple(_time(desk, stored, each, person) for each in found)


def _time(desk: Desk, stored: StoredThing, each: Event, person: str) -> Time:
    day = day_of(each)
    iri = at_date(stored.entry.iri, day) if day else stored.entry.iri
    own = standing(desk.uow, iri, person) if person else None
    takes_dates = stored.entry.is_local or knows_dates(stored.thing)
    return Time(
        iri=iri,
        day=f"{day:%Y%m%d}" if day else "",
        words=span(each, desk.tongue),
        own=sentence(own.state).in_language(desk.as_spoken) if own else "",
        choices=choices(desk, stored, each, own.state if own else None, iri) if takes_dates else (),
    )


def _words(desk: Desk, rule: Rule, event: Event) -> str:
    say = desk.tongue.say
    words = _rhythm(desk, rule, event)
    if rule.until:
        return say("%(rhythm)s, jusqu’au %(day)s", rhythm=words, day=format_date(rule.until, "long", locale=_locale(desk)))
    return say("%(rhythm)s, %(count)s fois en tout", rhythm=words, count=rule.count) if rule.count else words


def _rhythm(desk: Desk, rule: Rule, event: Event) -> str:
    say, count, number = desk.tongue.say, desk.tongue.count, rule.interval
    if rule.frequency == "DAILY":
        return count("chaque jour", "tous les %(num)s jours", number)
    if rule.frequency == "WEEKLY":
        first = event.start_time.weekday() if event.start_time else 0
        days = _listed(desk, sorted({day for _, day in rule.days}) or [first])
        every = count("chaque semaine", "toutes les %(num)s semaines", number)
        return say("%(every)s, le %(days)s", every=every, days=days) if rule.days else every
    if rule.frequency == "YEARLY":
        return count("chaque année", "tous les %(num)s ans", number)
    every = count("chaque mois", "tous les %(num)s mois", number)
    [(which, weekday)] = rule.days if len(rule.days) == 1 else ((rule.place, -1),)
    if weekday >= 0 and (which or rule.place) in _RANKS:
        return f"{every}, {say(_RANKS[which or rule.place], day=_listed(desk, [weekday]))}"
    return every


def _listed(desk: Desk, days: list[int]) -> str:
    names = [get_day_names("wide", locale=_locale(desk))[day] for day in days]
    return names[0] if len(names) == 1 else " ".join((", ".join(names[:-1]), desk.tongue.say("et"), names[-1]))


def _locale(desk: Desk) -> str:
    return TAGS[desk.language].replace("-", "_")
