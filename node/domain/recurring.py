"""Events that take place again and again: the dates of a rule, within limits, and the rules that a form can say.

A rule that asks for more than is known here is kept and written as it came, and shows its first date alone.
Spec: RFC 5545 §3.3.10.
"""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from node.domain.fields import ZONE
from vocab.namespaces import ICAL
from vocab.things.event import Event

E = TypeVar("E", bound=Event)

EXCLUDED, REPLACED = ICAL + "exdate", ICAL + "recurrence-id"
#: So many dates of a rule are looked at, whatever it says; so many rules of an event; so many days that it leaves out.
MOST_DATES, _MOST_RULES, MOST_EXCLUDED = 1_000, 3, 100
#: No longer rule is read, whatever asks for it: each of its days would be looked for in each of so many months.
_LONGEST_RULE = 500
#: What lasts longer does not come back: it would begin anew before it is over.
LONGEST_TIME = timedelta(days=366)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})\d{2}(Z?))?")
_LAST_YEAR, _MONTHS, _WEEK = 2200, 12, 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule as far as it is understood: `days` are (which of the month, 0 for each; weekday), `dates` days of the month.

    `months` are those of a year, `place` is which of a month's dates counts, 0 for all; `until` is the last day by the clock of
    the event.
    """

    frequency: str
    interval: int = 1
    count: int = 0
    until: date | None = None
    days: tuple[tuple[int, int], ...] = ()
    dates: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    place: int = 0


def rule_of(text: str, zone: str = ZONE) -> Rule | None:
    """What a rule says; None for one that is not understood as a whole."""
    return _understood(text, zone) if len(text) + len(zone) <= _LONGEST_RULE else None


@lru_cache(maxsize=512)
def _understood(text: str, zone: str) -> Rule | None:
    said = dict(part.upper().partition("=")[::2] for part in text.strip().removeprefix("RRULE:").split(";") if part)
    days = [_DAY.fullmatch(word) for word in said.get("BYDAY", "").split(",") if word]
    dates, months = _numbers(said.get("BYMONTHDAY", ""), 31), _numbers(said.get("BYMONTH", ""), _MONTHS)
    numbers = [_numbers(said.get(name, "1"), 10_000) for name in ("INTERVAL", "COUNT")]
    places = _numbers(said.get("BYSETPOS", ""), 5)
    frequency, until = said.get("FREQ", ""), moment_day(said.get("UNTIL", ""), zone)
    is_odd = (
        set(said) - _KNOWN
        or frequency not in _FREQUENCIES
        or None in days
        or dates is None
        or months is None
        or places is None
        or len(places) > 1
        or any(not each or each[0] < 1 for each in numbers)
        or ("UNTIL" in said and until is None)
    )
    found = tuple(dict.fromkeys((int(day[1] or 0), WEEKDAYS.index(day[2])) for day in days if day))
    by = (bool(found), bool(dates), bool(places), "BYMONTH" in said)
    allowed = {"DAILY": (0, 0, 0, 0), "WEEKLY": (1, 0, 0, 0), "MONTHLY": (1, 1, 1, 0), "YEARLY": (0, 1, 0, 1)}
    if is_odd or any(is_said and not may for is_said, may in zip(by, allowed[frequency], strict=True)) or all(by[:2]):
        return None
    return Rule(
        frequency=frequency,
        interval=(numbers[0] or (1,))[0],
        count=(numbers[1] or (0,))[0] if "COUNT" in said else 0,
        until=until,
        days=found,
        dates=dates or (),
        months=tuple(sorted(months or ())),
        place=(places or (0,))[0],
    )


def excluded(event: Event) -> frozenset[date]:
    """The days that a rule would give, and on which the event does not take place."""
    return _listed(event, EXCLUDED)


def _listed(event: Event, name: str) -> frozenset[date]:
    texts = [text for iri, text in event.unknown if iri == name][:_MOST_RULES]
    values = [value.get("@value", "") for text in texts for value in json.loads(text) if isinstance(value, dict)]
    words = [word for value in values[:MOST_EXCLUDED] for word in str(value)[:2_000].split(",")]
    days = (moment_day(word.strip(), event.timezone or ZONE) for word in words[:MOST_EXCLUDED])
    return frozenset(day for day in days if day is not None)


def replaced(event: Event) -> frozenset[date]:
    """The days of a rule that this event stands in the place of. Spec: RFC 5545 §3.8.4.4."""
    return _listed(event, REPLACED)


def without(days: Iterable[date]) -> tuple[tuple[str, str], ...]:
    """These days left out, as an event carries them."""
    values = [{"@value": f"{day:%Y%m%d}"} for day in sorted(set(days))[:MOST_EXCLUDED]]
    return ((EXCLUDED, json.dumps(values, separators=(",", ":"))),) if values else ()


def beginnings(event: Event, since: datetime | None = None) -> Iterator[datetime]:
    """When an event begins, each time from a moment on, the first first; where its rule has no end, never more than so many."""
    start = event.start_time
    if start is None:
        return
    clock = clock_at(event.timezone or ZONE)
    first = start.astimezone(clock)
    begin = max(first, since.astimezone(clock)).date() if since else first.date()
    rules = [rule_of(text, clock.key) for text in event.recurrence[:_MOST_RULES]]
    known = [rule for rule in rules if rule is not None]
    left_out = excluded(event) if known else frozenset()
    days = _merged([_days(rule, first.date(), begin) for rule in known]) if known else iter((first.date(),))
    for day in islice(days, MOST_DATES):
        if day not in left_out:
            yield datetime.combine(day, first.timetz()).astimezone(UTC)


def at_each(event: E, *, after: datetime, before: datetime, most: int = MOST_DATES) -> list[E]:
    """The event as it takes place each time that ends after one moment and begins before another, each with its own time."""
    if not event.recurrence or event.start_time is None:
        return [event]
    length = event.end_time - event.start_time if event.end_time else timedelta()
    if not timedelta() <= length <= LONGEST_TIME:
        return [event]
    found: list[E] = []
    for begins in beginnings(event, after - length - timedelta(days=1)):
        if begins >= before or len(found) >= most:
            break
        if begins + (length or timedelta(days=1)) > after:
            ends = begins + length if event.end_time else None
            found.append(replace(event, start_time=begins, end_time=ends, recurrence=()))
    return found


def following(event: E, at: datetime) -> E:
    """The event as it takes place next; as it began where it takes place no more."""
    return next(iter(at_each(event, after=at, before=at + timedelta(days=800), most=1)), event)


def last_of(event: Event) -> datetime | None:
    """When it begins for the last time; None where there is no end to it."""
    rules = [rule_of(text, event.timezone or ZONE) for text in event.recurrence[:_MOST_RULES]]
    if any(rule is not None and not rule.count and rule.until is None for rule in rules):
        return None
    return max(beginnings(event), default=event.start_time)


def _days(rule: Rule, first: date, since: date) -> Iterator[date]:
    """The days of a rule, beginning with the first, whatever the rule says of it. Spec: RFC 5545 §3.8.5.3."""
    given = 1
    if first >= since:
        yield first
    for day in _candidates(rule, first, first if rule.count else since):
        if day <= first:
            continue
        given += 1
        if (rule.count and given > rule.count) or (rule.until and day > rule.until) or day.year > _LAST_YEAR:
            return
        if day >= since:
            yield day


def _candidates(rule: Rule, first: date, since: date) -> Iterator[date]:
    """The days that fit, from about `since` on: whoever asks for today need not go through the years before."""
    unit = {"DAILY": 1, "WEEKLY": _WEEK, "MONTHLY": 31, "YEARLY": 366}[rule.frequency]
    passed = max((since - first).days // (unit * rule.interval) - 1, 0)
    for number in range(passed, passed + MOST_DATES):
        try:
            if rule.frequency == "DAILY":
                yield first + timedelta(days=number * rule.interval)
            elif rule.frequency == "WEEKLY":
                monday = first - timedelta(days=first.weekday()) + timedelta(days=number * rule.interval * _WEEK)
                weekdays = sorted({day for _, day in rule.days}) or [first.weekday()]
                yield from (monday + timedelta(days=day) for day in weekdays)
            elif rule.frequency == "YEARLY":
                for month in rule.months or (first.month,):
                    yield from _within_month(rule, first, first.year + number * rule.interval, month)
            else:
                count = first.year * _MONTHS + first.month - 1 + number * rule.interval
                yield from _within_month(rule, first, count // _MONTHS, count % _MONTHS + 1)
        except OverflowError:
            return


def _within_month(rule: Rule, first: date, year: int, month: int) -> list[date]:
    if year > _LAST_YEAR:
        raise OverflowError
    begins_on, length = calendar.monthrange(year, month)
    found = {day if day > 0 else length + day + 1 for day in (rule.dates or (() if rule.days else (first.day,)))}
    for which, weekday in rule.days:
        every = range((weekday - begins_on) % _WEEK + 1, length + 1, _WEEK)
        chosen = (
            every if not which else every[which - 1 : which] if which > 0 else every[which:][:1] if -which <= len(every) else []
        )
        found.update(chosen)
    days = sorted(day for day in found if 1 <= day <= length)
    if rule.place:
        days = days[rule.place - 1 : rule.place] if rule.place > 0 else days[rule.place :][:1]
    return [date(year, month, day) for day in days]


def _merged(several: list[Iterator[date]]) -> Iterator[date]:
    if len(several) == 1:
        return several[0]
    return iter(sorted({day for each in several for day in islice(each, MOST_DATES // len(several))}))


def moment_day(text: str, zone: str) -> date | None:
    """The day that a calendar writes as 20261203 or 20261203T190000Z, by the clock of a zone; None for what is none."""
    found = _STAMP.fullmatch(text.strip().upper())
    if found is None:
        return None
    try:
        year, month, day, hour, minute = (int(part or 0) for part in found.groups()[:5])
        at = datetime(year, month, day, hour, minute, tzinfo=UTC)
        return at.astimezone(clock_at(zone)).date() if found[6] else at.date()
    except (ValueError, OverflowError):
        return None


def clock_at(name: str) -> ZoneInfo:
    """The clock of that name, that of here where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(ZONE)


def _numbers(text: str, most: int) -> tuple[int, ...] | None:
    """Whole numbers between commas; None for anything else, or one that is too large."""
    words = [word for word in text.split(",") if word]
    if len(words) > _MONTHS or not all(re.fullmatch(r"[+-]?\d{1,5}", word) for word in words):
        return None
    found = tuple(int(word) for word in words)
    return found if all(0 < abs(number) <= most for number in found) else None


#: What a form calls the rules that it can say.
WEEKLY, FORTNIGHTLY, DATE, RANK, OTHER = "semaine", "deux-semaines", "date", "rang", "autre"
FORMS = (WEEKLY, FORTNIGHTLY, DATE, RANK)
_LAST_RANK = 4


def rule_from(form: str, first: date, until: date | None) -> str:
    """The rule that a form says for an event of here that begins on a day; "" for none of those that it knows."""
    rank = (first.day - 1) // _WEEK + 1
    which = rank if rank <= _LAST_RANK else -1
    rules: Mapping[str, str] = {
        WEEKLY: "FREQ=WEEKLY",
        FORTNIGHTLY: "FREQ=WEEKLY;INTERVAL=2",
        DATE: "FREQ=MONTHLY",
        RANK: f"FREQ=MONTHLY;BYDAY={which}{WEEKDAYS[first.weekday()]}",
    }
    if form not in rules:
        return ""
    if until is None:
        return rules[form]
    end = datetime.combine(until, time(23, 59, 59), ZoneInfo(ZONE)).astimezone(UTC)
    return f"{rules[form]};UNTIL={end:%Y%m%dT%H%M%SZ}"


def form_of(event: Event) -> tuple[str, date | None]:
    """What a form shows of the rule of an event: its name there, and until when; "" for none, OTHER for one it cannot say."""
    if not event.recurrence or event.start_time is None:
        return "", None
    first = event.start_time.astimezone(clock_at(event.timezone or ZONE)).date()
    rule = rule_of(event.recurrence[0], event.timezone or ZONE) if len(event.recurrence) == 1 else None
    if rule is None or rule.count:
        return OTHER, None
    plain = replace(rule, until=None)
    said = next((form for form in FORMS if rule_of(rule_from(form, first, None)) == plain), OTHER)
    return said, rule.until
