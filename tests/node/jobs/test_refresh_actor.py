"""An actor is read again: changed, silent, or gone for good."""

from __future__ import annotations

import pytest

from federation.errors import Gone, RemoteError, UnacceptableAnswer, Unreachable
from kit.guests import B, Stage
from node.domain.errands import REFRESH_ACTOR
from node.jobs import refresh_actor
from node.storage.engine import Database
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.tasks import TaskRow


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.follows()
    made.outside.documents[B] = {
        "id": B, "type": "Group", "name": "Nouveau nom", "inbox": f"{B}/boite", "repertoire": f"{B}/tout",
        "endpoints": {"sharedInbox": "https://evil.example/inbox"},
    }  # fmt: skip
    return made


async def turn(stage: Stage, iri: str = B) -> tuple[TaskRow, ActorRow]:
    stage.database.write_now(lambda uow: uow.tasks.wake(REFRESH_ACTOR, iri))
    for row in stage.database.write_now(lambda uow: refresh_actor.JOB.claim(uow, stage.house(), 10)):
        await refresh_actor.JOB.work(stage.tools, row)
    task = stage.database.read_now(lambda uow: uow.tasks.get(REFRESH_ACTOR, iri))
    actor = stage.database.read_now(lambda uow: uow.actors.get(iri))
    assert task is not None
    assert actor is not None
    return task, actor


async def test_what_changed_is_kept_and_addresses_of_others_are_not(stage: Stage) -> None:
    task, actor = await turn(stage)
    assert (task.state, actor.name, actor.inbox, actor.repertoire) == ("done", "Nouveau nom", f"{B}/boite", f"{B}/tout")
    assert actor.shared_inbox == "", "an inbox on another server is nobody's to name"


async def test_a_suspension_outlives_a_new_document(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.actors.set_state(B, "suspended"))
    assert (await turn(stage))[1].state == "suspended"


async def test_gone_for_good_ends_the_links(stage: Stage) -> None:
    stage.outside.problems[B] = Gone()
    task, actor = await turn(stage)
    link = stage.database.read_now(lambda uow: uow.followings.get(stage.community, B))
    assert (task.state, actor.state, link and link.state) == ("done", "gone", "ended")


@pytest.mark.parametrize(("problem", "state"), [(Unreachable(), "due"), (UnacceptableAnswer(), "parked")])
async def test_trouble_changes_nothing(stage: Stage, problem: RemoteError, state: str) -> None:
    stage.outside.problems[B] = problem
    task, actor = await turn(stage)
    assert (task.state, actor.state, actor.inbox) == (state, "active", f"{B}/inbox")


async def test_what_is_no_actor_is_told(stage: Stage) -> None:
    stage.outside.documents[B] = {"id": B, "type": "Note", "content": "x"}
    assert (await turn(stage))[0].state == "parked"


async def test_ours_are_not_asked_for(stage: Stage) -> None:
    assert (await turn(stage, stage.community))[0].state == "done"
    assert stage.outside.asked == []
