from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from node.domain.neighbours import Condition, Measure, Signs, condition, in_words, is_withheld, trouble

NOW = datetime(2026, 5, 1, tzinfo=UTC)
WELL = Signs(last_in_at=NOW)


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        (Signs(), Condition.UNMET),
        (WELL, Condition.WELL),
        (Signs(last_out_at=NOW - timedelta(days=31)), Condition.SILENT),
        (Signs(last_out_at=NOW - timedelta(days=31), last_in_at=NOW - timedelta(days=2)), Condition.WELL),
        (replace(WELL, measure=Measure.HELD), Condition.HELD),
        (replace(WELL, measure=Measure.HELD, is_failing=True), Condition.FAILING),
        (replace(WELL, is_failing=True, is_unavailable=True), Condition.UNAVAILABLE),
        (replace(WELL, is_failing=True, is_unavailable=True, measure=Measure.PAUSED), Condition.PAUSED),
        (replace(WELL, is_blocked=True, measure=Measure.PAUSED), Condition.BLOCKED),
    ],
)
def test_the_gravest_sign_counts(signs: Signs, expected: Condition) -> None:
    assert condition(signs, NOW) is expected


def test_every_condition_has_words() -> None:
    for found in Condition:
        assert in_words(found).in_language("fr") != in_words(found).in_language("en")


def test_what_waits() -> None:
    assert [is_withheld(measure) for measure in (Measure.NONE, Measure.HELD, Measure.PAUSED)] == [False, True, True]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("To be tried again: it answered 503.", "panne"),
        ("it answered 401", "signature"),
        ("The other server does not want this message: it answered 403.", "refuse nos messages"),
        ("it answered 410", "plus personne"),
        ("it answered 429", "doucement"),
        ("b.example did not answer within the time given", "à temps"),
        ("b.example: Cannot connect to host b.example:443 ssl:default [Connect call failed]", "éteint"),
        ("b.example: certificate verify failed: certificate has expired", "certificat"),
        ("b.example: Server disconnected", "éteint"),
        ("b.example: [Name or service not known]", "nom"),
        ("b.example: this address is never contacted", "publique"),
        ("martian", "pas claire"),
    ],
)
def test_errors_are_told_with_what_helps(error: str, words: str) -> None:
    found = trouble(error)
    assert words in found.means.in_language("fr")
    assert found.remedy.in_language("fr")
    assert found.remedy.in_language("en")
