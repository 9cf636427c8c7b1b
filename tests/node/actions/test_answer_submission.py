"""What is decided about what somebody elsewhere proposed: published as it was sent last, or never."""

from __future__ import annotations

import pytest

from kit.guests import BOB, THERE, Stage, V, act, note
from node.actions.answer_submission import accept, refuse
from node.actions.moderate import block, suspend
from node.errors import Conflict, NotAllowed, NotFound
from node.jobs import fetch_thing
from node.storage.engine import Database

NOTE = f"{THERE}/ressources/1"


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve(software="mastodon")
    made.followed()
    return made


async def submitted(stage: Stage) -> int:
    await stage.receive(act("Create", V, {**note(), "audience": [], "cc": [stage.community]}))
    (row,) = stage.database.read_now(lambda uow: uow.submissions.waiting())
    return row.id


def accepting(stage: Stage, number: int, by: str = "") -> str:
    return stage.database.write_now(lambda uow: accept(uow, stage.house(), number, by or stage.author)).iri


async def test_what_is_accepted_is_the_communitys_and_goes_out_whole_and_by_its_address(stage: Stage) -> None:
    number = await submitted(stage)
    assert accepting(stage, number) == NOTE
    kept = stage.database.read_now(lambda uow: uow.things.get_any(NOTE))
    assert kept is not None
    assert (kept.entry.community, kept.entry.author) == (stage.community, V)
    assert stage.database.read_now(lambda uow: uow.holdings.iris(stage.community)) == [NOTE]
    sent = [body["object"] if isinstance(body["object"], str) else body["object"]["type"] for body in stage.sent()]
    assert sent == ["Create", "Create", NOTE, NOTE]
    with pytest.raises(NotFound):
        accepting(stage, number)


async def test_its_author_stays_a_stranger_and_proposes_what_they_change(stage: Stage) -> None:
    accepting(stage, await submitted(stage))
    await stage.receive(act("Update", V, {**note(), "audience": [], "name": "Revue", "updated": "2026-11-22T09:00:00Z"}))
    (changed,) = stage.database.read_now(lambda uow: uow.submissions.waiting())
    accepting(stage, changed.id)
    kept = stage.database.read_now(lambda uow: uow.things.get_any(NOTE))
    assert kept is not None
    assert (kept.entry.name, kept.entry.community) == ("Revue", stage.community)
    await stage.receive(act("Create", V, {**note(number=2), "audience": [], "cc": [stage.community]}, 2))
    assert len(stage.database.read_now(lambda uow: uow.submissions.waiting())) == 1


async def test_what_is_refused_is_nowhere_and_nobody_is_told(stage: Stage) -> None:
    number = await submitted(stage)
    row = stage.database.write_now(lambda uow: refuse(uow, stage.house(), number, stage.author, "hors sujet"))
    assert (row.thing, stage.sent()) == (NOTE, [])
    assert stage.database.read_now(lambda uow: uow.things.get_any(NOTE)) is None
    assert stage.database.read_now(lambda uow: uow.submissions.waiting()) == []


@pytest.mark.parametrize("role", ["", "membre", "observation"])
async def test_only_who_looks_after_the_repertoire_decides(stage: Stage, role: str) -> None:
    number = await submitted(stage)
    person = stage.person("Ali Ben", role=role)
    with pytest.raises(NotAllowed):
        accepting(stage, number, person)
    with pytest.raises(NotAllowed):
        stage.database.write_now(lambda uow: refuse(uow, stage.house(), number, BOB))
    assert accepting(stage, number, stage.house().organisation) == NOTE


async def test_what_was_taken_away_meanwhile_does_not_come_back(stage: Stage) -> None:
    number = await submitted(stage)
    stage.database.write_now(lambda uow: uow.things.bury(NOTE, b"{}", stage.now, by=V))
    with pytest.raises(Conflict):
        accepting(stage, number)


async def test_what_changed_meanwhile_has_another_number(stage: Stage) -> None:
    """Nobody publishes words that were put in the place of those they have read."""
    number = await submitted(stage)
    changed = {**note(name="Tout autre chose"), "audience": [], "updated": "2026-11-22T09:00:00Z"}
    await stage.receive(act("Update", V, changed))
    with pytest.raises(NotFound):
        accepting(stage, number)
    (row,) = stage.database.read_now(lambda uow: uow.submissions.waiting())
    assert row.id > number
    accepting(stage, row.id)


@pytest.mark.parametrize("decision", ["suspend", "block"])
async def test_what_waits_of_somebody_who_may_not_write_any_more_is_not_published(stage: Stage, decision: str) -> None:
    number = await submitted(stage)
    if decision == "block":
        stage.database.write_now(lambda uow: block(uow, stage.house(), "ailleurs.example"))
    else:
        stage.database.write_now(lambda uow: suspend(uow, stage.house(), V))
    with pytest.raises(Conflict):
        accepting(stage, number)


async def test_what_is_gone_from_its_server_when_it_is_accepted_is_gone_here_soon(stage: Stage) -> None:
    accepting(stage, await submitted(stage))
    await stage.turn(fetch_thing.JOB)
    kept = stage.database.read_now(lambda uow: uow.things.get_any(NOTE))
    assert kept is not None
    assert kept.entry.deleted_at is not None
    assert [body["type"] for body in stage.sent()][-1] == "Undo"


async def test_what_was_changed_in_silence_waits_again(stage: Stage) -> None:
    accepting(stage, await submitted(stage))
    stage.outside.documents[NOTE] = {**note(name="Tout autre chose"), "audience": [], "updated": "2026-11-22T09:00:00Z"}
    await stage.turn(fetch_thing.JOB)
    kept = stage.database.read_now(lambda uow: uow.things.get_any(NOTE))
    assert kept is not None
    assert kept.entry.name == "Une note"
    assert len(stage.database.read_now(lambda uow: uow.submissions.waiting())) == 1


async def test_what_is_as_it_was_stays_as_it_is(stage: Stage) -> None:
    accepting(stage, await submitted(stage))
    stage.outside.documents[NOTE] = {**note(), "audience": [], "cc": [stage.community]}
    before = len(stage.sent())
    await stage.turn(fetch_thing.JOB)
    assert (len(stage.sent()), stage.database.read_now(lambda uow: uow.submissions.waiting())) == (before, [])
