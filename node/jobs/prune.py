"""Forgets, once a day, what is no longer needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from node.contracts import House, Job, Tools
from node.domain import retention
from node.domain.guessing import WINDOW
from node.storage.claims import owner_here
from node.storage.forgetting import Limits, forget
from node.storage.shelves.accounts import Accounts
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork

PRUNE, ALL = "prune", "all"
LEASE = timedelta(minutes=20)


def start(uow: UnitOfWork, house: House) -> None:
    """Sees to it that the task is there, and due within a day: a clock that was put back would let it wait for years."""
    uow.tasks.wake(PRUNE, ALL, due_at=house.now + retention.EVERY)


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[TaskRow]:
    """Leases the task when it is due."""
    return uow.tasks.claim(PRUNE, house.now, owner_here(), n, LEASE)


async def work(tools: Tools, row: TaskRow) -> None:
    """Forgets portion by portion, then waits for tomorrow."""
    now = tools.house().now
    limits = Limits(
        inbox_bodies=now - retention.INBOX_BODIES,
        deliveries=now - retention.DELIVERIES,
        parked=now - retention.PARKED,
        tasks=now - retention.TASKS,
        strangers=now - retention.STRANGERS,
        most_strangers=retention.MOST_STRANGERS,
    )
    while await tools.database.write(lambda uow: forget(uow, limits)):
        pass
    await tools.database.write(lambda uow: _tomorrow(uow, tools.house(), row))


def _tomorrow(uow: UnitOfWork, house: House, row: TaskRow) -> None:
    uow.sessions.prune(house.now)
    uow.invitations.forget(house.now - retention.INVITATIONS)
    Accounts(uow.ground).guesses.prune(house.now - WINDOW)
    uow.letterbox.forget(house.now - retention.LETTERS_IN)
    uow.media.prune(house.now - retention.MEDIA)
    uow.bringings.forget(house.now - retention.BRINGINGS)
    uow.notices.forget(house.now - retention.NOTICES)
    uow.decisions.forget(house.now - retention.DECISIONS)
    uow.reports.forget(house.now - retention.DECISIONS)
    uow.restraints.forget(house.now - retention.DECISIONS)
    uow.tasks.finish(row, house.now)
    uow.tasks.wake(PRUNE, ALL, due_at=house.now + retention.EVERY)


def _mishap(uow: UnitOfWork, house: House, row: TaskRow, reason: str) -> None:
    uow.tasks.retry(row, house.now + retention.EVERY, reason)


JOB = Job(name="prune", every=30.0, claim=claim, work=work, at_once=1, is_timed=True, mishap=_mishap, start=start)
