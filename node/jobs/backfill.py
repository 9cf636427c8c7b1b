"""Brings over what an actor that was just followed had published before: one page at a time, so that a kill costs one page.

A community's repertoire; of an actor that has none, what it features and its outbox. Lists are hints: each thing is fetched from
its own server, by another job. Spec: ActivityPub §5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from federation.errors import RemoteError
from node.contracts import House, Job, Tools
from node.domain.errands import BACKFILL, CATCH_UP, ENOUGH_WAITING, FETCH, Bookmark, link, parties, turned
from node.errors import NotFound
from node.storage.claims import owner_here
from node.storage.mishaps import is_lost, set_aside
from node.storage.repertoires import fetch_listed, lists_of
from node.storage.shelves.followings import History
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork
from node.transport.collections import Leaf, leaf_at

LEASE = timedelta(seconds=120)
MOST_TRIES = 8
BREATH = timedelta(seconds=1)
#: When the repertoire is compared for the first time after it came over.
FIRST_CATCH_UP = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """Which of the actor's lists is to be read, and whether another follows it."""

    collection: str
    has_more: bool
    is_busy: bool


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[TaskRow]:
    """Leases lists to be read on."""
    return uow.tasks.claim(BACKFILL, house.now, owner_here(), n, LEASE)


async def work(tools: Tools, row: TaskRow) -> None:
    """Reads one page of one list."""
    bookmark = Bookmark.of(row.payload)
    try:
        plan = await tools.database.read(lambda uow: _plan(uow, tools.house(), row, bookmark))
    except NotFound as problem:
        reason = str(problem)
        await tools.database.write(lambda uow: _end(uow, tools.house(), row, reason))
        return
    if plan.is_busy:
        await tools.database.write(lambda uow: _go_on(uow, tools.house(), row, bookmark, after=BREATH))
        return
    try:
        leaf = await leaf_at(tools.outside.document, bookmark.page or plan.collection, plan.collection)
    except RemoteError as problem:
        is_final, reason = is_lost(problem, row, MOST_TRIES), str(problem)
        await tools.database.write(lambda uow: _trouble(uow, tools.house(), row, plan, reason, is_final=is_final))
        return
    await tools.database.write(lambda uow: _turn(uow, tools.house(), row, plan, leaf))


def _plan(uow: UnitOfWork, house: House, row: TaskRow, bookmark: Bookmark) -> _Plan:
    """What to read; raises NotFound when the link is no longer accepted or nothing is listed."""
    follower, target = parties(row.subject)
    known = uow.followings.get(follower, target)
    if known is None or known.state != "accepted":
        raise NotFound("the link is not accepted, or is no more")
    actor = uow.actors.get(target)
    lists = lists_of(actor) if actor is not None else ()
    if not lists:
        raise NotFound(f"{target} lists nothing")
    shelf = min(max(bookmark.shelf, 0), len(lists) - 1)
    is_busy = uow.tasks.waiting(FETCH, house.now, f" {target}") >= ENOUGH_WAITING
    return _Plan(collection=lists[shelf], has_more=shelf + 1 < len(lists), is_busy=is_busy)


def _turn(uow: UnitOfWork, house: House, row: TaskRow, plan: _Plan, leaf: Leaf) -> None:
    """Has what is new on a page fetched, and puts the bookmark further: both or neither."""
    _, target = parties(row.subject)
    bookmark = Bookmark.of(row.payload)
    held = set(uow.holdings.iris(target))
    fresh = [iri for iri in leaf.items if iri not in held]
    fetch_listed(uow, house, target, fresh)
    ahead = turned(bookmark, items=len(leaf.items), fresh=len(fresh), following=leaf.following)
    if ahead is not None:
        _go_on(uow, house, row, ahead)
        return
    is_broken = bookmark.is_broken or bool(leaf.following) or leaf.is_kept_back
    if plan.has_more:
        _go_on(uow, house, row, Bookmark(shelf=bookmark.shelf + 1, is_broken=is_broken))
    else:
        _close(uow, house, row, "gap" if is_broken else "complete")
        uow.tasks.finish(row, house.now)


def _go_on(uow: UnitOfWork, house: House, row: TaskRow, bookmark: Bookmark, after: timedelta = timedelta()) -> None:
    _note(uow, row, "running")
    uow.tasks.wake(BACKFILL, row.subject, due_at=house.now + after, payload=bookmark.payload())
    uow.tasks.finish(row, house.now)


def _close(uow: UnitOfWork, house: House, row: TaskRow, history: History) -> None:
    """All was read that could be; soon it is compared, which shows whether all of it has arrived."""
    follower, target = parties(row.subject)
    uow.tasks.keep_payload(row, "")
    _note(uow, row, history)
    uow.followings.mark_synced(follower, target, house.now)
    uow.tasks.wake(CATCH_UP, link(follower, target), due_at=house.now + FIRST_CATCH_UP)


def _note(uow: UnitOfWork, row: TaskRow, history: History) -> None:
    follower, target = parties(row.subject)
    uow.followings.mark_history(follower, target, history)


def _end(uow: UnitOfWork, house: House, row: TaskRow, reason: str) -> None:
    uow.tasks.keep_payload(row, "")
    _note(uow, row, "gap")
    uow.tasks.park(row, reason, house.now)


def _trouble(uow: UnitOfWork, house: House, row: TaskRow, plan: _Plan, reason: str, *, is_final: bool) -> None:
    """Waits; and in the end leaves a list that cannot be read, with what is beyond the bookmark, for the next one."""
    bookmark = Bookmark.of(row.payload)
    if is_final and plan.has_more:
        _go_on(uow, house, row, replace(Bookmark(shelf=bookmark.shelf + 1), is_broken=True))
        return
    if is_final:
        _note(uow, row, "gap")
        # comparing finds out when its server is there again; then this goes on where it was
        uow.tasks.wake(CATCH_UP, row.subject, due_at=house.now + FIRST_CATCH_UP)
    uow.tasks.put_off(row, reason, house.now, is_final=is_final)


JOB = Job(name="backfill", every=0.5, claim=claim, work=work, at_once=2, mishap=set_aside)
