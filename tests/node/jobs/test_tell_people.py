"""Letters that gather: on their day, once, with what concerns somebody, and none when there is nothing to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kit.guests import Stage
from node.actions.reply import reply
from node.domain.digest import DAILY, NEVER, WEEKLY, is_due
from node.domain.entries import Audience
from node.jobs.tell_people import JOB
from node.storage.engine import Database
from node.storage.shelves.letters import LetterRow

ZONE = ZoneInfo("America/Montreal")
#: A Monday, at ten in the morning there.
MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@pytest.fixture
def stage(memory: Database) -> Stage:
    return Stage(memory)


def letters(stage: Stage) -> list[LetterRow]:
    return list(stage.database.read_now(lambda uow: uow.letters.listed("due")))


async def turns(stage: Stage) -> None:
    """The job until it finds nothing more, as the worker does it; it has to find an end."""
    for _ in range(5):
        if not await stage.turn(JOB):
            return
    raise AssertionError("the same people were claimed again and again")


async def test_a_summary_comes_on_its_day_and_tells_nothing_twice(stage: Stage) -> None:
    other = stage.person("ali", role="membre")
    stage.later(hours=1)
    note = stage.note("Aller de porte en porte")
    stage.note("Réservée", Audience.COMMUNITY, author=other)
    stage.database.write_now(lambda uow: reply(uow, stage.house(), note.iri, other, "Bonne idée."))
    await turns(stage)
    assert letters(stage) == []
    stage.now = MONDAY
    await turns(stage)
    by_name = {row.recipient: row for row in letters(stage)}
    assert set(by_name) == {"mireille@exemple.org", "ali@exemple.org"}
    mine, theirs = by_name["mireille@exemple.org"], by_name["ali@exemple.org"]
    assert mine.text.count("ali a répondu") == 1
    assert "Réservée" in mine.text
    assert "Aller de porte en porte" not in mine.text  # her own
    assert "Aller de porte en porte" in theirs.text
    assert mine.stop.endswith("/moi/avis")
    stage.now = MONDAY + timedelta(days=7)
    await turns(stage)
    assert len(letters(stage)) == 2


async def test_whoever_is_named_hears_at_once_unless_they_have_looked(stage: Stage) -> None:
    other = stage.person("ali", role="membre")
    await turns(stage)
    note = stage.note("Une note")
    said = stage.database.write_now(lambda uow: reply(uow, stage.house(), note.iri, stage.author, "Qu’en dis-tu, @ali\u00a0?"))
    await turns(stage)
    count = len(letters(stage))
    stage.now += timedelta(minutes=11)
    await turns(stage)
    (letter,) = letters(stage)[: len(letters(stage)) - count]
    assert said.iri in letter.text
    assert "vous nomme" in letter.text
    again = stage.database.write_now(lambda uow: reply(uow, stage.house(), note.iri, stage.author, "@ali, regarde."))
    stage.database.write_now(lambda uow: uow.notices.see(other, stage.now))
    stage.now += timedelta(minutes=11)
    await turns(stage)
    assert all(again.iri not in row.text for row in letters(stage))


async def test_whoever_wants_no_letters_gets_none(stage: Stage) -> None:
    other = stage.person("ali", role="membre")
    habit = stage.database.read_now(lambda uow: uow.notices.habit(other))
    stage.database.write_now(lambda uow: uow.notices.keep_habit(replace(habit, rhythm=NEVER)))
    note = stage.note("Une note")
    stage.database.write_now(lambda uow: reply(uow, stage.house(), note.iri, stage.author, "@ali\u00a0?"))
    stage.now = MONDAY + timedelta(days=8)
    await turns(stage)
    assert all("ali" not in row.recipient for row in letters(stage))


@pytest.mark.parametrize(
    ("rhythm", "weekday", "told_at", "expected"),
    [
        (WEEKLY, 0, None, True),
        (WEEKLY, 0, MONDAY - timedelta(days=7), True),
        (WEEKLY, 0, MONDAY - timedelta(hours=1), False),
        (WEEKLY, 1, MONDAY - timedelta(days=2), False),
        (DAILY, 0, MONDAY - timedelta(days=1), True),
        (DAILY, 0, MONDAY - timedelta(hours=2), False),
        (NEVER, 0, None, False),
    ],
)
def test_when_a_letter_is_due(rhythm: str, weekday: int, told_at: datetime | None, *, expected: bool) -> None:
    assert is_due(rhythm, weekday, told_at, MONDAY, ZONE) is expected
    before_dawn = MONDAY.replace(hour=9)
    assert not is_due(DAILY, 0, before_dawn - timedelta(hours=20), before_dawn, ZONE)
