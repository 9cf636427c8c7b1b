"""A task whose work broke waits until somebody wakes it."""

from __future__ import annotations

from datetime import timedelta

from kit.guests import Stage
from node.storage.engine import Database
from node.storage.mishaps import set_aside


def test_what_broke_is_not_tried_again_by_itself(memory: Database) -> None:
    stage = Stage(memory)
    memory.write_now(lambda uow: uow.tasks.wake("pile", "x"))
    (row,) = memory.write_now(lambda uow: uow.tasks.claim("pile", stage.now, "here/1/0", 1))
    memory.write_now(lambda uow: set_aside(uow, stage.house(), row, "KeyError in pile"))
    found = memory.read_now(lambda uow: uow.tasks.get("pile", "x"))
    assert found is not None
    assert (found.state, found.last_error, found.due_at) == ("parked", "KeyError in pile", stage.now)
    later = stage.now + timedelta(days=9)
    assert memory.write_now(lambda uow: uow.tasks.claim("pile", later, "here/1/0", 1)) == []
    memory.write_now(lambda uow: uow.tasks.wake("pile", "x"))
    assert memory.write_now(lambda uow: uow.tasks.claim("pile", later, "here/1/0", 1)) != []
