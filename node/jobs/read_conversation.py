"""Reads the list of what belongs to a conversation on its own server, and has fetched what is not here yet, within limits.

The list is a hint and no more: each item is asked for at its own server, and what is not allowed to be asked for is left out.
Spec: FEP-f228 §Reading collections.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from federation.collections import MOST_PAGES
from federation.errors import RemoteError
from node.contracts import House, Job, Tools
from node.domain.errands import CONVERSATION, FETCH, Errand
from node.storage.claims import owner_here
from node.storage.conversations import may_be_asked
from node.storage.mishaps import set_aside
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork
from node.transport.collections import leaf_at

LEASE = timedelta(seconds=180)
#: Two servers that dawdle leave room for a third.
AT_ONCE = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What a collection listed, on how many pages, and why it was not read to its end."""

    items: tuple[str, ...] = ()
    pages: int = 0
    reason: str = ""


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[TaskRow]:
    """Leases conversations to be read."""
    return uow.tasks.claim_apart(CONVERSATION, house.now, owner_here(), n, LEASE)


async def work(tools: Tools, row: TaskRow) -> None:
    """Reads one conversation. What cannot be read is left: the next answer in it brings another occasion."""
    errand = Errand.of(row.payload)
    is_allowed = await tools.database.read(lambda uow: may_be_asked(uow, tools.house(), row.subject, errand))
    seen = await _read(tools, row.subject, min(MOST_PAGES, errand.budget)) if is_allowed else _Seen()
    await tools.database.write(lambda uow: _end(uow, tools.house(), row, errand, seen))


async def _read(tools: Tools, collection: str, most: int) -> _Seen:
    """Up to so many pages of a collection; what was read before a page failed counts."""
    items: list[str] = []
    pages: set[str] = set()
    page = collection
    while page and page not in pages and len(pages) < most:
        pages.add(page)
        try:
            leaf = await leaf_at(tools.outside.document, page, collection)
        except RemoteError as problem:
            return _Seen(items=tuple(items), pages=len(pages), reason=str(problem))
        items += leaf.items
        page = leaf.following
    return _Seen(items=tuple(dict.fromkeys(items)), pages=len(pages))


def _end(uow: UnitOfWork, house: House, row: TaskRow, errand: Errand, seen: _Seen) -> None:
    missing = (iri for iri in seen.items if uow.things.get_any(iri) is None and may_be_asked(uow, house, iri, errand))
    # Each item costs two at most: itself and whoever wrote it.
    for iri in itertools.islice(missing, max(errand.budget - seen.pages, 0) // 2):
        one = Errand(iri=iri, is_vouched=errand.is_vouched, is_talk=True, budget=1)
        uow.tasks.wake(FETCH, one.subject, payload=one.payload())
    if seen.reason and not seen.items:
        uow.tasks.park(row, seen.reason, house.now)
    else:
        uow.tasks.finish(row, house.now)


JOB = Job(name="read_conversation", every=0.5, claim=claim, work=work, at_once=AT_ONCE, mishap=set_aside)
