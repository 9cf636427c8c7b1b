"""Whoever keeps a search is told of what came that it finds: once, within what they may see, and never of their own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kit.guests import Stage
from node.actions.keep_search import keep_search, look_at_search
from node.domain.entries import Audience
from node.domain.visibility import Reader, Scope
from node.jobs.tell_people import JOB as LETTERS
from node.jobs.tell_searches import JOB
from node.storage.engine import Database
from node.storage.shelves.notices import NoticeRow
from node.storage.shelves.saved_searches import SavedSearch
from node.storage.unit_of_work import UnitOfWork

MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@pytest.fixture
def stage(memory: Database) -> Stage:
    return Stage(memory)


def keep(stage: Stage, person: str, query: str) -> SavedSearch:
    return stage.database.write_now(lambda uow: keep_search(uow, stage.house(), Reader(actor=person), "Ma recherche", query))


def notices(stage: Stage, person: str) -> list[NoticeRow]:
    def look(uow: UnitOfWork) -> list[NoticeRow]:
        scope = Scope(actor=person, communities=uow.members.communities_of(person, stage.now))
        return [row for row in uow.notices.of(person, scope) if row.kind == "found"]

    return stage.database.read_now(look)


async def test_what_a_kept_search_finds_is_told_once_and_comes_with_the_weekly_letter(stage: Stage) -> None:
    ali, zoe = stage.person("ali", role="membre"), stage.person("zoe")
    stage.note("La porte d'avant")
    keep(stage, ali, "q=porte")
    keep(stage, zoe, "q=porte&portee=noeud")
    mine = stage.note("Ma porte", author=ali)
    found = stage.note("Aller de porte en porte")
    hidden = stage.note("Une porte entre nous", Audience.COMMUNITY)
    stage.note("Autre chose")
    assert await stage.turn(JOB)
    assert await stage.turn(JOB) is False
    assert {row.iri for row in notices(stage, ali)} == {found.iri, hidden.iri}
    assert {row.iri for row in notices(stage, zoe)} == {found.iri, mine.iri}
    stage.now = MONDAY
    await stage.turn(LETTERS)
    letter = next(
        row.text for row in stage.database.read_now(lambda uow: list(uow.letters.listed("due"))) if "ali@" in row.recipient
    )
    assert "pour une recherche que vous suivez" in letter
    assert found.iri in letter


async def test_what_its_owner_has_looked_at_is_not_told(stage: Stage) -> None:
    ali = stage.person("ali", role="membre")
    search = keep(stage, ali, "q=porte")
    stage.note("Aller de porte en porte")
    stage.database.write_now(lambda uow: look_at_search(uow, Reader(actor=ali), search.id))
    await stage.turn(JOB)
    assert notices(stage, ali) == []
    stage.later(days=1)
    for number in range(9):
        stage.note(f"Porte {number}")
    await stage.turn(JOB)
    assert len(notices(stage, ali)) == 5
