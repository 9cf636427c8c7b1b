"""Looks every hour whether a server that was there has gone silent, and writes to those who look after this node."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from node.contracts import House, Job, Tools
from node.domain.letters import Letter, is_address
from node.domain.silence import Silence, letter
from node.storage.claims import owner_here
from node.storage.office import keepers
from node.storage.shelves.tasks import TaskRow
from node.storage.silence import mark_told, silences
from node.storage.unit_of_work import UnitOfWork

WATCH, ALL = "watch_links", "all"
EVERY, LEASE = timedelta(hours=1), timedelta(minutes=5)


def start(uow: UnitOfWork, house: House) -> None:
    """Sees to it that the task is there."""
    uow.tasks.wake(WATCH, ALL, due_at=house.now + EVERY)


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[TaskRow]:
    """Leases the task when it is due."""
    return uow.tasks.claim(WATCH, house.now, owner_here(), n, LEASE)


async def work(tools: Tools, row: TaskRow) -> None:
    """Tells of each silence once."""
    await tools.database.write(lambda uow: _watch(uow, tools.house(), row))


def _watch(uow: UnitOfWork, house: House, row: TaskRow) -> None:
    for found in silences(uow, house.now):
        _tell(uow, house, found)
        mark_told(uow, found.host, house.now)
    uow.tasks.finish(row, house.now)
    uow.tasks.wake(WATCH, ALL, due_at=house.now + EVERY)


def _tell(uow: UnitOfWork, house: House, found: Silence) -> None:
    names = {row.name for row in uow.actors.known("Organization") if row.host == found.host and row.name}
    name = min(names) if len(names) == 1 else found.host
    for person in keepers(uow, house):
        member = uow.members.get(person)
        if member is None or not is_address(member.email):
            continue
        language = "en" if (member.language or house.language).startswith("en") else "fr"
        link = f"{house.url}/liens#{found.host}"
        subject, text = letter(found, name, link, language)
        uow.letters.put(Letter(to=member.email, subject=subject, text=text, language=language, kind="liens"))


def _mishap(uow: UnitOfWork, house: House, row: TaskRow, reason: str) -> None:
    uow.tasks.retry(row, house.now + EVERY, reason)


JOB = Job(name="watch_links", every=60.0, claim=claim, work=work, at_once=1, is_timed=True, mishap=_mishap, start=start)
