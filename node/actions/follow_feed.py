"""Has a community of ours follow a site that has only a feed, and stop following it; finds and reads the feed.

No account, no ActivityPub: what comes by a feed can be read here, not answered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from urllib.parse import urldefrag

from federation.errors import RemoteError, UnacceptableAnswer
from node.contracts import Draft, File, House, Outside
from node.domain import feeds
from node.domain.discovery import ACTOR, KINDS, PAGE, kind_of, linked
from node.domain.errands import FOLLOW_FEED
from node.domain.feeds import Feed
from node.domain.politeness import next_look
from node.errors import Conflict, Invalid, NotAllowed, NotFound
from node.formats import atom, icalendar, jsonfeed, rss
from node.storage.feeding import forget_feed, keep_items
from node.storage.hosts import host_of
from node.storage.shelves.feeds import FeedRow
from node.storage.unit_of_work import UnitOfWork
from node.transport.pages import Found, page_at
from vocab.things.event import Event
from vocab.things.object import Object
from vocab.things.place import Place
from vocab.values import Text

ACCEPT = ", ".join([*KINDS, "text/html;q=0.5", "application/xml;q=0.5", "*/*;q=0.1"])
#: So many feeds are followed by one node: each is asked for every hour.
MOST_FEEDS = 500
#: Of a feed so many items are taken at a time, the first it lists; and so many in one transaction.
MOST_AT_ONCE, PORTION = 200, 50
#: Of the feeds that a page names, so many are tried.
_MOST_TRIED = 3
_OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A feed as it was read. `items` are what it knows each by, and the thing; `unread` how many could not be read."""

    format: str
    feed: Feed
    items: Sequence[tuple[str, Object]]
    unread: int

    @property
    def portions(self) -> list[Sequence[tuple[str, Object]]]:
        """The items in portions for one transaction each, so that nobody waits for long."""
        return [self.items[start : start + PORTION] for start in range(0, len(self.items), PORTION)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A feed that was found: where it is from now on, what came, and what it says."""

    address: str
    found: Found
    read: Read

    def row(self, house: House) -> FeedRow:
        """The row of a feed that is followed from now on."""
        answer, feed, dates = self.found.answer, self.read.feed, [thing.published for _, thing in self.read.items]
        newest = max((min(at, house.now) for at in dates if at), default=None)
        return FeedRow(
            iri=self.address,
            address=self.address,
            format=self.read.format,
            title=feed.title,
            summary=feed.summary,
            site=feed.site,
            etag=answer.value("etag"),
            modified=answer.value("last-modified"),
            added_at=house.now,
            looked_at=house.now,
            changed_at=newest,
            next_at=next_look(house.now, self.address, changed_at=newest, wish=feed.every),
        )


async def find_feed(outside: Outside, house: House, address: str) -> Candidate:
    """The feed at an address of the web, or the first that can be read of those that the page there names.

    Raises Invalid, NotFound, UnacceptableAnswer, ForbiddenAddress or Unreachable.
    """
    return await feed_in(outside, house, await fetched(outside, house, address))


async def feed_in(outside: Outside, house: House, found: Found) -> Candidate:
    """The same in what was found at an address."""
    if kind_of(found.answer.body) != PAGE:
        return await _candidate(house, found)
    named = [each for each in linked(found.answer.body, found.answer.url, *KINDS) if each != found.answer.url]
    failures: list[str] = []
    for each in named[:_MOST_TRIED]:
        try:
            return await _candidate(house, await fetched(outside, house, each))
        except (RemoteError, Invalid) as problem:
            failures.append(str(problem))
    raise NotFound(f"The page at {found.answer.url[:200]} names no feed that can be read. {' '.join(failures)[:300]}".rstrip())


def actor_in(found: Found) -> str:
    """The actor that a page stands for, "" when it names none: it can be followed and answered."""
    is_page = kind_of(found.answer.body) == PAGE
    return next(iter(linked(found.answer.body, found.answer.url, ACTOR)), "") if is_page else ""


async def fetched(outside: Outside, house: House, address: str, headers: Mapping[str, str] | None = None) -> Found:
    """What is at an address, when it is there; raises UnacceptableAnswer for any status but 200 as well."""
    if house.is_local(address):
        raise Invalid(f"{address} is on this node; nothing has to be fetched.")
    said = {"Accept": ACCEPT, **(headers or {})}
    found = await page_at(outside.send, urldefrag(address).url, tuple(said.items()), allow_http=house.allow_http)
    if house.is_local(found.answer.url):
        raise Invalid(f"{address} leads to this node; nothing has to be fetched.")
    if found.answer.status != _OK:
        raise UnacceptableAnswer(f"{found.answer.url[:200]} answered {found.answer.status}")
    return found


async def _candidate(house: House, found: Found) -> Candidate:
    read = await asyncio.to_thread(read_feed, found.answer.url, found.answer.body)
    address = urldefrag(found.address).url
    if house.is_local(address):
        raise Invalid(f"{address} is on this node.")
    return Candidate(address=address, found=found, read=read)


def read_feed(url: str, content: bytes) -> Read:
    """What a feed holds, whatever it is written in; raises Invalid."""
    kind = kind_of(content)
    file = File(name=url, content=content)
    if kind == "icalendar":
        parts = list(icalendar.read(file))
        drafts = [part for part in parts if isinstance(part, Draft)]
        events = [(draft.options.get("key") or draft.source, _as_event(draft)) for draft in drafts]
        return Read(format=kind, feed=icalendar.feed_of(file), items=events[:MOST_AT_ONCE], unread=len(parts) - len(drafts))
    readers = {"atom": atom.feed_of, "rss": rss.feed_of, "jsonfeed": jsonfeed.feed_of}
    if kind not in readers:
        raise Invalid(f"What is at {url[:200]} is no feed: neither Atom nor RSS, JSON Feed or iCalendar.")
    feed = readers[kind](file)
    said = replace(feed, items=feed.items[:MOST_AT_ONCE])
    things = [(item, thing) for _, item, thing in feeds.things_of(said, url)]
    items = [(item.known_by, replace(thing, platform_category=item.labels)) for item, thing in things if thing is not None]
    return Read(format=kind, feed=said, items=items, unread=len(things) - len(items))


def _as_event(draft: Draft) -> Object:
    """An event of somebody else is no meeting of a community of ours."""
    thing = draft.thing
    said = {field.name: getattr(thing, field.name) for field in fields(Event) if field.name not in {"type", "kind"}}
    event = Event(**said)
    place = draft.options.get("location", "")
    where = (Place(name=Text.of(place)).ref,) if place else ()
    summary = event.summary or event.name
    return replace(event, location=where, summary=summary, platform_category=draft.topics)


def must_be_free(uow: UnitOfWork, community: str, feed: str) -> None:
    """Whether a community of ours may follow a feed; raises NotFound, NotAllowed or Conflict."""
    row = uow.actors.get(community)
    if row is None or not row.is_local or row.type != "Group":
        raise NotFound("There is no such community here.")
    if uow.peers.is_blocked(host_of(feed)):
        raise NotAllowed(f"{host_of(feed)} is blocked here; unblock it first.")
    if uow.actors.get(feed) is not None:
        raise Conflict("This is the address of an account, which can be followed as such.")
    if uow.feeds.get(feed) is None and len(uow.feeds.all()) >= MOST_FEEDS:
        raise Conflict(f"This node follows {MOST_FEEDS} feeds already; stop following some.")


def follow_feed(uow: UnitOfWork, house: House, community: str, row: FeedRow) -> FeedRow:
    """A community follows a feed; raises Conflict when it does already, and what `must_be_free` raises."""
    must_be_free(uow, community, row.iri)
    known = uow.feeds.get(row.iri) or uow.feeds.find(row.iri)
    if known is not None and known.state == "gone":
        known = None
    if known is None:
        uow.feeds.put(row)
    kept = known or row
    if not uow.feeds.follow(kept.iri, community, house.now):
        raise Conflict("This community follows this feed already.")
    uow.tasks.wake(FOLLOW_FEED, kept.iri, due_at=kept.next_at or house.now + timedelta(hours=1))
    return kept


def take_items(uow: UnitOfWork, house: House, row: FeedRow, items: Sequence[tuple[str, Object]]) -> int:
    """Keeps a portion of what a feed holds, while it is followed; how many were new or had changed."""
    return keep_items(uow, house, row, items) if uow.feeds.get(row.iri) is not None else 0


def unfollow_feed(uow: UnitOfWork, house: House, community: str, address: str) -> FeedRow:
    """The community no longer follows a feed; when nobody else does, what came by it goes. Raises NotFound."""
    row = uow.feeds.find(address)
    if row is None or not uow.feeds.unfollow(row.iri, community):
        raise NotFound("There is no such link.")
    if not uow.feeds.followers(row.iri):
        forget_feed(uow, house, row)
    return row
