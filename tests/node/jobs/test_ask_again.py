"""A request without an answer goes out again: the same one, later and later, and not for ever."""

from __future__ import annotations

import pytest

from kit.guests import B, Stage, act
from node.actions.follow_community import follow
from node.jobs.ask_again import JOB
from node.storage.engine import Database


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.database.write_now(lambda uow: follow(uow, made.house(), made.community, B))
    return made


async def once(stage: Stage) -> int:
    """How many requests are on their way after one look; each then arrives without being answered."""
    for row in stage.database.write_now(lambda uow: JOB.claim(uow, stage.house(), 10)):
        await JOB.work(stage.tools, row)
    sent = [body["id"] for body in stage.sent()]
    assert len(set(sent)) <= 1
    rows = stage.database.read_now(lambda uow: uow.deliveries.waiting())
    for each in rows:
        stage.database.write_now(
            lambda uow, each=each: uow.deliveries.finish(each.id, "delivered", 202, "", stage.now)  # type: ignore[misc]
        )
    return len(sent)


async def test_it_goes_out_again_after_days_and_then_rests(stage: Stage) -> None:
    assert await once(stage) == 1
    times = []
    for day in range(60):
        stage.later(days=1)
        if await once(stage):
            times.append(day + 1)
    assert times == [3, 10, 31]


async def test_an_answer_ends_it(stage: Stage) -> None:
    (request,) = stage.sent()
    await once(stage)
    await stage.receive(act("Accept", B, request))
    stage.later(days=4)
    assert await once(stage) == 0


async def test_a_request_of_before_is_found_at_the_start(stage: Stage) -> None:
    for row in stage.database.write_now(lambda uow: uow.tasks.all("ask_again")):
        stage.database.write_now(lambda uow, row=row: uow.tasks.finish(row, stage.now))  # type: ignore[misc]
    await once(stage)
    assert JOB.start is not None
    start = JOB.start
    stage.database.write_now(lambda uow: start(uow, stage.house()))
    stage.later(days=4)
    assert await once(stage) == 0  # done once is done: only one that was never there is made
