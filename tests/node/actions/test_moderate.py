"""Blocking, suspending, and trying again."""

from __future__ import annotations

import pytest

from kit.guests import B, M, Stage
from node.actions.moderate import block, reinstate, retry, suspend, unblock
from node.errors import NotFound
from node.storage.engine import Database


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.follows(B)
    made.approve()
    made.approve("evil.example")
    for who in (B, M):
        made.database.write_now(
            lambda uow, who=who: uow.followings.put(who, made.community, activity=who, state="accepted", at=made.now)  # type: ignore[misc]
        )
    return made


def states(stage: Stage) -> list[str]:
    return stage.database.read_now(lambda uow: [row.state for row in uow.followings.all()])


async def test_a_block_ends_links_and_deliveries_and_covers_what_lies_below(stage: Stage) -> None:
    stage.note("Une note")
    assert stage.database.write_now(lambda uow: block(uow, stage.house(), "example")) == 3
    assert states(stage) == ["ended"] * 3
    stage.database.write_now(lambda uow: unblock(uow, stage.house(), "example"))
    with pytest.raises(NotFound):
        stage.database.write_now(lambda uow: unblock(uow, stage.house(), "example"))


async def test_a_block_of_one_host_leaves_the_others(stage: Stage) -> None:
    stage.note("Une note")
    stage.database.write_now(lambda uow: block(uow, stage.house(), "ailleurs.example"))
    assert states(stage) == ["ended", "ended", "accepted"]
    assert [row.host for row in stage.database.read_now(lambda uow: uow.deliveries.waiting())] == ["evil.example"]


async def test_one_actor_is_suspended_and_reinstated(stage: Stage) -> None:
    stage.database.write_now(lambda uow: suspend(uow, stage.house(), M))
    found = stage.database.read_now(lambda uow: uow.actors.get(M))
    assert (states(stage), found and found.state) == (["accepted", "accepted", "ended"], "suspended")
    stage.database.write_now(lambda uow: reinstate(uow, M))
    for deed in (lambda uow: reinstate(uow, M), lambda uow: suspend(uow, stage.house(), stage.community)):
        with pytest.raises(NotFound):
            stage.database.write_now(deed)


async def test_what_was_given_up_is_tried_again(stage: Stage) -> None:
    stage.note("Une note")
    for each in (B, M):
        stage.database.write_now(lambda uow, each=each: uow.tasks.wake("fetch", f"{each}/x"))  # type: ignore[misc]
    for task in stage.database.write_now(lambda uow: uow.tasks.claim("fetch", stage.now, "me/1/1", 5)):
        stage.database.write_now(lambda uow, task=task: uow.tasks.park(task, "x", stage.now))  # type: ignore[misc]
    assert stage.database.write_now(lambda uow: retry(uow, stage.house(), "ailleurs.example")) == 2
    assert stage.tasks("fetch") == [f"{B}/x"]
    assert stage.tasks("catch_up") == [f"{stage.community} {B}"], "what is followed there is compared, too"
    assert stage.database.write_now(lambda uow: retry(uow, stage.house())) == 3
