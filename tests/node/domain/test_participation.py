from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from node.domain.participation import CANCELLED, State, Verdict, decide, is_cancelled, is_over, sentence
from vocab.things.event import Event
from vocab.values import Ref

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SOON = Event(
    id="https://a.example/1", start_time=NOW + timedelta(days=1), end_time=NOW + timedelta(days=1, hours=2), join_mode="free"
)


@pytest.mark.parametrize(
    ("event", "taken", "already", "verdict"),
    [
        (SOON, 0, None, Verdict.ACCEPT),
        (replace(SOON, join_mode="restricted"), 0, None, Verdict.HOLD),
        (replace(SOON, join_mode="invite"), 0, None, Verdict.REJECT),
        (replace(SOON, join_mode="none"), 0, None, Verdict.IGNORE),
        (replace(SOON, join_mode="external"), 0, State.ACCEPTED, Verdict.IGNORE),
        (replace(SOON, join_mode=None), 0, None, Verdict.IGNORE),
        (replace(SOON, join_mode="Free"), 0, None, Verdict.ACCEPT),
        (replace(SOON, join_mode="whatever"), 0, None, Verdict.IGNORE),
        (replace(SOON, maximum_attendee_capacity=2), 1, None, Verdict.ACCEPT),
        (replace(SOON, maximum_attendee_capacity=2), 2, None, Verdict.REJECT),
        (replace(SOON, maximum_attendee_capacity=2), 2, State.ACCEPTED, Verdict.ACCEPT),
        (replace(SOON, maximum_attendee_capacity=0), 9, None, Verdict.ACCEPT),
        (SOON, 0, State.REFUSED, Verdict.HOLD),
        (SOON, 0, State.ENDED, Verdict.ACCEPT),
        (SOON, 0, State.REQUESTED, Verdict.ACCEPT),
        (replace(SOON, event_status=Ref(CANCELLED)), 0, None, Verdict.REJECT),
        (replace(SOON, start_time=NOW - timedelta(days=2), end_time=NOW - timedelta(days=1)), 0, None, Verdict.REJECT),
    ],
)
def test_what_somebody_who_asks_is_answered(event: Event, taken: int, already: State | None, verdict: Verdict) -> None:
    assert decide(event, taken=taken, already=already, at=NOW).verdict is verdict


def test_an_event_is_off_in_its_own_words_or_in_those_of_calendars() -> None:
    assert is_cancelled(replace(SOON, calendar_status="cancelled"))
    assert not is_cancelled(replace(SOON, calendar_status="CONFIRMED"))
    assert not is_cancelled(SOON)


def test_an_event_without_end_is_over_a_day_after_it_began() -> None:
    assert not is_over(replace(SOON, start_time=NOW - timedelta(hours=23), end_time=None), NOW)
    assert is_over(replace(SOON, start_time=NOW - timedelta(hours=24), end_time=None), NOW)
    assert not is_over(replace(SOON, start_time=None, end_time=None), NOW)


def test_every_state_can_be_said() -> None:
    assert all(sentence(state).in_language(language) for state in State for language in ("fr", "en"))
