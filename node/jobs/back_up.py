"""Makes a copy of the node every night, once somebody asked for the first one in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from node.actions.back_up import ALL, BACK_UP, EVERY, back_up, last_copy
from node.contracts import House, Job, Tools
from node.errors import NodeError
from node.storage.claims import owner_here
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork

LEASE = timedelta(minutes=30)


def start(uow: UnitOfWork, house: House) -> None:
    """Sees to it that a node that makes copies goes on making them."""
    if last_copy(uow) is not None:
        uow.tasks.wake(BACK_UP, ALL, due_at=house.now + EVERY)


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[TaskRow]:
    """Leases the task when it is due."""
    return uow.tasks.claim(BACK_UP, house.now, owner_here(), n, LEASE)


async def work(tools: Tools, row: TaskRow) -> None:
    """Makes the copy, or says why it could not; and waits for tomorrow either way."""
    reason = ""
    try:
        await back_up(tools)
    except (NodeError, OSError) as problem:
        reason = str(problem)
    await tools.database.write(lambda uow: uow.tasks.retry(row, tools.house().now + EVERY, reason))


def _mishap(uow: UnitOfWork, house: House, row: TaskRow, reason: str) -> None:
    uow.tasks.retry(row, house.now + EVERY, reason)


JOB = Job(name="back_up", every=60.0, claim=claim, work=work, at_once=1, mishap=_mishap, start=start)
