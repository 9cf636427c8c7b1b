"""What an outbox shows of whoever has it: titles, dates, languages, licences, and how often something appears."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from node.domain.outlooks import Outlook, outlook
from vocab.activities.create import Create
from vocab.things.article import Article
from vocab.values import Ref, Text

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BY = "https://creativecommons.org/licenses/by/4.0/"


def article(days: float, name: str = "Note") -> Article:
    return Article(
        id="https://a.example/1", name=Text.of(name), published=NOW - timedelta(days=days), in_language="fr", license=Ref(BY)
    )


def test_activities_count_as_what_they_are_about() -> None:
    wrapped = Create(id="https://a.example/a/1", actor=Ref("https://a.example/x"), object=(article(1).ref,))
    found = outlook([wrapped, article(8, "Autre")], 12, NOW)
    assert [each.title for each in found.latest] == ["Note", "Autre"]
    assert (found.total, found.languages, found.licences) == (12, ("fr",), (BY,))
    assert Outlook.of(found.as_text()) == found


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], "ne sait pas"),
        ([1], "ne sait pas"),
        ([0.1, 0.3, 0.6], "par jour"),
        ([1, 3, 5], "fois par semaine"),
        ([1, 8, 15], "une fois par semaine"),
        ([1, 31, 61], "une fois par mois"),
        ([1, 101, 201], "par année"),
        ([300, 301, 302], "six mois"),
    ],
)
def test_the_pace_is_told_in_words(days: list[float], words: str) -> None:
    assert words in outlook([article(each) for each in days], None, NOW).pace(NOW).in_language("fr")


def test_what_says_to_come_from_the_future_has_no_date() -> None:
    assert outlook([article(-5)], None, NOW).moments == ()
