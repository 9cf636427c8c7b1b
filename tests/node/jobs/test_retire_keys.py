"""Keys that others took the place of are forgotten once they have had their time, not before, and with nobody else's."""

from __future__ import annotations

from kit.guests import Stage
from kit.nodes import key_pair
from node.actions.rotate_keys import rotate_keys
from node.jobs import retire_keys
from node.storage.engine import Database


async def test_an_actor_who_left_meanwhile_stays_as_it_is(memory: Database) -> None:
    stage = Stage(memory)
    for actor in (stage.author, stage.community):
        memory.write_now(lambda uow, actor=actor: rotate_keys(uow, stage.house(), actor, keys=key_pair(9)))  # type: ignore[misc]
    memory.write_now(lambda uow: uow.actors.set_state(stage.author, "gone"))
    before = memory.read_now(lambda uow: uow.actors.get(stage.author))
    stage.later(hours=48)
    for row in memory.write_now(lambda uow: retire_keys.JOB.claim(uow, stage.house(), 10)):
        await retire_keys.JOB.work(stage.tools, row)
    assert memory.read_now(lambda uow: uow.actors.get(stage.author)) == before
    assert memory.read_now(lambda uow: (uow.keys.before(stage.author), uow.keys.before(stage.community))) == (None, None)
    assert not memory.write_now(lambda uow: retire_keys.JOB.claim(uow, stage.house(), 10))
