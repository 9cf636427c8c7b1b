"""Brings the index of what is public in step with the rows, some moments after they changed, many changes in one go."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from node.actions.index_graph import bring_up_to_date, index_anew
from node.contracts import House, Job, Tools
from node.errors import Busy, Conflict
from node.storage.claims import owner_here
from node.storage.indexed import is_behind, set_mark
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork

KIND, ALL = "graph", "all"
#: Long enough for ten thousand things a minute to be written anew.
LEASE = timedelta(hours=2)
#: So long what comes together is waited for, in seconds; a node that takes in messages all day writes so often.
SETTLING = 3.0
#: Nothing is ever behind this: nobody asks. `start` looks anew when somebody may again.
NEVER = 2**63 - 1


def start(uow: UnitOfWork, house: House) -> None:
    """Has it looked whether the index is there at all: it may have been deleted."""
    uow.tasks.wake(KIND, ALL, due_at=house.now)


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[TaskRow]:
    """Leases the task when something was touched that was not looked at."""
    if is_behind(uow, KIND):
        uow.tasks.wake(KIND, ALL)
    return uow.tasks.claim(KIND, house.now, owner_here(), n, LEASE)


async def work(tools: Tools, row: TaskRow) -> None:
    """Writes what changed; when the index cannot be written on, all of it."""
    if tools.graph is None:
        await tools.database.write(lambda uow: _finish(uow, tools.house(), row, NEVER))
        return
    await asyncio.sleep(SETTLING)
    try:
        try:
            await bring_up_to_date(tools.database, tools.graph)
        except Conflict:
            await index_anew(tools.database, tools.graph)
    except (Busy, Conflict) as problem:
        reason = str(problem)
        await tools.database.write(lambda uow: _mishap(uow, tools.house(), row, reason))
        return
    mark = tools.graph.mark()
    await tools.database.write(lambda uow: _finish(uow, tools.house(), row, mark))


def _finish(uow: UnitOfWork, house: House, row: TaskRow, mark: int | None) -> None:
    set_mark(uow, mark or 0)
    uow.tasks.finish(row, house.now)


def _mishap(uow: UnitOfWork, house: House, row: TaskRow, reason: str) -> None:
    # Longer from try to try: on a full disk the whole index would be made anew over and over.
    uow.tasks.put_off(row, reason, house.now, is_final=False)


JOB = Job(name="index_graph", every=2.0, claim=claim, work=work, at_once=1, mishap=_mishap, start=start)
