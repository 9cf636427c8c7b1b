"""Looks at the sites that are followed by their feed: rarely, only when something changed, and never against their will.

Spec: RFC 9110 §13.1.
Spec: RFC 9309 §2.3.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

from federation.errors import ForbiddenAddress, RemoteError, UnacceptableAnswer, Unreachable
from node.actions.follow_feed import ACCEPT, read_feed, take_items
from node.contracts import House, Job, Tools
from node.domain import robots
from node.domain.errands import FOLLOW_FEED
from node.domain.politeness import ROBOTS, Trouble, asked_to_wait, drift, next_look
from node.errors import Invalid
from node.storage.claims import owner_here
from node.storage.feeding import forget_oldest
from node.storage.hosts import host_of
from node.storage.shelves.feeds import FeedRow
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork
from node.transport.pages import Found, page_at

LEASE = timedelta(seconds=180)
_OK, _UNCHANGED, _NOT_FOUND, _GONE, _SERVER = 200, 304, 404, 410, 500
_WAIT = frozenset({425, 429})
_LONGEST_TAG = 500


def claim(uow: UnitOfWork, house: House, n: int) -> Sequence[TaskRow]:
    """Leases feeds to be looked at."""
    return uow.tasks.claim_apart(FOLLOW_FEED, house.now, owner_here(), n, LEASE)


def start(uow: UnitOfWork, house: House) -> None:
    """Sees that every feed is looked at again one day, whatever became of the last look."""
    for row in uow.feeds.all():
        if row.state == "followed":
            uow.tasks.wake(FOLLOW_FEED, row.iri, due_at=row.next_at or house.now)


async def work(tools: Tools, row: TaskRow) -> None:
    """Looks at one feed, keeps what is new, and notes when to look again."""
    feed, is_blocked = await tools.database.read(lambda uow: _known(uow, row.subject))
    if feed is None or feed.state == "gone":
        await tools.database.write(lambda uow: uow.tasks.finish(row, tools.house().now))
        return
    if is_blocked:
        seen = _failed(feed, tools.house(), Trouble.BLOCKED, "this site is blocked here")
    else:
        seen = await _looked(tools, feed)
    await tools.database.write(lambda uow: _note(uow, tools.house(), row, seen))


def _known(uow: UnitOfWork, iri: str) -> tuple[FeedRow | None, bool]:
    feed = uow.feeds.get(iri)
    return feed, feed is not None and any(uow.peers.is_blocked(host_of(each)) for each in (feed.iri, feed.address))


async def _looked(tools: Tools, feed: FeedRow) -> FeedRow:
    """The feed as it is after a look at it."""
    house = tools.house()
    try:
        feed = await _with_robots(tools, feed)
        if feed.is_barred:
            return _failed(feed, house, Trouble.BARRED, "robots.txt asks programs not to read this")
        headers = (("Accept", ACCEPT), ("If-None-Match", feed.etag), ("If-Modified-Since", feed.modified))
        found = await page_at(
            tools.outside.send, feed.address, tuple(pair for pair in headers if pair[1]), allow_http=house.allow_http
        )
        return await _answered(tools, feed, found)
    except Unreachable as problem:
        return _failed(feed, house, Trouble.SILENT, str(problem))
    except (ForbiddenAddress, UnacceptableAnswer) as problem:
        return _failed(feed, house, Trouble.REFUSED, str(problem))
    except (Invalid, RemoteError) as problem:
        return _failed(feed, house, Trouble.UNREADABLE, str(problem))


async def _with_robots(tools: Tools, feed: FeedRow) -> FeedRow:
    """The feed with what its site asks of programs, asked once a day; raises Unreachable when the site cannot say."""
    house, parts = tools.house(), urlsplit(feed.address)
    if feed.robots_at is not None and house.now - feed.robots_at < ROBOTS:
        return feed
    asked = f"{parts.scheme}://{parts.netloc}/robots.txt"
    try:
        found = await page_at(tools.outside.send, asked, allow_http=house.allow_http)
    except (ForbiddenAddress, UnacceptableAnswer):
        return replace(feed, robots_at=house.now, is_barred=False)
    if found.answer.status >= _SERVER:
        raise Unreachable(f"{asked} answered {found.answer.status}")
    text = found.answer.body.decode("utf-8-sig", "replace") if found.answer.status == _OK else ""
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return replace(feed, robots_at=house.now, is_barred=not robots.allows(text, path))


async def _answered(tools: Tools, feed: FeedRow, found: Found) -> FeedRow:
    house, answer = tools.house(), found.answer
    if house.is_local(answer.url):
        raise UnacceptableAnswer("it leads to this node")
    moved = replace(feed, address=found.address)
    if answer.status == _UNCHANGED:
        return _well(moved, house, _pause(feed))
    if answer.status == _OK:
        read = await asyncio.to_thread(read_feed, answer.url, answer.body)
        is_news = False
        for part in read.portions:
            is_news |= await tools.database.write(partial(take_items, house=house, row=feed, items=part)) > 0
        described = replace(
            moved,
            format=read.format,
            title=read.feed.title,
            summary=read.feed.summary,
            site=read.feed.site,
            etag=answer.value("etag")[:_LONGEST_TAG],
            modified=answer.value("last-modified")[:_LONGEST_TAG],
        )
        return _well(described, house, read.feed.every, is_news=is_news)
    if answer.status == _GONE:
        return replace(_failed(feed, house, Trouble.GONE, f"{answer.url} answered 410"), state="gone", next_at=None)
    wait = asked_to_wait(answer.value("retry-after"), house.now)
    is_busy = answer.status >= _SERVER or answer.status in _WAIT
    reason = f"{answer.url[:200]} answered {answer.status}"
    return _failed(feed, house, Trouble.SILENT if is_busy else Trouble.REFUSED, reason, wait)


def _pause(feed: FeedRow) -> timedelta:
    """How long a feed was left alone: what it wished for holds until it says something else."""
    if feed.next_at is None or feed.looked_at is None or feed.failures:
        return timedelta()
    return (feed.next_at - feed.looked_at) / drift(feed.iri)


def _well(feed: FeedRow, house: House, wish: timedelta = timedelta(), *, is_news: bool = False) -> FeedRow:
    changed_at = house.now if is_news else feed.changed_at
    return replace(
        feed,
        looked_at=house.now,
        changed_at=changed_at,
        trouble="",
        error="",
        failures=0,
        next_at=next_look(house.now, feed.iri, changed_at=changed_at, wish=wish),
    )


def _failed(feed: FeedRow, house: House, trouble: Trouble, reason: str, wait: timedelta = timedelta()) -> FeedRow:
    failures = feed.failures + 1
    return replace(
        feed,
        looked_at=house.now,
        trouble=trouble.value,
        error=" ".join(reason.split())[:500],
        failures=failures,
        next_at=next_look(house.now, feed.iri, changed_at=feed.changed_at, wish=wait, failures=failures),
    )


def _note(uow: UnitOfWork, house: House, row: TaskRow, seen: FeedRow) -> None:
    if uow.feeds.get(seen.iri) is not None:  # nobody followed it any more while it was looked at
        uow.feeds.put(seen)
        forget_oldest(uow, seen)
        if seen.next_at is not None:
            uow.tasks.wake(FOLLOW_FEED, seen.iri, due_at=seen.next_at)
    uow.tasks.finish(row, house.now)


def put_off(uow: UnitOfWork, house: House, row: TaskRow, reason: str) -> None:
    """A feed that breaks what reads it is looked at again tomorrow, by a version that reads it, maybe."""
    feed = uow.feeds.get(row.subject)
    if feed is None:
        uow.tasks.finish(row, house.now)
    else:
        _note(uow, house, row, _failed(feed, house, Trouble.UNREADABLE, reason, timedelta(days=1)))


JOB = Job(name="follow_feed", every=5.0, claim=claim, work=work, at_once=2, mishap=put_off, start=start)
