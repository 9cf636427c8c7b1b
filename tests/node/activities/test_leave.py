"""Leave: somebody elsewhere no longer takes part."""

from __future__ import annotations

import pytest

from kit.guests import BOB, HERE, Stage, V, act
from kit.planning import meeting
from node.domain.participation import State
from node.storage.engine import Database


@pytest.fixture
def stage(memory: Database) -> Stage:
    stage = Stage(memory)
    stage.approve()
    return stage


async def test_who_leaves_makes_room(stage: Stage) -> None:
    event = meeting(stage)
    await stage.receive(act("Join", V, event))
    row = await stage.receive(act("Leave", V, event))
    known = stage.database.read_now(lambda uow: uow.participations.get(event, V))
    assert (row.state, known and known.state) == ("done", State.ENDED)
    assert stage.database.read_now(lambda uow: uow.participations.count(event)) == 0


async def test_who_takes_part_in_nothing_leaves_nothing(stage: Stage) -> None:
    event = meeting(stage)
    for number, about in enumerate((event, f"{HERE}/rencontres/jamaisvue", f"{V}/events/1")):
        row = await stage.receive(act("Leave", BOB, about, number))
        assert row.state == "ignored"
    assert stage.database.read_now(lambda uow: uow.participations.all()) == []
