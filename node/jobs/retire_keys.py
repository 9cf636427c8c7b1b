"""Forgets keys of ours that others took the place of two days ago, and takes them out of the documents of their actors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from node.contracts import House, Job, Tools
from node.domain.errands import RETIRE_KEYS
from node.domain.retention import FORMER_KEYS
from node.storage.claims import owner_here
from node.storage.enrolling import write
from node.storage.mishaps import set_aside
from node.storage.presenting import actor_of_ours
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork

LEASE = timedelta(minutes=2)


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[TaskRow]:
    """Leases actors whose former keys have had their time."""
    return uow.tasks.claim(RETIRE_KEYS, house.now, owner_here(), n, LEASE)


async def work(tools: Tools, row: TaskRow) -> None:
    """Forgets what is old; its actor's document no longer names it."""
    await tools.database.write(lambda uow: _retire(uow, tools.house(), row))


def _retire(uow: UnitOfWork, house: House, row: TaskRow) -> None:
    for actor in uow.keys.forget_retired(house.now - FORMER_KEYS + timedelta(seconds=1)):
        known = uow.actors.get(actor)
        if known is not None and known.state == "active":
            write(uow, actor_of_ours(uow, actor), house.now)
    uow.tasks.finish(row, house.now)


JOB = Job(name="retire_keys", every=30.0, claim=claim, work=work, at_once=1, is_timed=True, mishap=set_aside)
