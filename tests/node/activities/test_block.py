"""Block: ends the links between the two at once, and no others."""

from __future__ import annotations

from kit.guests import B, M, Stage, act
from node.storage.engine import Database


async def test_links_in_both_directions_end(memory: Database) -> None:
    stage = Stage(memory)
    stage.approve()
    stage.follows(B)
    stage.followed()
    memory.write_now(lambda uow: uow.followings.put(M, stage.community, activity="y", state="accepted", at=stage.now))
    row = await stage.receive(act("Block", B, stage.community))
    states = memory.read_now(lambda uow: [link.state for link in uow.followings.all()])
    assert (row.state, states) == ("done", ["ended", "ended", "accepted"])
    assert (await stage.receive(act("Block", B, stage.community, 2))).state == "ignored"
