"""Computes the intersections anew when what they rest on has changed; many changes at once are one computation."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from node.actions.compute_intersections import Computed, computed_intersections, keep_intersections
from node.contracts import House, Job, Tools
from node.storage.claims import owner_here
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork

KIND = "intersections"
LEASE = timedelta(minutes=5)
#: How long to wait before another try after something unforeseen.
PAUSE = timedelta(minutes=10)
#: So long what comes together is waited for, in seconds: changes mostly come many at once.
SETTLING = 0.5


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[TaskRow]:
    """Leases the computation when it is due."""
    return uow.tasks.claim(KIND, house.now, owner_here(), n, LEASE)


async def work(tools: Tools, row: TaskRow) -> None:
    """Computes while reading, so that writers need not wait; what changes meanwhile wakes the task again."""
    await asyncio.sleep(SETTLING)
    house = tools.house()
    found = await tools.database.read(lambda uow: computed_intersections(uow, house))
    await tools.database.write(lambda uow: _keep(uow, tools.house(), row, found))


def _keep(uow: UnitOfWork, house: House, row: TaskRow, found: Computed) -> None:
    keep_intersections(uow, found)
    uow.tasks.finish(row, house.now)


def _mishap(uow: UnitOfWork, house: House, row: TaskRow, reason: str) -> None:
    uow.tasks.retry(row, house.now + PAUSE, reason)


JOB = Job(name="compute_intersections", every=0.5, claim=claim, work=work, at_once=1, mishap=_mishap)
