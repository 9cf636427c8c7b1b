"""Compares what a followed community lists with what is known to be held by it: at the start, and every hour.

Its first request, signed, also tells the other side that this node is there again: what waits there becomes due.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from federation.errors import RemoteError
from node.contracts import House, Job, Tools
from node.domain.entries import Audience
from node.domain.errands import CATCH_UP, FETCH, REFRESH_ACTOR, Bookmark, Errand, link, parties, turned
from node.storage.claims import owner_here
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork
from node.transport.collections import leaf_at

EVERY = timedelta(hours=1)
#: A long list takes its time; the lease outlives it.
LEASE = timedelta(minutes=20)
#: How long to wait after the other side could not be reached: the first time, and then longer.
PAUSES = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), EVERY)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """What a community lists; `is_whole` when the list was read to its end."""

    iris: tuple[str, ...]
    is_whole: bool


def start(uow: UnitOfWork, house: House) -> None:
    """Has every repertoire that is followed from here compared: this node may have been away."""
    for each in uow.followings.all("accepted"):
        if house.is_local(each.follower) and not house.is_local(each.target):
            uow.tasks.wake(CATCH_UP, link(each.follower, each.target))


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[TaskRow]:
    """Leases repertoires to be compared."""
    return uow.tasks.claim(CATCH_UP, house.now, owner_here(), n, LEASE)


async def work(tools: Tools, row: TaskRow) -> None:
    """Compares one repertoire."""
    follower, target = parties(row.subject)
    actor = await tools.database.read(lambda uow: _followed(uow, follower, target))
    if actor is None:
        await tools.database.write(lambda uow: uow.tasks.finish(row, tools.house().now))
        return
    try:
        listed = await _list(tools, actor.repertoire) if actor.repertoire else _Listed(iris=(), is_whole=False)
    except RemoteError as problem:
        reason = str(problem)
        await tools.database.write(lambda uow: _put_off(uow, tools.house(), row, reason))
        return
    await tools.database.write(lambda uow: _compare(uow, tools.house(), row, listed))


def _followed(uow: UnitOfWork, follower: str, target: str) -> ActorRow | None:
    known = uow.followings.get(follower, target)
    return uow.actors.get(target) if known is not None and known.state == "accepted" else None


async def _list(tools: Tools, collection: str) -> _Listed:
    found: dict[str, None] = {}
    bookmark, page = Bookmark(), collection
    while True:
        leaf = await leaf_at(tools.outside.document, page, collection)
        fresh = [iri for iri in leaf.items if iri not in found]
        found.update(dict.fromkeys(fresh))
        ahead = turned(bookmark, items=len(leaf.items), fresh=len(fresh), following=leaf.following)
        if ahead is None:
            return _Listed(iris=tuple(found), is_whole=not leaf.following)
        bookmark, page = ahead, ahead.page


def _compare(uow: UnitOfWork, house: House, row: TaskRow, listed: _Listed) -> None:
    """Fetches what is missing. What is no longer listed is let go of, and asked for once more: it may be deleted."""
    follower, target = parties(row.subject)
    held = set(uow.holdings.iris(target))
    for iri in listed.iris:
        if iri not in held:
            errand = Errand(iri=iri, community=target, is_vouched=True)
            uow.tasks.wake(FETCH, errand.subject, payload=errand.payload())
    for iri in held - set(listed.iris) if listed.is_whole else ():
        stored = uow.things.get_any(iri)
        if stored is not None and stored.entry.audience is not Audience.PUBLIC:
            # Delivered to somebody here alone: what is listed to everybody says nothing about it.
            continue
        uow.holdings.remove(target, iri)
        if not house.is_local(iri):
            uow.tasks.wake(FETCH, iri)
    uow.tasks.wake(REFRESH_ACTOR, target, payload=Errand(iri=target).payload())
    uow.followings.mark_synced(follower, target, house.now)
    _again(uow, house, row)


def _again(uow: UnitOfWork, house: House, row: TaskRow) -> None:
    spread = EVERY * random.uniform(0.9, 1.1)  # noqa: S311 -- keeps many links from asking in the same second
    uow.tasks.finish(row, house.now)
    uow.tasks.wake(CATCH_UP, row.subject, due_at=house.now + spread)


def _put_off(uow: UnitOfWork, house: House, row: TaskRow, reason: str) -> None:
    uow.tasks.retry(row, house.now + PAUSES[min(row.attempts, len(PAUSES)) - 1], reason)


def _mishap(uow: UnitOfWork, house: House, row: TaskRow, reason: str) -> None:
    uow.tasks.retry(row, house.now + EVERY, reason)


JOB = Job(name="catch_up", every=1.0, claim=claim, work=work, at_once=2, mishap=_mishap, start=start)
