"""The loop that runs the jobs of a process: claims due rows, works them side by side, and stops cleanly.

Here an unforeseen error may be caught: it is logged without content, and the row is set aside.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from node.contracts import House, Job, Tools
from node.domain.courtesy import Courtesy
from node.errors import Busy
from node.storage.claims import owner_here
from node.storage.engine import Database
from node.storage.sharing import answer
from node.storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

Settle = Callable[[UnitOfWork, House, Sequence[Any]], None]

#: How long running work may take to end after a stop, in seconds; what is left then is let go of, for the next process.
STOP_SECONDS = 15.0
#: Pause after the database could not be asked, in seconds.
TROUBLE_SECONDS = 2.0
#: How often one looks whether anything was committed, and how long a job rests when nothing was: then only time makes work due.
LOOK_SECONDS, QUIET_SECONDS = 0.05, 2.0
#: What is written within this time is looked for once: looking costs more than waiting so little.
TOGETHER_SECONDS = 0.03
#: What came of several rows is gathered for so long, to be marked in one transaction; no longer once nothing more comes.
GATHER_SECONDS, STILL_SECONDS = 0.04, 0.005
#: A busy job looks for more once this part of its places is free: many small claims cost more than few large ones.
ROOM_SHARE = 4
#: While there is less room than that, a busy job looks for more after so long.
SCARCE_SECONDS = 0.1
#: Stands for the bells of all jobs that wait for what is written.
ALL = ""


@dataclass(slots=True, eq=False)
class Wish:
    """A job that has room for so many rows, and those that it was given."""

    job: Job
    room: int
    rows: Sequence[Any] = ()


class Worker:
    """Runs `jobs` until it is told to stop. What a process left behind is freed first."""

    def __init__(self, tools: Tools, jobs: Mapping[str, Job]) -> None:
        self._tools = tools
        self._jobs = jobs
        self._stopping = asyncio.Event()
        self._bells = {name: asyncio.Event() for name in jobs}
        self._running = dict.fromkeys(jobs, 0)
        self._books = {
            name: Book(tools, job.settle, partial(self._running.__getitem__, name))
            for name, job in jobs.items()
            if job.settle is not None
        }
        self._open: set[asyncio.Task[None]] = set()
        self._ledger = ledger_of(tools.database)
        self._rings: dict[str, asyncio.TimerHandle] = {}
        self._hasty = tuple(name for name, job in jobs.items() if not job.is_timed)
        self._intake = tuple(name for name, job in jobs.items() if job.is_intake)
        self._courtesy = Courtesy()

    def poke(self) -> None:
        """Says that something came in: who works it off looks soon, not at its next turn; many pokes at once are one look."""
        self._courtesy.arrived(asyncio.get_running_loop().time())
        for name in self._intake if self._ledger is not None else (ALL,):
            self._ring_soon(name)

    def stop(self) -> None:
        """Asks the worker to stop: no new claims, running work may finish within STOP_SECONDS."""
        self._stopping.set()
        for name in self._bells:
            self._ring(name)

    async def asked_to_stop(self) -> None:
        """Returns once somebody asked."""
        await self._stopping.wait()

    async def run(self) -> None:
        """Works until `stop`; returns when everything has ended."""
        await self._tools.database.write(self._begin)
        async with asyncio.TaskGroup() as work:
            async with asyncio.TaskGroup() as loops:
                loops.create_task(self._watch(), name="watch")
                for name, job in self._jobs.items():
                    loops.create_task(self._tend(name, job, work), name=f"job {name}")
            _, late = await asyncio.wait(self._open, timeout=STOP_SECONDS) if self._open else (set(), set())
            for task in late:
                task.cancel()
        if late:
            await self._tools.database.write(lambda uow: uow.release_own(owner_here()))

    def _ring_soon(self, name: str) -> None:
        if name not in self._rings:
            self._rings[name] = asyncio.get_running_loop().call_later(TOGETHER_SECONDS, self._ring, name)

    def _ring(self, name: str) -> None:
        self._rings.pop(name, None)
        for each in self._hasty if name == ALL else (name,):
            self._bells[each].set()

    def _begin(self, uow: UnitOfWork) -> None:
        house = self._tools.house()
        uow.release_dead(owner_here(), house.now)
        for job in self._jobs.values():
            if job.start is not None:
                job.start(uow, house)

    async def _tend(self, name: str, job: Job, work: asyncio.TaskGroup) -> None:
        is_full = False
        while not self._stopping.is_set():
            self._bells[name].clear()
            if job.is_intake:
                await self._give_way()
            room = job.at_once - self._running[name]
            if is_full and room < max(job.at_once // ROOM_SHARE, 1):
                # There is more to do, and soon there will be room for more of it at once.
                await _heard(self._bells[name], SCARCE_SECONDS)
                room = job.at_once - self._running[name]
            rows = await self._claim(name, job, room) if room else ()
            is_full = len(rows) == room if rows else is_full and not room
            for row in rows:
                self._running[name] += 1
                task = work.create_task(self._work(name, job, row))
                self._open.add(task)
                task.add_done_callback(self._open.discard)
            if not is_full:
                await _heard(self._bells[name], max(job.every, QUIET_SECONDS) if self._ledger is not None else job.every)

    async def _give_way(self) -> None:
        """Lets a rush of arrivals go first."""
        while not self._stopping.is_set() and (pause := self._courtesy.pause(asyncio.get_running_loop().time())):
            await _heard(self._stopping, pause)

    async def _watch(self) -> None:
        """Rings all bells as soon as any process has committed something: asking a file for its age costs next to nothing."""
        if self._ledger is None:
            return
        seen = _age(self._ledger)
        while not self._stopping.is_set():
            await _heard(self._stopping, LOOK_SECONDS)
            found = _age(self._ledger)
            if found != seen:
                seen = found
                self._ring_soon(ALL)

    async def _claim(self, name: str, job: Job, room: int) -> Sequence[Any]:
        wish = Wish(job, room)
        try:
            # One commit makes all jobs look: together they cost little more than one.
            await self._tools.database.write_together(self._grant, wish)
        except Exception as problem:  # noqa: BLE001 -- the loop must outlive whatever a job does
            _tell("the rows of a job could not be claimed", name, problem)
            await _heard(self._stopping, TROUBLE_SECONDS)
            return ()
        return wish.rows

    def _grant(self, uow: UnitOfWork, wishes: Sequence[Wish]) -> None:
        house = self._tools.house()
        for wish in wishes:
            wish.rows = wish.job.claim(uow, house, wish.room)

    async def _work(self, name: str, job: Job, row: object) -> None:
        try:
            result = await job.work(self._tools, row)
            if name in self._books:
                await self._books[name].enter(result)
        except Busy as problem:
            # No fault of the row's: it is worked anew once its lease has run out.
            _tell("the database could not be used while a row was worked", name, problem)
        except Exception as problem:  # noqa: BLE001 -- the loop must outlive whatever a job does
            _tell("a row could not be worked", name, problem)
            await self._set_aside(name, job, row, f"{type(problem).__name__} in {name}")
        finally:
            self._running[name] -= 1
            has_room_again = job.at_once - self._running[name] == max(job.at_once // ROOM_SHARE, 1)
            if job.is_intake or job.settle is not None or has_room_again:
                # Where results are marked together, this comes once for all of them: what follows need not wait any more.
                self._bells[name].set()
            # Where commits are watched, the others look by themselves when there is something new.
            self._ring_soon(ALL if self._ledger is None else name)

    async def _set_aside(self, name: str, job: Job, row: object, reason: str) -> None:
        mishap = job.mishap
        if mishap is None:
            return
        house = self._tools.house()
        try:
            await self._tools.database.write(lambda uow: mishap(uow, house, row, reason))
        except Exception as problem:  # noqa: BLE001 -- the loop must outlive whatever a job does
            _tell("a row could not be set aside; its lease will run out", name, problem)


class Book:
    """Marks what came of the rows of one job: whoever comes while one transaction is written shares the next.

    `running` says how many rows are being worked: when all of them wait here, there is nobody to wait for.
    """

    def __init__(self, tools: Tools, settle: Settle, running: Callable[[], int]) -> None:
        self._tools = tools
        self._settle = settle
        self._running = running
        self._is_whole = asyncio.Event()
        self._waiting: list[tuple[Any, asyncio.Future[None]]] = []
        self._is_open = False

    async def enter(self, result: object) -> None:
        """Returns once a result is written down; raises what kept it from being."""
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((result, mine))
        if len(self._waiting) >= self._running():
            self._is_whole.set()
        if not self._is_open:
            self._is_open = True
            try:
                while self._waiting:
                    await self._gather()
                    batch, self._waiting = self._waiting, []
                    await self._write(batch)
            finally:
                self._is_open = False
        await mine

    async def _gather(self) -> None:
        """Waits for further results: a server that dawdles must not keep the others' from being written down."""
        loop, seen = asyncio.get_running_loop(), 0
        until = loop.time() + GATHER_SECONDS
        while seen != len(self._waiting) and not self._is_whole.is_set() and loop.time() < until:
            seen = len(self._waiting)
            await _heard(self._is_whole, STILL_SECONDS)
        self._is_whole.clear()

    async def _write(self, batch: Sequence[tuple[Any, asyncio.Future[None]]]) -> None:
        try:
            await self._mark([result for result, _ in batch])
        except Exception as problem:  # noqa: BLE001 -- one bad result must not undo the others: each by itself then
            if len(batch) == 1:
                answer(batch[0][1], problem)
                return
            for entry in batch:
                await self._write([entry])
        else:
            for _, waiting in batch:
                answer(waiting, None)

    async def _mark(self, results: Sequence[Any]) -> None:
        """Marks what came of some rows, once the database can be used: what was done is not to be done again for its sake."""
        while True:
            with contextlib.suppress(Busy):
                return await self._tools.database.write(lambda uow: self._settle(uow, self._tools.house(), results))
            await asyncio.sleep(TROUBLE_SECONDS)


async def _heard(bell: asyncio.Event, seconds: float) -> None:
    """Returns once a bell has rung, or after so long."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(bell.wait(), seconds)


def ledger_of(database: Database) -> Path | None:
    """The file that changes with every commit, whoever makes it; None where there is no such file (PostgreSQL, memory)."""
    is_file = database.is_sqlite and not database.is_in_memory
    return Path(f"{database.url.database}-wal") if is_file else None


def _age(ledger: Path) -> tuple[int, int]:
    try:
        found = ledger.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def _tell(message: str, job: str, problem: Exception) -> None:
    """Logs where an error arose and of what kind it is, without its text (but Busy's): it may quote what people wrote."""
    places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(problem.__traceback__)[-5:]]
    reason = {"reason": str(problem)} if isinstance(problem, Busy) else {}
    log.error(message, extra={"job": job, "kind": type(problem).__name__, **reason, "places": " < ".join(reversed(places))})
