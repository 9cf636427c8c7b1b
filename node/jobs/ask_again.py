"""Asks to follow once more when no answer came: the first request may be lost, or its answer.

Spec: ActivityPub §7.5.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from node.contracts import House, Job, Tools
from node.domain.errands import ASK_AGAIN, ASK_AGAIN_AFTER, link, parties
from node.storage.claims import owner_here
from node.storage.linking import ask
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork

LEASE = timedelta(seconds=60)


def start(uow: UnitOfWork, house: House) -> None:
    """Sees to it that no request that is still open waits for ever."""
    for each in uow.followings.all("requested"):
        subject = link(each.follower, each.target)
        if house.is_local(each.follower) and uow.tasks.get(ASK_AGAIN, subject) is None:
            uow.tasks.wake(ASK_AGAIN, subject, due_at=house.now + ASK_AGAIN_AFTER[0])


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[TaskRow]:
    """Leases requests that have waited long enough."""
    return uow.tasks.claim(ASK_AGAIN, house.now, owner_here(), n, LEASE)


async def work(tools: Tools, row: TaskRow) -> None:
    """Asks again, as long as that makes sense."""
    await tools.database.write(lambda uow: _ask(uow, tools.house(), row))


def _ask(uow: UnitOfWork, house: House, row: TaskRow) -> None:
    follower, target = parties(row.subject)
    known, asked = uow.followings.get(follower, target), uow.actors.get(target)
    is_open = known is not None and known.state == "requested" and asked is not None and asked.state == "active"
    if asked is None or not is_open:
        uow.tasks.finish(row, house.now)
        return
    ask(uow, house, follower, asked)
    if row.attempts >= len(ASK_AGAIN_AFTER):
        uow.tasks.finish(row, house.now)
    else:
        uow.tasks.retry(row, house.now + ASK_AGAIN_AFTER[row.attempts], "no answer yet")


def _mishap(uow: UnitOfWork, house: House, row: TaskRow, reason: str) -> None:
    uow.tasks.retry(row, house.now + ASK_AGAIN_AFTER[-1], reason)


JOB = Job(name="ask_again", every=60.0, claim=claim, work=work, at_once=1, is_timed=True, mishap=_mishap, start=start)
