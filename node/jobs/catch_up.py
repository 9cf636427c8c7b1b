"""Compares what is here of a followed actor with what its own server holds: at the start, and every hour.

One request where both hold the same; where they differ, digests lead to the differences alone. Its first request, signed, also
tells the other side that this node is there again: what waits there becomes due.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from federation import comparing
from federation.errors import RemoteError
from node.contracts import House, Job, Tools
from node.domain.entries import Audience
from node.domain.errands import (
    BACKFILL,
    CATCH_UP,
    ENOUGH_WAITING,
    FETCH,
    MOST_ITEMS,
    REFRESH_ACTOR,
    Bookmark,
    Comparison,
    Errand,
    link,
    parties,
    turned,
)
from node.storage.claims import owner_here
from node.storage.repertoires import fetch_listed, lists_of, tree_of
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork
from node.transport.collections import leaf_at
from vocab import jsonld

EVERY = timedelta(hours=1)
#: When something differed, one looks again soon, until looking again finds as much.
SOON = timedelta(minutes=5)
#: A long list takes its time, though not for ever: its server may dawdle. The lease outlives it.
LONGEST = timedelta(minutes=5)
LEASE = timedelta(minutes=20)
#: How many requests a comparison makes in one go, and how long it rests before the next.
MOST_REQUESTS = 10
REST = timedelta(seconds=5)
#: After so many goes it is given up for now: a tree in which all differs, everywhere, is none.
MOST_ROUNDS = 50
#: How long to wait after the other side could not be reached: the first time, and then longer.
PAUSES = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), EVERY)
#: An actor's own document is asked for anew after so long, or when something differs.
ACTOR_AFTER = timedelta(days=1)
#: What an outbox lists and could not be had is asked for once more after so long.
GIVEN_UP_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What differs: `wanted` is to be fetched, `surplus` is listed no more; `parts` are still to be compared."""

    wanted: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    is_whole: bool = True
    is_same: bool = False


def start(uow: UnitOfWork, house: House) -> None:
    """Has everything compared that is followed from here: this node may have been away."""
    for each in uow.followings.all("accepted"):
        if house.is_local(each.follower) and not house.is_local(each.target):
            uow.tasks.wake(CATCH_UP, link(each.follower, each.target))


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[TaskRow]:
    """Leases what is to be compared."""
    return uow.tasks.claim(CATCH_UP, house.now, owner_here(), n, LEASE)


async def work(tools: Tools, row: TaskRow) -> None:
    """Compares with one actor's server."""
    begun = tools.house().now
    actor = await tools.database.read(lambda uow: _followed(uow, *parties(row.subject)))
    if actor is None:
        await tools.database.write(lambda uow: uow.tasks.finish(row, tools.house().now))
        return
    pause = await tools.database.read(lambda uow: _pause(uow, tools.house(), row))
    if pause is not None:
        await tools.database.write(lambda uow: _again(uow, tools.house(), row, pause))
        return
    try:
        found = await (_compared(tools, row, actor) if actor.repertoire else _newest(tools, actor))
    except RemoteError as problem:
        reason = str(problem)
        await tools.database.write(lambda uow: _put_off(uow, tools.house(), row, reason))
        return
    await tools.database.write(lambda uow: _settle(uow, tools.house(), row, found, begun))


def _followed(uow: UnitOfWork, follower: str, target: str) -> ActorRow | None:
    known = uow.followings.get(follower, target)
    return uow.actors.get(target) if known is not None and known.state == "accepted" else None


def _pause(uow: UnitOfWork, house: House, row: TaskRow) -> timedelta | None:
    """How long not to compare: while the first reading goes on everything would differ, and what waits is fetched first."""
    reading = uow.tasks.get(BACKFILL, row.subject)
    if reading is not None and reading.state == "due":
        return SOON
    _, target = parties(row.subject)
    return REST if uow.tasks.waiting(FETCH, house.now, f" {target}") >= ENOUGH_WAITING else None


async def _compared(tools: Tools, row: TaskRow, actor: ActorRow) -> _Found:
    """What differs, by digests; a repertoire that has none is read as a list."""
    digest = comparing.digest_of(jsonld.read((await tools.outside.document(actor.repertoire)).body))
    if not digest:
        return await _listed(tools, actor)
    tree = await tools.database.read(lambda uow: tree_of(uow, actor.iri))
    if digest == tree.digest:
        return _Found(is_same=True)
    waiting = Comparison.of(row.payload).parts.split(".")
    wanted: list[str] = []
    surplus: list[str] = []
    for _ in range(MOST_REQUESTS):
        if not waiting:
            break
        # the deepest first: what waits stays short
        asked, waiting = waiting[-comparing.MOST_PARTS :], waiting[: -comparing.MOST_PARTS]
        answer = await tools.outside.document(comparing.address(actor.repertoire, asked))
        difference = tree.compared(asked, comparing.told_by(jsonld.read(answer.body), actor.repertoire))
        wanted += difference.wanted
        surplus += difference.surplus
        waiting += difference.deeper
    return _Found(wanted=tuple(wanted), surplus=tuple(surplus), parts=tuple(waiting))


async def _listed(tools: Tools, actor: ActorRow) -> _Found:
    """What differs from a list without digests, read to its end if that can be; of changes it says nothing."""
    found: dict[str, None] = {}
    bookmark, page, until = Bookmark(), actor.repertoire, tools.house().now + LONGEST
    while True:
        leaf = await leaf_at(tools.outside.document, page, actor.repertoire)
        fresh = [iri for iri in leaf.items if iri not in found]
        found.update(dict.fromkeys(fresh))
        ahead = turned(bookmark, items=len(leaf.items), fresh=len(fresh), following=leaf.following)
        if ahead is None or tools.house().now > until:
            break
        bookmark, page = ahead, ahead.page
    is_whole = not leaf.following and not leaf.is_kept_back
    held = set(await tools.database.read(lambda uow: uow.holdings.iris(actor.iri)))
    surplus = tuple(held - set(found)) if is_whole else ()
    return _Found(wanted=tuple(iri for iri in found if iri not in held), surplus=surplus, is_whole=is_whole)


async def _newest(tools: Tools, actor: ActorRow) -> _Found:
    """What is new in an outbox, read up to the first page without anything new. What an outbox leaves out is not gone."""
    lists = lists_of(actor)
    wanted: list[str] = []
    page = outbox = lists[-1] if lists else ""
    for _ in range(MOST_REQUESTS if outbox else 0):
        leaf = await leaf_at(tools.outside.document, page, outbox)
        fresh = await tools.database.read(partial(_never_asked_for, actor.iri, leaf.items, tools.house().now))
        wanted += fresh
        page = leaf.following
        if not fresh or not page:
            break
    return _Found(wanted=tuple(dict.fromkeys(wanted)), is_whole=False)


def _never_asked_for(target: str, listed: Sequence[str], now: datetime, uow: UnitOfWork) -> list[str]:
    """What of a list is neither held nor was asked for: answers are never held, and what was refused will be refused again."""
    held = set(uow.holdings.iris(target))
    asked = {iri: uow.tasks.get(FETCH, Errand(iri=iri, community=target).subject) for iri in listed if iri not in held}
    return [iri for iri, task in asked.items() if task is None or (task.state == "parked" and task.due_at < now - GIVEN_UP_FOR)]


def _settle(uow: UnitOfWork, house: House, row: TaskRow, found: _Found, begun: datetime) -> None:
    """Fetches what is missing or changed. What is no longer listed is let go of, and asked for once more: it may be deleted."""
    follower, target = parties(row.subject)
    fetch_listed(uow, house, target, found.wanted)
    let_go = [iri for iri in found.surplus if _let_go(uow, house, target, iri, begun)]
    before = Comparison.of(row.payload)
    goes_on = bool(before.parts) and not found.is_same
    counted = len(found.wanted) + len(let_go) + (before.differences if goes_on else 0)
    rounds = before.rounds + 1 if goes_on else 1
    is_unended = bool(found.parts) and rounds < MOST_ROUNDS and counted < MOST_ITEMS
    parts = ".".join(found.parts) if is_unended else ""
    now = Comparison(differences=counted, at=house.now.isoformat(), parts=parts, rounds=rounds)
    actor = uow.actors.get(target)
    if counted or actor is None or actor.fetched_at is None or house.now - actor.fetched_at > ACTOR_AFTER:
        uow.tasks.wake(REFRESH_ACTOR, target, payload=Errand(iri=target).payload())
    uow.followings.mark_synced(follower, target, house.now)
    known = uow.followings.get(follower, target)
    if known is not None:
        is_complete = found.is_whole and not counted and not found.parts
        uow.followings.mark_history(follower, target, "complete" if is_complete else known.history)
        _read_on(uow, row, is_complete=is_complete)
    is_news = counted > 0 and counted != before.differences
    _again(uow, house, row, REST if is_unended else SOON if is_news and not found.parts else EVERY, now)


def _read_on(uow: UnitOfWork, row: TaskRow, *, is_complete: bool) -> None:
    """Has the first reading go on that was given up: its server answers again, and comparing does not show what is old."""
    reading = uow.tasks.get(BACKFILL, row.subject)
    if reading is not None and reading.state == "parked" and not is_complete:
        uow.tasks.wake(BACKFILL, row.subject)


def _let_go(uow: UnitOfWork, house: House, target: str, iri: str, begun: datetime) -> bool:
    stored = uow.things.get_any(iri)
    if stored is not None and stored.entry.audience is not Audience.PUBLIC:
        # Delivered to somebody here alone: what is listed to everybody says nothing about it.
        return False
    if stored is not None and stored.entry.stored_at is not None and stored.entry.stored_at >= begun:
        # It arrived while the list was read: the next comparison knows more.
        return False
    uow.holdings.remove(target, iri)
    if not house.is_local(iri):
        uow.tasks.wake(FETCH, iri, due_at=house.now)
    return True


def _again(uow: UnitOfWork, house: House, row: TaskRow, after: timedelta, now: Comparison | None = None) -> None:
    spread = after * random.uniform(0.9, 1.1)  # noqa: S311 -- keeps many links from asking in the same second
    uow.tasks.finish(row, house.now)
    uow.tasks.wake(CATCH_UP, row.subject, due_at=house.now + spread, payload=now.payload() if now else "")


def _put_off(uow: UnitOfWork, house: House, row: TaskRow, reason: str) -> None:
    uow.tasks.retry(row, house.now + PAUSES[min(row.attempts, len(PAUSES)) - 1], reason)


def _mishap(uow: UnitOfWork, house: House, row: TaskRow, reason: str) -> None:
    uow.tasks.retry(row, house.now + EVERY, reason)


JOB = Job(name="catch_up", every=1.0, claim=claim, work=work, at_once=2, mishap=_mishap, start=start)
