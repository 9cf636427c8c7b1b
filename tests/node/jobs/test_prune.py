"""Once a day what is old is forgotten; ids and tombstones are not."""

from __future__ import annotations

import pytest

from kit.guests import Stage, V, act, note
from node.domain.errands import FETCH
from node.domain.retention import EVERY
from node.domain.visibility import Scope
from node.jobs import deliver, prune
from node.storage.engine import Database
from node.storage.shelves.reports import Complaint
from node.storage.shelves.restraints import RestraintRow
from node.storage.tables.sessions import sessions
from node.storage.unit_of_work import UnitOfWork


async def test_bytes_and_traces_go_and_ids_stay(memory: Database) -> None:
    stage = Stage(memory)
    stage.approve()
    await stage.receive(act("Follow", V, stage.community))
    done = await stage.receive(act("Delete", V, note()["id"]))
    kept = await stage.receive(act("Travel", V, note()["id"]))
    sent = [
        await deliver.work(stage.tools, parcel) for parcel in memory.write_now(lambda uow: deliver.claim(uow, stage.house(), 5))
    ]
    memory.write_now(lambda uow: deliver.settle(uow, stage.house(), sent))
    memory.write_now(lambda uow: prune.start(uow, stage.house()))
    assert memory.write_now(lambda uow: prune.JOB.claim(uow, stage.house(), 1)) == []
    stage.later(days=61)
    (task,) = memory.write_now(lambda uow: prune.JOB.claim(uow, stage.house(), 1))
    await prune.JOB.work(stage.tools, task)
    bodies = {row.activity: row.body for row in memory.read_now(lambda uow: uow.inbox.recent())}
    assert (bodies[done.activity], bodies[kept.activity] != b"") == (b"", True)
    assert memory.read_now(lambda uow: uow.deliveries.counts()) == {}
    assert memory.read_now(lambda uow: uow.things.get_any(note()["id"])) is not None
    again = await stage.receive(act("Delete", V, note()["id"]))
    assert again.id == done.id
    assert memory.read_now(lambda uow: uow.tasks.get("prune", "all").state) == "due"  # type: ignore[union-attr]


async def test_work_that_ended_is_forgotten_one_way_or_the_other_and_what_waits_is_not(memory: Database) -> None:
    stage = Stage(memory)

    def fill(uow: UnitOfWork) -> None:
        for name in ("done", "parked", "due"):
            uow.tasks.wake(FETCH, name, due_at=stage.now)
        ended = {row.subject: row for row in uow.tasks.claim(FETCH, stage.now, "test", 3)}
        uow.tasks.finish(ended["done"], stage.now)
        uow.tasks.park(ended["parked"], "it is not there", stage.now)
        uow.tasks.retry(ended["due"], stage.now, "silent")

    memory.write_now(fill)
    memory.write_now(lambda uow: prune.start(uow, stage.house()))
    for days, left in ((29, {"done", "parked", "due"}), (2, {"due"})):
        stage.later(days=days)
        await pruned(stage)
        assert {row.subject for row in memory.read_now(lambda uow: uow.tasks.all(FETCH))} == left


async def test_servers_that_nobody_has_to_do_with_are_forgotten_d13_l13(
    memory: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Stage(memory)
    stage.follows()
    stage.approve("ami.example")

    def meet(uow: UnitOfWork, hosts: list[str]) -> None:
        uow.peers.sent(hosts, stage.now)
        uow.peers.meet(hosts)

    def hosts(uow: UnitOfWork) -> set[str]:
        known = {peer.host for peer in uow.peers.all()}
        assert {task.subject for task in uow.tasks.all("look_at_peer")} <= known
        return known

    memory.write_now(lambda uow: meet(uow, ["ailleurs.example", *(f"evil.example:{port}" for port in range(2000, 3200))]))
    memory.write_now(lambda uow: uow.peers.put_state("bloque.example", "blocked", stage.now))
    memory.write_now(lambda uow: prune.start(uow, stage.house()))
    stage.later(days=20)
    memory.write_now(lambda uow: meet(uow, ["nouveau.example"]))
    stage.later(days=11)
    await pruned(stage)
    assert memory.read_now(hosts) == {"ailleurs.example", "ami.example", "bloque.example", "nouveau.example"}
    # However new they are, there are never more than so many.
    monkeypatch.setattr("node.domain.retention.MOST_STRANGERS", 50)
    memory.write_now(lambda uow: meet(uow, [f"evil.example:{port}" for port in range(2000, 3200)]))
    stage.later(days=1)
    await pruned(stage)
    left = memory.read_now(hosts)
    assert len(left) == 53
    assert {"ailleurs.example", "ami.example", "bloque.example"} <= left


async def test_nobody_stays_written_down_as_signed_in(memory: Database) -> None:
    stage = Stage(memory)
    memory.write_now(lambda uow: prune.start(uow, stage.house()))
    memory.write_now(lambda uow: uow.sessions.open(stage.author, stage.now))
    stage.later(days=31)
    await pruned(stage)
    assert len(memory.read_now(lambda uow: uow.ground.rows(sessions.select()))) == 0
    token = memory.write_now(lambda uow: uow.sessions.open(stage.author, stage.now))
    stage.later(days=1)
    await pruned(stage)
    assert memory.read_now(lambda uow: uow.sessions.person(token, stage.now)) == stage.author


async def test_decisions_are_remembered_for_a_year(memory: Database) -> None:
    stage = Stage(memory)
    memory.write_now(lambda uow: prune.start(uow, stage.house()))
    for host, days in (("old.example", 300), ("b.example", 100)):
        memory.write_now(lambda uow, host=host: uow.decisions.add(stage.now, "block", host))  # type: ignore[misc]
        stage.later(days=days)
    await pruned(stage)
    assert [row.subject for row in memory.read_now(lambda uow: uow.decisions.recent())] == ["b.example"]


async def test_notices_reports_and_what_was_asked_of_people_are_forgotten_in_their_time(memory: Database) -> None:
    stage = Stage(memory)
    other = stage.person("ali", role="membre")

    def happen(uow: UnitOfWork) -> None:
        uow.notices.add(other, "join", stage.community, stage.now)
        uow.restraints.begin(RestraintRow(person=other, community=stage.community, kind="pause", at=stage.now, until=stage.now))
        complaint = Complaint(activity="a", reporter=other, host="h", objects=("o",), content="", category="respect")
        uow.reports.add(complaint, stage.now)
        uow.reports.decide(uow.reports.listed()[0].id, "settled", stage.author, stage.now, "Fait.")

    def left(uow: UnitOfWork) -> tuple[int, int, int]:
        return len(uow.notices.of(other, Scope(actor=other))), len(uow.restraints.of(other)), len(uow.reports.listed())

    memory.write_now(lambda uow: prune.start(uow, stage.house()))
    memory.write_now(happen)
    stage.later(days=89)
    await pruned(stage)
    assert memory.read_now(left) == (1, 1, 1)
    stage.later(days=2)
    await pruned(stage)
    assert memory.read_now(left) == (0, 1, 1)
    stage.later(days=280)
    await pruned(stage)
    assert memory.read_now(left) == (0, 0, 0)


async def test_a_clock_that_was_far_ahead_lets_nothing_be_kept_for_years(memory: Database) -> None:
    stage = Stage(memory)
    memory.write_now(lambda uow: prune.start(uow, stage.house()))
    stage.later(days=4000)
    await pruned(stage)
    stage.later(days=-4000)
    memory.write_now(lambda uow: prune.start(uow, stage.house()))
    due_at = stage.now + EVERY
    stage.later(hours=23)
    memory.write_now(lambda uow: prune.start(uow, stage.house()))
    assert memory.read_now(lambda uow: uow.tasks.get("prune", "all").due_at) == due_at  # type: ignore[union-attr]


async def pruned(stage: Stage) -> None:
    (task,) = stage.database.write_now(lambda uow: prune.JOB.claim(uow, stage.house(), 1))
    await prune.JOB.work(stage.tools, task)
