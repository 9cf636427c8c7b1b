"""Reject: a refusal, and the end of what was accepted."""

from __future__ import annotations

import pytest

from kit.guests import HERE, B, Stage, act
from node.storage.engine import Database
from node.storage.shelves.followings import State as LinkState


@pytest.mark.parametrize("before", ["requested", "accepted"])
async def test_refused_before_or_after_the_link_is_refused(memory: Database, before: LinkState) -> None:
    stage = Stage(memory)
    stage.follows(state=before)
    row = await stage.receive(act("Reject", B, f"{HERE}/activites/f"))
    found = memory.read_now(lambda uow: uow.followings.get(stage.community, B))
    assert (row.state, found and found.state) == ("done", "refused")


async def test_an_ended_link_is_not_refused(memory: Database) -> None:
    stage = Stage(memory)
    stage.follows(state="ended")
    assert (await stage.receive(act("Reject", B, f"{HERE}/activites/f"))).state == "refused"


async def test_refused_twice_is_refused_once(memory: Database) -> None:
    stage = Stage(memory)
    stage.follows(state="refused")
    assert (await stage.receive(act("Reject", B, f"{HERE}/activites/f"))).state == "ignored"
