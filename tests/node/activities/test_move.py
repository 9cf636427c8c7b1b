"""Move: only oneself, only for whoever is followed from here, and nothing is believed before both sides were asked."""

from __future__ import annotations

from typing import Any

import pytest

from kit.guests import BOB, THERE, B, M, Stage, V, act
from node.storage.engine import Database
from node.storage.shelves.followings import State as LinkState

NEW = f"{THERE}/communautes/nouvelle"


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.approve("evil.example")
    return made


@pytest.mark.parametrize(
    ("state", "outcome"), [("accepted", "done"), ("requested", "done"), ("ended", "ignored"), ("refused", "ignored")]
)
async def test_both_are_read_again_for_the_sake_of_those_who_follow(stage: Stage, state: LinkState, outcome: str) -> None:
    stage.follows(state=state)
    row = await stage.receive(act("Move", B, B, target=NEW))
    assert (row.state, stage.tasks("follow_moved")) == (outcome, [B] if outcome == "done" else [])
    link = stage.database.read_now(lambda uow: uow.followings.get(stage.community, B))
    assert link is not None
    assert link.state == state, "nothing has changed yet"


async def test_nobody_follows_a_stranger(stage: Stage) -> None:
    assert (await stage.receive(act("Move", V, V, target=NEW))).state == "ignored"


@pytest.mark.parametrize(
    "said",
    [
        act("Move", M, B, target=M),
        act("Move", BOB, B, target=BOB),
        act("Move", B, B),
        act("Move", B, B, target=B),
        act("Move", B, [B, V], target=NEW),
    ],
    ids=["a stranger", "a neighbour", "nowhere", "itself", "two"],
)
async def test_one_moves_oneself_and_elsewhere(stage: Stage, said: dict[str, Any]) -> None:
    stage.follows()
    assert (await stage.receive(said)).state == "refused"
    assert stage.tasks("follow_moved") == []
