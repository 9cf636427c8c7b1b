"""Moments as people write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from node.domain.dates import moment


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-11-22", (2026, 11, 22)),
        ("2026-11-22T14:00:00-05:00", (2026, 11, 22, 19)),
        ("2019", (2019, 1, 1)),
        ("2019-03", (2019, 3, 1)),
        ("2023/5/4", (2023, 5, 4)),
        ("25/12/2023", (2023, 12, 25)),
        ("12/25/2023", (2023, 12, 25)),
        ("04/04/2023 14h30", (2023, 4, 4, 14, 30)),
        ("6 décembre 2023, 11 h 00", (2023, 12, 6, 11)),
        ("1er févr. 2024", (2024, 2, 1)),
        ("mercredi 6 décembre 2023", (2023, 12, 6)),
        ("December 6, 2023", (2023, 12, 6)),
        ("mars 2022", (2022, 3, 1)),
    ],
)
def test_a_moment_in_many_forms(text: str, said: tuple[int, int, int]) -> None:
    assert moment(text) == datetime(*said, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("9999-12-31 23:59", "America/Toronto"),
        ("9999-12-31T23:59:00-05:00", ""),
        ("0001-01-01T00:00:00+05:00", ""),
        ("9999-12-31", ""),
    ],
)
def test_a_moment_that_is_beyond_all_years_elsewhere_is_none(text: str, clock: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        moment(text, clock)


def test_an_hour_is_that_of_the_clock() -> None:
    assert moment("2026-01-05 10:00", "America/Toronto") == datetime(2026, 1, 5, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["03/04/2023", "demain", "31 février 2023", "32/13/2023", "", "1/2/3", "6 brumaire 2023", "9" * 500]
)
def test_what_is_no_moment_or_could_be_two(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        moment(text)
