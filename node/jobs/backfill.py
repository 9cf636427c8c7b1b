"""Brings over the repertoire of a community that was just followed: one page at a time, so that a kill costs one page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from federation import delivery
from federation.errors import RemoteError
from node.contracts import House, Job, Tools
from node.domain.errands import BACKFILL, CATCH_UP, FETCH, Bookmark, Errand, link, parties, turned
from node.errors import NotFound
from node.storage.claims import owner_here
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork
from node.transport.collections import Leaf, leaf_at

LEASE = timedelta(seconds=120)
MOST_TRIES = 8
#: When the repertoire is compared for the first time after it came over.
FIRST_CATCH_UP = timedelta(hours=1)


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[TaskRow]:
    """Leases repertoires to be read on."""
    return uow.tasks.claim(BACKFILL, house.now, owner_here(), n, LEASE)


async def work(tools: Tools, row: TaskRow) -> None:
    """Reads one page of one repertoire."""
    follower, target = parties(row.subject)
    try:
        collection = await tools.database.read(lambda uow: _collection(uow, follower, target))
    except NotFound as problem:
        reason = str(problem)
        await tools.database.write(lambda uow: _end(uow, tools.house(), row, reason))
        return
    bookmark = Bookmark.of(row.payload)
    try:
        leaf = await leaf_at(tools.outside.document, bookmark.page or collection, collection)
    except RemoteError as problem:
        is_final, reason = problem.is_final or row.attempts >= MOST_TRIES, str(problem)
        await tools.database.write(lambda uow: _put_off(uow, tools.house(), row, reason, is_final=is_final))
        return
    await tools.database.write(lambda uow: _turn(uow, tools.house(), row, bookmark, leaf))


def _collection(uow: UnitOfWork, follower: str, target: str) -> str:
    """Where the target lists what it holds; raises NotFound when the link is no longer accepted or nothing is listed."""
    known = uow.followings.get(follower, target)
    if known is None or known.state != "accepted":
        raise NotFound("the link is not accepted, or is no more")
    actor = uow.actors.get(target)
    listed = (actor.repertoire or actor.outbox) if actor is not None else ""
    if not listed:
        raise NotFound(f"{target} lists nothing")
    return listed


def _turn(uow: UnitOfWork, house: House, row: TaskRow, bookmark: Bookmark, leaf: Leaf) -> None:
    """Has what is new on a page fetched, and puts the bookmark further: both or neither."""
    follower, target = parties(row.subject)
    held = set(uow.holdings.iris(target))
    fresh = [iri for iri in leaf.items if iri not in held]
    for iri in fresh:
        errand = Errand(iri=iri, community=target, is_vouched=True)
        uow.tasks.wake(FETCH, errand.subject, payload=errand.payload())
    ahead = turned(bookmark, items=len(leaf.items), fresh=len(fresh), following=leaf.following)
    if ahead is None:
        uow.tasks.keep_payload(row, "")
        uow.followings.mark_synced(follower, target, house.now)
        uow.tasks.wake(CATCH_UP, link(follower, target), due_at=house.now + FIRST_CATCH_UP)
    else:
        uow.tasks.wake(BACKFILL, row.subject, payload=ahead.payload())
    uow.tasks.finish(row, house.now)


def _end(uow: UnitOfWork, house: House, row: TaskRow, reason: str) -> None:
    uow.tasks.keep_payload(row, "")
    uow.tasks.park(row, reason, house.now)


def _put_off(uow: UnitOfWork, house: House, row: TaskRow, reason: str, *, is_final: bool) -> None:
    if is_final:
        uow.tasks.park(row, reason, house.now)
    else:
        uow.tasks.retry(row, house.now + delivery.wait(row.attempts), reason)


def _mishap(uow: UnitOfWork, house: House, row: TaskRow, reason: str) -> None:
    uow.tasks.park(row, reason, house.now)


JOB = Job(name="backfill", every=0.5, claim=claim, work=work, at_once=2, mishap=_mishap)
