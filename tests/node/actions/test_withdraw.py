"""Withdrawing: a tombstone, and a Delete to everybody who ever received the thing."""

from __future__ import annotations

import pytest

from kit.guests import HERE, B, Stage, V
from node.actions.withdraw import withdraw
from node.domain.entries import Audience
from node.errors import NotAllowed, NotFound
from node.storage.engine import Database
from node.storage.shelves.followings import State as LinkState


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.followed()
    return made


def take(stage: Stage, iri: str, by: str = "") -> None:
    stage.database.write_now(lambda uow: withdraw(uow, stage.house(), iri, by or stage.author))


async def test_it_is_gone_here_and_everybody_who_had_it_is_told(stage: Stage) -> None:
    entry = stage.note("Une note")
    stage.database.write_now(lambda uow: uow.things.record_recipient(entry.iri, f"{V}/inbox"))
    for row in stage.database.write_now(lambda uow: uow.deliveries.claim(stage.now, "me/1/1", 5)):
        stage.database.write_now(lambda uow, row=row: uow.deliveries.finish(row.id, "delivered", 202, "", stage.now))  # type: ignore[misc]
    stage.database.write_now(lambda uow: uow.followings.set_state(B, stage.community, "ended", stage.now))
    take(stage, entry.iri)
    take(stage, entry.iri)
    kept = stage.database.read_now(lambda uow: uow.things.get_any(entry.iri))
    rows = stage.database.read_now(lambda uow: uow.deliveries.waiting())
    assert kept is not None
    assert kept.thing.type == "Tombstone"
    assert stage.database.read_now(lambda uow: uow.holdings.iris(stage.community)) == []
    assert sorted(row.inbox for row in rows) == sorted([f"{B}/inbox", f"{V}/inbox"])
    assert {sent["type"] for sent in stage.sent()} == {"Delete"}


async def test_what_has_not_left_does_not_leave(stage: Stage) -> None:
    entry = stage.note("Une note")
    take(stage, entry.iri)
    assert [sent["type"] for sent in stage.sent()] == ["Delete"]


async def test_what_was_given_up_does_not_leave_later(stage: Stage) -> None:
    """Somebody who has all tried again that was given up sends no words that were taken away since."""
    entry = stage.note("Une note")
    for row in stage.database.read_now(lambda uow: uow.deliveries.waiting()):
        stage.database.write_now(lambda uow, row=row: uow.deliveries.finish(row.id, "parked", 500, "", stage.now))  # type: ignore[misc]
    take(stage, entry.iri)
    stage.database.write_now(lambda uow: uow.deliveries.retry(None, stage.now))
    assert [sent["type"] for sent in stage.sent()] == ["Delete"]


async def test_only_authors_and_curators_do(stage: Stage) -> None:
    entry = stage.note("Une note")
    for by in (stage.person("Ali Ben", role="membre"), stage.person("Zoé Roy"), V):
        with pytest.raises(NotAllowed):
            take(stage, entry.iri, by)
    take(stage, entry.iri, stage.person("Luc Roy", role="curation"))


@pytest.mark.parametrize("iri", [f"{HERE}/ressources/absente", "https://ailleurs.example/ressources/1"])
async def test_what_is_not_ours_is_not_there(stage: Stage, iri: str) -> None:
    with pytest.raises(NotFound):
        take(stage, iri)


async def test_a_draft_goes_in_silence(stage: Stage) -> None:
    entry = stage.note("Un brouillon", Audience.SELF)
    take(stage, entry.iri)
    assert stage.database.read_now(lambda uow: uow.outbox.count(stage.author, scope_public_only=False)) == 0


@pytest.mark.parametrize("state", ["accepted", "paused", "ended"])
async def test_those_who_came_for_it_themselves_are_told_too(memory: Database, state: LinkState) -> None:
    """A repertoire is read, not sent: whoever follows, or once did, may hold what was never sent there."""
    stage = Stage(memory)
    entry = stage.note("Publiée avant le lien")
    for each in dict.fromkeys(("accepted", state)):
        memory.write_now(lambda uow, each=each: uow.followings.put(B, stage.community, activity="f", state=each, at=stage.now))  # type: ignore[misc]
    memory.write_now(lambda uow: uow.followings.put(V, stage.community, activity="g", state="requested", at=stage.now))
    take(stage, entry.iri)
    assert [row.inbox for row in memory.read_now(lambda uow: uow.deliveries.waiting())] == [f"{B}/inbox"]


async def test_what_is_narrowed_is_taken_from_them_too(memory: Database) -> None:
    stage = Stage(memory)
    entry = stage.note("Publiée avant le lien")
    stage.followed()
    stage.note("Pour nous", Audience.COMMUNITY, replaces=entry.iri)
    assert [sent["type"] for sent in stage.sent()] == ["Delete"]
