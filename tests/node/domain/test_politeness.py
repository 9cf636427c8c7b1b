from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from node.domain.politeness import LONGEST, LONGEST_WISH, SHORTEST, Trouble, asked_to_wait, in_words, next_look

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("age", "hours"), [(timedelta(), 1), (timedelta(days=3), 1), (timedelta(days=4), 3), (timedelta(days=60), 12), (None, 12)]
)
def test_a_feed_is_looked_at_as_often_as_it_has_news(age: timedelta | None, hours: int) -> None:
    at = next_look(NOW, "https://x.example/feed", changed_at=NOW - age if age is not None else None)
    assert hours * HOUR <= at - NOW <= hours * HOUR * 1.1


def test_it_is_never_looked_at_more_often_than_it_wishes_nor_than_hourly() -> None:
    assert next_look(NOW, "x", changed_at=NOW, wish=timedelta(hours=6)) - NOW >= 6 * HOUR
    assert next_look(NOW, "x", changed_at=NOW, wish=timedelta(minutes=1)) - NOW >= SHORTEST
    assert next_look(NOW, "x", changed_at=NOW, wish=timedelta(days=900)) - NOW <= LONGEST_WISH * 1.1


def test_while_it_fails_it_is_looked_at_ever_more_rarely() -> None:
    pauses = [next_look(NOW, "x", changed_at=NOW, failures=count) - NOW for count in range(1, 40)]
    assert pauses == sorted(pauses)
    assert SHORTEST <= pauses[0] <= SHORTEST * 1.1
    assert LONGEST <= pauses[-1] <= LONGEST * 1.1


def test_feeds_drift_apart() -> None:
    assert len({next_look(NOW, f"https://x.example/{number}", changed_at=NOW) for number in range(20)}) > 10


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", timedelta(seconds=120)), ("Sun, 22 Nov 2026 14:00:00 GMT", 2 * HOUR), ("", timedelta()), ("bientôt", timedelta()),
        ("-5", timedelta()), ("9" * 30, LONGEST_WISH), ("Sun, 22 Nov 2020 14:00:00 GMT", timedelta()),
        ("Sun, 22 Nov 2026 14:00:00", timedelta()),
    ],
)  # fmt: skip
def test_what_a_site_asks_for(said: str, wait: timedelta) -> None:
    assert asked_to_wait(said, NOW) == wait


def test_every_trouble_has_words_in_both_languages() -> None:
    for trouble in [*Trouble, "quelque chose"]:
        assert {tag for tag, words in in_words(trouble).entries if words} == {"fr", "en"}
