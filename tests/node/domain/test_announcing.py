"""A meeting announced in a form: only its day is needed, and what cannot be read is told by field."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from node.domain.announcing import announced, as_fields


def test_the_day_alone_makes_a_meeting_of_the_whole_day() -> None:
    found = announced({"date": "2026-12-03"}, "fr", "Rencontre de Habitation")
    assert not found.problems
    assert (found.meeting.start_time, found.meeting.is_all_day) == (datetime(2026, 12, 3, 5, tzinfo=UTC), True)
    assert found.meeting.name is not None
    assert found.meeting.name.primary == "Rencontre de Habitation"
    assert found.meeting.join_mode == "free"


@pytest.mark.parametrize(
    ("begins", "ends", "hour"), [("14:30", "16:00", 19), ("14 h 30", "16 h", 19), ("2:30 pm", "", 19), ("9h", "9h30", 14)]
)
def test_hours_are_read_as_people_write_them(begins: str, ends: str, hour: int) -> None:
    found = announced({"date": "3 décembre 2026", "debut": begins, "fin": ends}, "fr", "R")
    assert not found.problems
    assert found.meeting.start_time is not None
    assert found.meeting.start_time.astimezone(UTC).hour == hour
    assert found.meeting.shows_end is bool(ends)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, {"date"}),
        ({"date": "bientôt"}, {"date"}),
        ({"date": "2026-12-03", "debut": "26:00"}, {"debut"}),
        ({"date": "2026-12-03", "fin": "12:00"}, {"debut"}),
        ({"date": "2026-12-03", "debut": "14:00", "fin": "13:00"}, {"fin"}),
        ({"date": "2026-12-03", "lien": "javascript:alert(1)"}, {"lien"}),
        ({"date": "2026-12-03", "places": "douze"}, {"places"}),
        ({"date": "2026-12-03", "inscription": "ailleurs"}, {"page"}),
        ({"date": "2026-12-03", "titre": "a" * 201}, {"titre"}),
    ],
)
def test_what_is_wrong_is_told_by_field(fields: dict[str, str], wrong: set[str]) -> None:
    assert set(announced(fields, "fr", "R").problems) == wrong
    assert announced(fields, "en", "R").problems != announced(fields, "fr", "R").problems


def test_markup_that_somebody_types_stays_text() -> None:
    found = announced({"date": "2026-12-03", "texte": "<b>oui</b>\n\nnon"}, "fr", "R")
    assert found.meeting.content is not None
    assert found.meeting.content.primary == "<p>&lt;b&gt;oui&lt;/b&gt;</p><p>non</p>"


def test_what_was_announced_fills_the_form_again() -> None:
    fields = {"date": "2026-12-03", "debut": "14:30", "fin": "16:00", "titre": "Fête", "texte": "Du vin.", "places": "12"}
    again = as_fields(announced(fields, "fr", "R").meeting)
    assert {name: again[name] for name in fields} == fields


def test_a_meeting_may_come_back_but_not_on_some_days() -> None:
    fields = {
        "date": "2026-12-03",
        "debut": "14:00",
        "repete": "semaine",
        "jusque": "2027-02-01",
        "sauf": "2026-12-24, 31 déc. 2026",
    }
    found = announced(fields, "fr", "R")
    assert not found.problems
    assert found.meeting.recurrence == ("FREQ=WEEKLY;UNTIL=20270202T045959Z",)
    shown = as_fields(found.meeting)
    assert {name: shown[name] for name in ("repete", "jusque", "sauf")} == {
        "repete": "semaine",
        "jusque": "2027-02-01",
        "sauf": "2026-12-24, 2026-12-31",
    }
    wrong = announced({**fields, "jusque": "2026-12-01", "sauf": "parfois"}, "fr", "R").problems
    assert set(wrong) == {"jusque", "sauf"}
