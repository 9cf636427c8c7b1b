"""The life of a delivery: the table of answers, the table of waits, the breaker."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from federation import delivery
from federation.delivery import Decision, Health, Outcome, State, after
from federation.messages import Answer
from kit.signing import NOW


def _after(
    status: int | None, attempts: int = 1, last_status: int | None = None, *, retry_after: str = "", error: str = ""
) -> Decision:
    outcome = Outcome(status=status, retry_after=retry_after, error=error)
    return after(outcome, attempts=attempts, first_at=NOW, now=NOW, last_status=last_status)


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_any_success_is_one(status: int) -> None:
    decision = _after(status)
    assert (decision.state, decision.due_at) == (State.DELIVERED, None)


@pytest.mark.parametrize("status", [None, 100, 408, 425, 429, 500, 502, 503, 504, 507, 599, 999])
def test_what_may_pass_is_tried_again(status: int | None) -> None:
    decision = _after(status)
    assert (decision.state, decision.due_at) == (State.DUE, NOW + timedelta(minutes=1))


@pytest.mark.parametrize("status", [300, 304, 400, 403, 405, 406, 413, 415, 418, 422, 451, 501])
def test_what_is_refused_is_parked(status: int) -> None:
    decision = _after(status)
    assert (decision.state, decision.due_at) == (State.PARKED, None)
    assert str(status) in decision.reason


@pytest.mark.parametrize("status", [404, 410, 301, 302, 303, 307, 308])
def test_nobody_there_asks_for_the_actor_before_it_is_believed_l09(status: int) -> None:
    first = _after(status)
    assert (first.state, first.check_recipient) == (State.DUE, True)
    assert not _after(500).check_recipient
    states = [_after(status, attempts=attempts, last_status=status).state for attempts in range(1, 10)]
    assert states == [State.DUE] * 7 + [State.PARKED] * 2
    assert _after(status, attempts=8, last_status=503).state is State.DUE


@pytest.mark.parametrize(
    ("status", "location", "further"),
    [
        (307, "/boite", "https://ailleurs.example/boite"),
        (308, "https://ailleurs.example/boite", "https://ailleurs.example/boite"),
        (301, "/boite", None),  # this one may come to be asked for by GET
        (303, "/boite", None),
        (307, "https://autre.example/boite", None),
        (307, "http://ailleurs.example/boite", None),
        (308, "https://ailleurs.example:8443/boite", None),
        (308, "https://[", None),
        (307, "", None),
        (202, "/boite", None),
    ],
)
def test_a_message_is_sent_on_within_its_server_alone(status: int, location: str, further: str | None) -> None:
    inbox = "https://ailleurs.example/inbox"
    answer = Answer(status=status, url=inbox, headers=(("location", location),))
    assert delivery.onward(answer, inbox) == further


def test_what_may_not_be_sent_is_not_tried_again() -> None:
    decision = after(Outcome(error="never contacted", is_impossible=True), attempts=1, first_at=NOW, now=NOW)
    assert (decision.state, decision.reason) == (State.PARKED, "It cannot be sent: never contacted.")


def test_an_unproven_signature_gets_three_more_tries() -> None:
    states = [_after(401, attempts=attempts, last_status=401).state for attempts in (1, 2, 3, 4, 5)]
    assert states == [State.DUE, State.DUE, State.DUE, State.PARKED, State.PARKED]
    # After a time of silence a first 401 is no reason to give up.
    assert _after(401, attempts=6, last_status=503).state is State.DUE


def test_the_second_knock_is_with_the_other_standard() -> None:
    assert delivery.second_knock(Outcome(status=401), "draft-cavage") == "rfc9421"
    assert delivery.second_knock(Outcome(status=400), "rfc9421") == "draft-cavage"
    assert delivery.second_knock(Outcome(status=403), "rfc9421") is None
    assert delivery.second_knock(Outcome(), "rfc9421") is None


def test_the_waits_are_those_of_the_table_l07() -> None:
    minutes = [delivery.wait(attempts) / timedelta(minutes=1) for attempts in range(1, 10)]
    assert minutes == [1, 5, 15, 60, 180, 360, 720, 1440, 1440]
    assert delivery.wait(0) == delivery.wait(1)


def test_seven_days_are_enough_l12() -> None:
    now, attempts, tried = NOW, 0, []
    while True:
        attempts += 1
        tried.append(now - NOW)
        decision = after(Outcome(status=503), attempts=attempts, first_at=NOW, now=now)
        if decision.due_at is None:
            break
        now = decision.due_at
    assert decision.state is State.PARKED
    assert "seven days" in decision.reason
    assert tried[:4] == [timedelta(), timedelta(minutes=1), timedelta(minutes=6), timedelta(minutes=21)]
    assert timedelta(days=6) < tried[-1] <= timedelta(days=7)


@given(st.integers(1, 30), st.floats(-1, 1))
def test_jitter_moves_the_wait_by_a_quarter_at_most(attempts: int, jitter: float) -> None:
    moved = delivery.wait(attempts, jitter) / delivery.wait(attempts)
    assert 0.75 <= moved <= 1.25


def test_wild_jitter_is_bounded() -> None:
    assert delivery.wait(1, 50) == timedelta(seconds=75)
    assert delivery.wait(1, -50) == timedelta(seconds=45)


@pytest.mark.parametrize(
    ("retry_after", "pause"),
    [
        ("120", timedelta(seconds=120)),
        (" 120 ", timedelta(seconds=120)),
        ("Sun, 22 Nov 2026 10:02:00 GMT", timedelta(seconds=120)),
        ("Sun, 22 Nov 2026 10:02:00 -0000", timedelta(seconds=120)),
        ("Sun, 22 Nov 2026 09:00:00 GMT", timedelta()),
        ("999999999999999999999", timedelta(hours=24)),
        ("Sun, 22 Nov 2027 10:02:00 GMT", timedelta(hours=24)),
        ("soon", timedelta()),
        ("-5", timedelta()),
        ("１２", timedelta()),
        ("", timedelta()),
    ],
)
def test_retry_after_is_obeyed_up_to_a_day_l08(retry_after: str, pause: timedelta) -> None:
    assert delivery.asked_pause(retry_after, NOW) == pause
    assert _after(429, retry_after=retry_after).due_at == NOW + max(pause, timedelta(minutes=1))


def test_reasons_are_for_people() -> None:
    assert _after(None, error="connection refused").reason == "To be tried again: connection refused."
    assert _after(None).reason == "To be tried again: no answer."
    assert _after(202).reason == "Delivered: it answered 202."


def _fail(health: Health, *minutes: float) -> Health:
    for minute in minutes:
        health = delivery.failed(health, NOW + timedelta(minutes=minute))
    return health


def test_ten_failures_in_ten_minutes_open_the_breaker() -> None:
    health = _fail(Health(), *range(9))
    assert not delivery.is_open(health, NOW + timedelta(minutes=9))
    health = _fail(health, 9)
    assert health.next_try_at == NOW + timedelta(minutes=39)
    assert delivery.is_open(health, NOW + timedelta(minutes=38))
    assert not delivery.is_open(health, NOW + timedelta(minutes=39))
    # Half open: one more failure and it rests again.
    assert _fail(health, 39).next_try_at == NOW + timedelta(minutes=69)


def test_slow_failures_do_not_open_it() -> None:
    health = _fail(Health(), *range(0, 200, 2))
    assert health.next_try_at is None
    assert health.failing_since == NOW


def test_a_week_of_failures_makes_a_host_unavailable_l12() -> None:
    health, day = Health(), 24 * 60
    for hours in range(0, 7 * 24, 12):
        health = _fail(health, hours * 60)
        assert not delivery.is_unavailable(health)
    assert delivery.is_unavailable(_fail(health, 7 * day))
    # One failure a week after another is no week of failures.
    assert not delivery.is_unavailable(_fail(Health(), 0, 7 * day))
    assert not delivery.is_unavailable(Health())
    assert not delivery.is_open(Health(), NOW)


@pytest.mark.parametrize(
    ("status", "failures"), [(None, 1), (500, 1), (503, 1), (429, 0), (404, 0), (401, 0), (501, 0), (202, 0)]
)
def test_whatever_answers_is_well(status: int | None, failures: int) -> None:
    ill = _fail(Health(), 0)
    health = delivery.after_try(Health(), Outcome(status=status), NOW)
    assert health.failures == failures
    assert (delivery.after_try(ill, Outcome(status=status), NOW) == Health()) is (failures == 0)


def test_a_host_may_ask_to_be_left_alone_l08() -> None:
    asked = delivery.after_try(Health(), Outcome(status=429, retry_after="120"), NOW)
    assert asked == Health(next_try_at=NOW + timedelta(minutes=2))
    assert delivery.has_asked(asked, NOW + timedelta(minutes=1))
    assert not delivery.has_asked(asked, NOW + timedelta(minutes=2))
    assert not delivery.has_asked(_fail(Health(), *range(10)), NOW + timedelta(minutes=11))
    assert delivery.after_try(Health(), Outcome(status=503, retry_after="120"), NOW).next_try_at == NOW + timedelta(minutes=2)
    assert delivery.after_try(Health(), Outcome(status=202, retry_after="120"), NOW) == Health()
    ill = _fail(Health(), *range(10))
    assert delivery.after_try(ill, Outcome(error="never contacted", is_impossible=True), NOW) == ill
    # What it asks for shortens no pause that it earned.
    longer = delivery.after_try(ill, Outcome(status=503, retry_after="60"), NOW + timedelta(minutes=40))
    assert longer.next_try_at == NOW + timedelta(minutes=70)


@given(st.lists(st.tuples(st.integers(0, 1500), st.sampled_from([None, 202, 404, 429, 500])), max_size=80))
def test_whatever_happens_the_breaker_is_bounded_l11(history: list[tuple[int, int | None]]) -> None:
    health, now = Health(), NOW
    for minutes, status in history:
        now += timedelta(minutes=minutes)
        before, health = health, delivery.after_try(health, Outcome(status=status), now)
        if status not in {None, 500}:
            assert health == Health()
            continue
        assert health.failing_since is not None
        assert health.failing_since <= now == health.failed_at
        assert health.failures == before.failures + 1 or (health.failures == 1 and before.failures < 10)
        assert health.next_try_at == (now + delivery.BREAKER_PAUSE if health.failures >= 10 else None)
