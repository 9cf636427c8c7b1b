"""Makes a copy of the node every night, once somebody asked for the first one; takes it elsewhere, and rehearses each month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from node.actions.back_up import ALL, BACK_UP, EVERY, back_up, last_copy
from node.actions.send_away import rehearse, send_away
from node.contracts import House, Job, Tools
from node.errors import NodeError
from node.storage.claims import owner_here
from node.storage.elsewhere_copies import log_of
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork

#: It may be large, and the way there slow. A copy is put back as a rehearsal once a month.
LEASE, REHEARSED = timedelta(hours=3), timedelta(days=30)


def start(uow: UnitOfWork, house: House) -> None:
    """Sees to it that a node that makes copies goes on making them."""
    if last_copy(uow) is not None:
        uow.tasks.wake(BACK_UP, ALL, due_at=house.now + EVERY)


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[TaskRow]:
    """Leases the task when it is due."""
    return uow.tasks.claim(BACK_UP, house.now, owner_here(), n, LEASE)


async def work(tools: Tools, row: TaskRow) -> None:
    """Makes the copy and takes it elsewhere, or says why it could not; and waits for tomorrow either way."""
    reason = ""
    try:
        made = await back_up(tools)
        log = await tools.database.read(log_of)
        await send_away(tools, Path(made.path))
        if log.rehearsal is None or made.at - log.rehearsal.at >= REHEARSED:
            await rehearse(tools, Path(made.path), made.at)
    except (NodeError, OSError) as problem:
        reason = str(problem)
    await tools.database.write(lambda uow: uow.tasks.retry(row, tools.house().now + EVERY, reason))


def _mishap(uow: UnitOfWork, house: House, row: TaskRow, reason: str) -> None:
    uow.tasks.retry(row, house.now + EVERY, reason)


JOB = Job(name="back_up", every=60.0, claim=claim, work=work, at_once=1, mishap=_mishap, start=start)
