"""Once a day what is old is forgotten; ids and tombstones are not."""

from __future__ import annotations

from kit.guests import Stage, V, act, note
from node.jobs import deliver, prune
from node.storage.engine import Database


async def test_bytes_and_traces_go_and_ids_stay(memory: Database) -> None:
    stage = Stage(memory)
    stage.approve()
    await stage.receive(act("Follow", V, stage.community))
    done = await stage.receive(act("Delete", V, note()["id"]))
    kept = await stage.receive(act("Dislike", V, note()["id"]))
    for row in memory.write_now(lambda uow: deliver.JOB.claim(uow, stage.house(), 5)):
        await deliver.JOB.work(stage.tools, row)
    memory.write_now(lambda uow: prune.start(uow, stage.house()))
    assert memory.write_now(lambda uow: prune.JOB.claim(uow, stage.house(), 1)) == []
    stage.later(days=31)
    (task,) = memory.write_now(lambda uow: prune.JOB.claim(uow, stage.house(), 1))
    await prune.JOB.work(stage.tools, task)
    bodies = {row.activity: row.body for row in memory.read_now(lambda uow: uow.inbox.recent())}
    assert (bodies[done.activity], bodies[kept.activity] != b"") == (b"", True)
    assert memory.read_now(lambda uow: uow.deliveries.counts()) == {}
    assert memory.read_now(lambda uow: uow.things.get_any(note()["id"])) is not None
    again = await stage.receive(act("Delete", V, note()["id"]))
    assert again.id == done.id
    assert memory.read_now(lambda uow: uow.tasks.get("prune", "all").state) == "due"  # type: ignore[union-attr]
