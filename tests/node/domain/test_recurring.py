"""What takes place again and again: the days of a rule, what it leaves out, and no rule that goes on for ever."""

from __future__ import annotations

import time as clock
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from node.domain.participation import is_over
from node.domain.recurring import (
    DATE,
    FORMS,
    MOST_DATES,
    OTHER,
    RANK,
    at_each,
    beginnings,
    excluded,
    following,
    form_of,
    last_of,
    replaced,
    rule_from,
    rule_of,
    without,
)  # fmt: skip
from node.domain.sittings import parted, sitting
from vocab.namespaces import ICAL
from vocab.things.meeting import Meeting

#: A Tuesday at seven in the evening, in Québec.
FIRST = datetime(2026, 10, 6, 23, tzinfo=UTC)
FAR = datetime(2029, 1, 1, tzinfo=UTC)


def meeting(rule: str, *, out: tuple[date, ...] = (), start: datetime = FIRST) -> Meeting:
    return Meeting(
        start_time=start,
        end_time=start + timedelta(hours=2),
        timezone="America/Toronto",
        recurrence=(rule,) if rule else (),
        unknown=without(out),
    )


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY;INTERVAL=3;COUNT=3", "1006 1009 1012"),
        ("FREQ=WEEKLY;COUNT=3", "1006 1013 1020"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=4", "1006 1008 1020 1022"),
        ("FREQ=WEEKLY;UNTIL=20261020T230000Z", "1006 1013 1020"),
        ("FREQ=WEEKLY;UNTIL=20261019", "1006 1013"),
        ("FREQ=MONTHLY;BYDAY=1TU;COUNT=3", "1006 1103 1201"),
        ("FREQ=MONTHLY;BYDAY=-1TU;COUNT=3", "1006 1027 1124"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1;COUNT=3", "1006 1027 1130"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", "1006 1031 1130"),
        ("FREQ=MONTHLY;COUNT=2", "1006 1106"),
        ("FREQ=YEARLY;BYMONTH=10,12;BYMONTHDAY=6;COUNT=2", "1006 1206"),
        ("FREQ=SECONDLY", "1006"),
        ("FREQ=WEEKLY;BYHOUR=3", "1006"),
        ("FREQ=WEEKLY;INTERVAL=0", "1006"),
        ("nonsense", "1006"),
    ],
)
def test_a_rule_gives_its_days_at_the_same_hour_all_year(rule: str, days: str) -> None:
    found = at_each(meeting(rule), after=FIRST, before=datetime(2027, 1, 1, tzinfo=UTC))
    local = [each.start_time.astimezone(ZoneInfo("America/Toronto")) for each in found if each.start_time]
    assert [f"{at:%m%d}" for at in local] == days.split()
    assert {at.hour for at in local} == {19}


def test_what_is_left_out_is_left_out_and_counts() -> None:
    series = meeting("FREQ=WEEKLY;COUNT=3", out=(date(2026, 10, 13),))
    assert excluded(series) == {date(2026, 10, 13)}
    assert [at.day for at in beginnings(series)] == [6, 20]
    assert list(beginnings(meeting("", out=(date(2026, 10, 6),)))) == [FIRST]


def test_what_a_calendar_moved_is_told_apart() -> None:
    moved = Meeting(unknown=((ICAL + "recurrence-id", '[{"@value":"20261014T010000Z"}]'),), timezone="America/Toronto")
    assert replaced(moved) == {date(2026, 10, 13)}


def test_the_next_time_is_found_however_long_it_has_been_going_on() -> None:
    old = meeting("FREQ=DAILY", start=datetime(1971, 10, 6, 23, tzinfo=UTC))
    began = clock.process_time()
    found = following(old, FIRST)
    assert clock.process_time() - began < 1
    assert found.start_time == FIRST
    assert found.recurrence == ()
    assert len(list(beginnings(old))) == MOST_DATES


def test_it_is_over_with_its_last_time() -> None:
    assert not is_over(meeting("FREQ=WEEKLY"), FAR)
    assert last_of(meeting("FREQ=WEEKLY")) is None
    assert not is_over(meeting("FREQ=WEEKLY;COUNT=3"), FIRST + timedelta(days=14, hours=1))
    assert is_over(meeting("FREQ=WEEKLY;COUNT=3"), FIRST + timedelta(days=14, hours=3))
    assert is_over(meeting("FREQ=SECONDLY"), FAR), "a rule that is not understood promises nothing"


@pytest.mark.parametrize("form", FORMS)
def test_a_form_shows_again_what_it_said(form: str) -> None:
    until = date(2026, 12, 29)
    made = meeting(rule_from(form, date(2026, 10, 6), until))
    assert form_of(made) == (form, until)
    assert form_of(meeting(rule_from(form, date(2026, 10, 6), None))) == (form, None)
    assert max(beginnings(made)) <= datetime(2026, 12, 30, 4, 59, 59, tzinfo=UTC)


def test_the_last_day_belongs_to_it_and_a_fifth_week_is_the_last_one() -> None:
    assert "UNTIL=20261230T045959Z" in rule_from(DATE, date(2026, 10, 29), date(2026, 12, 29))
    assert rule_from(RANK, date(2026, 10, 29), None).endswith("BYDAY=-1TH")


def test_a_rule_that_no_form_can_say_is_known_as_such() -> None:
    assert form_of(meeting("FREQ=DAILY")) == (OTHER, None)
    assert form_of(meeting("FREQ=SECONDLY")) == (OTHER, None)
    assert form_of(meeting("")) == ("", None)
    assert rule_of("FREQ=DAILY;BYDAY=MO") is None


@pytest.mark.parametrize(
    ("rule", "is_read"),
    [("FREQ=MONTHLY;BYDAY=" + ",".join(["1TU"] * 100), True), ("FREQ=MONTHLY;BYDAY=" + ",".join(["1TU"] * 2_000), False)],
)
def test_a_day_said_a_thousand_times_costs_what_it_costs_once(rule: str, is_read: bool) -> None:
    began = clock.process_time()
    times = len(list(beginnings(meeting(rule))))
    assert clock.process_time() - began < 0.3
    assert times == (MOST_DATES if is_read else 1)


@pytest.mark.parametrize("rule", ["FREQ=YEARLY", "FREQ=DAILY", "FREQ=DAILY;UNTIL=00010101T000000Z", "FREQ=WEEKLY;UNTIL=99991231"])
@pytest.mark.parametrize(("begins", "ends"), [(2, 9998), (9998, 2), (9998, 9998), (2, 2)])
def test_no_year_is_too_far_to_be_looked_at(rule: str, begins: int, ends: int) -> None:
    far = replace(
        meeting(rule),
        id="https://e.example/r",
        start_time=datetime(begins, 1, 1, tzinfo=UTC),
        end_time=datetime(ends, 12, 31, tzinfo=UTC),
    )
    assert len(at_each(far, after=FIRST, before=FAR)) <= MOST_DATES
    assert following(far, FIRST).start_time is not None
    assert is_over(far, FIRST) in {True, False}
    assert all(at.year <= 2200 for at in beginnings(far) if at.year != begins)
    for day in ("00010101", "00020101", "20261208", "99981231", "99991231"):
        iri, found = parted(f"{far.id}#date-{day}")
        assert (found is None) == (iri != far.id) == (day[:4] in {"0001", "0002", "9999"})
        assert found is None or sitting(far, found) is None or found.year >= begins
