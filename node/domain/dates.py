"""Moments as people and programs write them: a day, a month, a year, an hour with or without its zone.

Spec: ISO 8601.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from vocab.values import usual

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan janv janvier january", "fev fevr fevrier feb february", "mar mars march", "avr avril apr april", "mai may",
            "juin jun june", "juil juillet jul july", "aou aout aug august", "sep sept septembre september",
            "oct octobre october", "nov novembre november", "dec decembre december",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_YEAR = re.compile(r"(\d{4})(?:[-/](\d{1,2}))?")
_NUMBERS = re.compile(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})(?:[ T]+(\d{1,2})[:h](\d{2})(?::\d{2})?)?")
_IN_WORDS = re.compile(
    r"(?:[a-z]+,? )?(?:(\d{1,2})(?:er)? )?([a-z]+)\.?(?: (\d{1,2}),?)? (\d{4})(?:,? (\d{1,2}) ?[:h] ?(\d{2}))?"
)
_MONTHS_IN_YEAR = 12
_FOUR = 4
#: A longer text is none, even where it begins as one.
_LONGEST = 60


def moment(text: str, clock: str = "") -> datetime:
    """The moment that a text says, in UTC; raises ValueError when it says none, or could mean two days.

    `clock` is the time zone of an hour that is written without one, UTC when it is "". Of a month or a year it is the first day.
    """
    words = text.strip()
    if len(words) > _LONGEST:
        raise ValueError(words[:_LONGEST])
    try:
        said = datetime.fromisoformat(words)
    except ValueError:
        said = _otherwise(words)
    if said.tzinfo is None:
        said = said.replace(tzinfo=ZoneInfo(clock) if clock else UTC)
    try:
        found = usual(said.astimezone(UTC))
    except OverflowError as fault:
        raise ValueError(words) from fault
    if found is None:
        raise ValueError(words)
    return found


def _otherwise(text: str) -> datetime:
    if found := _YEAR.fullmatch(text):
        return _day(found[1], found[2] or 1, 1)
    if found := _NUMBERS.fullmatch(text):
        first, middle, last, *hour = found.groups()
        if len(first) == _FOUR:
            return _day(first, middle, last, *hour)
        day, month = int(first), int(middle)
        if len(last) != _FOUR or (day <= _MONTHS_IN_YEAR and month <= _MONTHS_IN_YEAR and day != month):
            raise ValueError(text)
        return _day(last, *((month, day) if day > _MONTHS_IN_YEAR else (day, month)), *hour)
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())
    found = _IN_WORDS.fullmatch(plain)
    if found is None or found[2] not in _MONTHS:
        raise ValueError(text)
    return _day(found[4], _MONTHS[found[2]], found[1] or found[3] or 1, found[5], found[6])


def _day(*parts: str | int | None) -> datetime:
    year, month, day, hour, minute, *_ = (*(int(part or 0) for part in parts), 0, 0)
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001 -- the caller says which clock
