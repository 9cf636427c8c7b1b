"""The list of another server is asked for, believed as far as it was announced, and never walked without end."""

from __future__ import annotations

from typing import Any

import pytest

from federation.collections import digest
from federation.errors import Gone, Unreachable
from kit.guests import B, Stage
from node.domain.errands import SYNCHRONISE, Agreement
from node.jobs import synchronise_followers
from node.storage.engine import Database
from node.storage.shelves.tasks import TaskRow

PARTIAL = f"{B}/followers_synchronization"


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.follows()
    made.later(minutes=5)
    return made


def says(stage: Stage, listed: list[str], announced: str) -> None:
    stage.outside.documents[PARTIAL] = {"id": PARTIAL, "type": "OrderedCollection", "orderedItems": listed}
    payload = Agreement(url=PARTIAL, digest=announced).payload()
    stage.database.write_now(lambda uow: uow.tasks.wake(SYNCHRONISE, B, payload=payload))


async def turn(stage: Stage) -> tuple[TaskRow, str]:
    """One go; the task and the state of the link afterwards."""
    for row in stage.database.write_now(lambda uow: synchronise_followers.JOB.claim(uow, stage.house(), 10)):
        await synchronise_followers.JOB.work(stage.tools, row)
    task = stage.database.read_now(lambda uow: uow.tasks.get(SYNCHRONISE, B))
    link = stage.database.read_now(lambda uow: uow.followings.get(stage.community, B))
    assert task is not None
    assert link is not None
    return task, link.state


async def test_a_list_that_is_the_one_announced_ends_a_link(stage: Stage) -> None:
    says(stage, [], digest([]))
    task, state = await turn(stage)
    assert (task.state, state) == ("done", "ended")


async def test_a_list_that_is_not_the_one_announced_ends_nothing(stage: Stage) -> None:
    says(stage, [], digest(["https://ici.example/personnes/x"]))
    task, state = await turn(stage)
    assert (task.state, state) == ("done", "accepted")


async def test_a_list_without_end_is_left_and_ends_nothing(stage: Stage) -> None:
    says(stage, [], digest([]))
    for number in range(50):
        page: dict[str, Any] = {"type": "OrderedCollectionPage", "partOf": PARTIAL, "next": f"{PARTIAL}?p={number + 1}"}
        stage.outside.documents[f"{PARTIAL}?p={number}"] = {"id": f"{PARTIAL}?p={number}", **page}
    stage.outside.documents[PARTIAL] = {"id": PARTIAL, "type": "OrderedCollection", "first": f"{PARTIAL}?p=0"}
    _, state = await turn(stage)
    assert state == "accepted"
    assert len(stage.outside.asked) <= 12


@pytest.mark.parametrize(("problem", "state"), [(Unreachable("silent"), "due"), (Gone("away"), "parked")])
async def test_trouble_is_waited_out_or_left(stage: Stage, problem: Any, state: str) -> None:
    says(stage, [], digest([]))
    stage.outside.problems[PARTIAL] = problem
    task, link = await turn(stage)
    assert (task.state, link) == (state, "accepted")
