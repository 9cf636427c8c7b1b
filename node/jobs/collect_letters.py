"""Looks every minute whether letters lie in the box that the settings name, or the browser did; keeps them to be opened."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from node.actions.receive_letter import Taken, receive_letter
from node.contracts import House, Job, Tools
from node.domain.errands import ALL, COLLECT
from node.domain.post import MOST_BYTES
from node.storage.claims import owner_here
from node.storage.postbox import whole_mailbox
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork
from node.transport.mailbox import NotFetched, empty

EVERY, LATER, LEASE = timedelta(minutes=1), timedelta(minutes=10), timedelta(minutes=15)

#: What is deleted in the box; the rest somebody may want to look at, and stays.
DONE_WITH = frozenset({Taken.KEPT, Taken.AGAIN, Taken.AUTOMATIC})


def start(uow: UnitOfWork, house: House) -> None:
    """Sees to it that the task is there, where members may write."""
    if house.letterbox:
        uow.tasks.wake(COLLECT, ALL)


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[TaskRow]:
    """Leases the task when it is due."""
    return uow.tasks.claim(COLLECT, house.now, owner_here(), n, LEASE)


async def work(tools: Tools, row: TaskRow) -> None:
    """Empties the box; where there is none the task ends."""
    box = tools.mailbox or await tools.database.read(lambda uow: whole_mailbox(uow, tools.data))
    if box is None:
        await tools.database.write(lambda uow: uow.tasks.finish(row, tools.house().now))
        return

    def take(raw: bytes) -> bool:
        return tools.database.write_now(lambda uow: receive_letter(uow, tools.house(), raw)) in DONE_WITH

    pause, reason = EVERY, ""
    try:
        await asyncio.to_thread(empty, box, MOST_BYTES, take)
    except NotFetched as problem:
        pause, reason = LATER, str(problem)
    await tools.database.write(lambda uow: uow.tasks.retry(row, tools.house().now + pause, reason))


def _mishap(uow: UnitOfWork, house: House, row: TaskRow, reason: str) -> None:
    uow.tasks.retry(row, house.now + LATER, reason)


JOB = Job(name="collect_letters", every=15.0, claim=claim, work=work, at_once=1, mishap=_mishap, start=start)
