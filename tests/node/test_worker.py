"""The worker: at most so many at once, nothing idle, nothing lost at a stop, nothing stopped by an error."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kit.guests import Stage
from node.contracts import House, Job, Tools
from node.errors import Busy
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork
from node.worker import Worker


@dataclass
class Pile:
    """Rows to be worked: claimed from the front, each once."""

    rows: list[int]
    work: Callable[[int], Awaitable[None]]
    done: list[int] = field(default_factory=list)
    aside: list[tuple[int, str]] = field(default_factory=list)
    running: int = 0
    most: int = 0
    claims: int = 0

    def claim(self, uow: UnitOfWork, house: House, n: int) -> Sequence[int]:
        del uow, house
        self.claims += 1
        taken, self.rows = self.rows[:n], self.rows[n:]
        return taken

    async def do(self, tools: Tools, row: int) -> None:
        del tools
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            await self.work(row)
            self.done.append(row)
        finally:
            self.running -= 1

    def set_aside(self, uow: UnitOfWork, house: House, row: int, reason: str) -> None:
        del uow, house
        self.aside.append((row, reason))

    def job(self, **more: Any) -> Job:
        return Job(name="pile", **{"every": 0.05, "claim": self.claim, "work": self.do, "mishap": self.set_aside, **more})


async def soon(what: Callable[[], object], seconds: float = 10) -> None:
    """Waits until something is so, or until the time is over."""
    end = time.monotonic() + seconds
    while not what() and time.monotonic() < end:  # noqa: ASYNC110 -- what is watched has no event
        await asyncio.sleep(0.01)


async def run(worker: Worker, until: Callable[[], bool]) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(worker.run())
        await soon(until)
        worker.stop()


def worker_of(memory: Database, **jobs: Job) -> Worker:
    return Worker(Stage(memory).tools, jobs)


async def nap(_: int) -> None:
    await asyncio.sleep(0.01)


async def test_everything_is_worked_once_and_not_too_much_at_once(memory: Database) -> None:
    pile = Pile(list(range(30)), nap)
    await run(worker_of(memory, pile=pile.job(at_once=3)), lambda: len(pile.done) == 30)
    assert (sorted(pile.done), pile.most) == (list(range(30)), 3)


async def test_an_error_sets_one_row_aside_and_says_nothing_of_what_is_in_it(
    memory: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async def breaks(row: int) -> None:
        if row == 1:
            raise ValueError("the secret of Mireille")

    pile = Pile([0, 1, 2], breaks)
    with caplog.at_level(logging.DEBUG):
        await run(worker_of(memory, pile=pile.job()), lambda: len(pile.done) == 2 and bool(pile.aside))
    assert (sorted(pile.done), pile.aside) == ([0, 2], [(1, "ValueError in pile")])
    assert "Mireille" not in caplog.text
    assert "a row could not be worked" in caplog.text


async def test_a_database_in_trouble_does_not_end_the_loop(memory: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("node.worker.TROUBLE_SECONDS", 0.01)
    pile = Pile([1], nap)
    failures = iter([True, True, False])

    def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[int]:
        if next(failures, False):
            raise OSError("disk full")
        return pile.claim(uow, house, n)

    await run(worker_of(memory, pile=pile.job(claim=claim)), lambda: pile.done == [1])
    assert pile.done == [1]


async def test_a_mishap_that_fails_too_does_not_end_the_loop(memory: Database) -> None:
    async def breaks(_: int) -> None:
        raise ValueError

    def worse(uow: UnitOfWork, house: House, row: object, reason: str) -> None:
        raise OSError

    broken, fine = Pile([1], breaks), Pile([1], nap)
    await run(worker_of(memory, broken=broken.job(mishap=worse), fine=fine.job()), lambda: fine.done == [1])
    assert fine.done == [1]


async def test_what_came_of_many_rows_is_marked_together(memory: Database) -> None:
    marked: list[list[int]] = []

    async def give(_: Tools, row: int) -> int:
        await asyncio.sleep(0.01)
        return row * 2

    def settle(uow: UnitOfWork, house: House, results: Sequence[int]) -> None:
        marked.append(list(results))

    pile = Pile(list(range(40)), nap)
    await run(worker_of(memory, pile=pile.job(work=give, settle=settle, at_once=20)), lambda: sum(map(len, marked)) == 40)
    assert sorted(row for group in marked for row in group) == [row * 2 for row in range(40)]
    assert len(marked) <= 10
    assert pile.aside == []


async def test_nobody_is_waited_for_when_all_that_run_have_come_to_be_marked(
    memory: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("node.worker.GATHER_SECONDS", 60.0)
    marked: list[int] = []

    async def give(_: Tools, row: int) -> int:
        await asyncio.sleep(row / 100)
        return row

    pile = Pile(list(range(9)), nap)
    job = pile.job(work=give, settle=lambda _, __, results: marked.extend(results), at_once=3)
    async with asyncio.timeout(20):
        await run(worker_of(memory, pile=job), lambda: len(marked) == 9)
    assert sorted(marked) == list(range(9))


async def test_a_result_that_cannot_be_marked_does_not_undo_the_others(memory: Database) -> None:
    marked: list[int] = []

    async def give(_: Tools, row: int) -> int:
        return row

    def settle(uow: UnitOfWork, house: House, results: Sequence[int]) -> None:
        if 3 in results:
            raise ValueError("three")
        marked.extend(results)

    pile = Pile(list(range(6)), nap)
    job = pile.job(work=give, settle=settle, at_once=10)
    await run(worker_of(memory, pile=job), lambda: len(marked) == 5 and bool(pile.aside))
    assert (sorted(marked), pile.aside) == ([0, 1, 2, 4, 5], [(3, "ValueError in pile")])


async def test_a_database_that_cannot_be_used_is_no_fault_of_the_rows(
    memory: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("node.worker.TROUBLE_SECONDS", 0.01)
    marked: list[int] = []
    tries = iter(range(100))

    async def give(_: Tools, row: int) -> int:
        return row

    def settle(uow: UnitOfWork, house: House, results: Sequence[int]) -> None:
        if next(tries) < 3:
            raise Busy
        marked.extend(results)

    async def meets_a_lock(row: int) -> None:
        if row:
            raise Busy("The disk is full.")

    settled, worked = Pile(list(range(6)), nap), Pile([1, 0], meets_a_lock)
    worker = worker_of(memory, settled=settled.job(work=give, settle=settle, at_once=10), worked=worked.job())
    await run(worker, lambda: len(marked) == 6 and worked.done == [0])
    assert (sorted(marked), settled.aside, worked.aside) == ([0, 1, 2, 3, 4, 5], [], [])
    assert "The disk is full." in {getattr(record, "reason", "") for record in caplog.records}


async def test_a_stop_lets_running_work_end(memory: Database) -> None:
    begun = asyncio.Event()

    async def slow(_: int) -> None:
        begun.set()
        await asyncio.sleep(0.2)

    pile = Pile([1, 2], slow)
    await run(worker_of(memory, pile=pile.job(at_once=1)), begun.is_set)
    assert (pile.done, pile.rows) == ([1], [2])


async def test_a_stop_does_not_wait_for_ever(memory: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("node.worker.STOP_SECONDS", 0.1)
    begun = asyncio.Event()

    async def endless(_: int) -> None:
        begun.set()
        await asyncio.sleep(60)

    pile = Pile([1], endless)
    begin = time.monotonic()
    await run(worker_of(memory, pile=pile.job()), begun.is_set)
    assert time.monotonic() - begin < 5
    assert (pile.done, pile.running) == ([], 0)


async def test_a_poke_is_quicker_than_the_next_turn(memory: Database) -> None:
    pile = Pile([], nap)
    worker = worker_of(memory, pile=pile.job(every=30))
    async with asyncio.TaskGroup() as group:
        group.create_task(worker.run())
        await soon(lambda: pile.claims)
        pile.rows.append(1)
        worker.poke()
        await soon(lambda: pile.done, seconds=20)
        worker.stop()
    assert pile.done == [1]


async def test_nothing_to_do_costs_little(memory: Database) -> None:
    pile = Pile([], nap)
    worker = worker_of(memory, pile=pile.job(every=0.25))
    async with asyncio.TaskGroup() as group:
        group.create_task(worker.run())
        await asyncio.sleep(1)
        worker.stop()
    assert pile.claims <= 6


async def test_each_job_is_begun_once_and_dead_leases_are_freed_first(memory: Database) -> None:
    stage = Stage(memory)
    host = __import__("socket").gethostname()
    memory.write_now(lambda uow: uow.tasks.wake("fetch", "x"))
    memory.write_now(lambda uow: uow.tasks.claim("fetch", stage.now, f"{host}/999999/1", 1))
    seen: list[int] = []

    def start(uow: UnitOfWork, house: House) -> None:
        seen.append(len(uow.tasks.claim("fetch", house.now, "me/1/1", 5)))

    pile = Pile([1], nap)
    await run(Worker(stage.tools, {"pile": pile.job(start=start)}), lambda: pile.done == [1])
    assert seen == [1]


async def test_what_another_process_commits_is_seen_at_once(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'node.sqlite'}"
    ours, theirs = Database(address), Database(address)
    ours.migrate()
    pile, timed = Pile([], nap), Pile([], nap)
    worker = Worker(Stage(ours).tools, {"pile": pile.job(every=30), "timed": timed.job(every=30, is_timed=True)})
    async with asyncio.TaskGroup() as group:
        group.create_task(worker.run())
        await soon(lambda: pile.claims and timed.claims)
        await asyncio.sleep(0.3)
        pile.rows.append(1)
        theirs.write_now(lambda uow: uow.state.set("x", "y"))
        await soon(lambda: pile.done, seconds=20)
        worker.stop()
    ours.close()
    theirs.close()
    assert (pile.done, timed.claims) == ([1], 1), "what waits for its hour is not made to look by a commit"
