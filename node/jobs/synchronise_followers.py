"""Asks the server of somebody we follow which of ours it counts among the followers, and brings both sides in line.

Spec: FEP-8fcf §On the receiving end.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from federation.collections import MOST_PAGES, digest
from federation.errors import RemoteError
from node.contracts import House, Job, Tools
from node.domain.errands import SYNCHRONISE, Agreement
from node.storage.claims import owner_here
from node.storage.mishaps import put_off, set_aside
from node.storage.shelves.tasks import TaskRow
from node.storage.synchronising import settle
from node.storage.unit_of_work import UnitOfWork
from node.transport.collections import leaf_at

LEASE = timedelta(minutes=5)
MOST_TRIES = 5


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[TaskRow]:
    """Leases the disagreements that are due."""
    return uow.tasks.claim(SYNCHRONISE, house.now, owner_here(), n, LEASE)


async def work(tools: Tools, row: TaskRow) -> None:
    """Settles one. Only a list that is whole, and is the one that was spoken of, ends anything."""
    begun, said = tools.house().now, Agreement.of(row.payload)
    try:
        listed, is_whole = await _listed(tools, said.url)
    except RemoteError as problem:
        await tools.database.write(partial(put_off, here=tools.house(), row=row, problem=problem, most=MOST_TRIES))
        return
    is_proven = is_whole and digest(listed) == said.digest

    def deed(uow: UnitOfWork) -> None:
        house = tools.house()
        settle(uow, house, row.subject, listed, is_whole=is_proven, begun=begun)
        uow.tasks.finish(row, house.now)

    await tools.database.write(deed)


async def _listed(tools: Tools, url: str) -> tuple[list[str], bool]:
    """Who is listed, and whether the list was read to its end."""
    found: list[str] = []
    page = url
    for _ in range(MOST_PAGES):
        leaf = await leaf_at(tools.outside.document, page, url)
        found += leaf.items
        page = leaf.following
        if not page:
            return found, not leaf.is_kept_back
    return found, False


JOB = Job(name="synchronise_followers", every=5.0, claim=claim, work=work, at_once=2, mishap=set_aside)
