"""Sites that are followed by their feed: where they are, how they do, and who here follows them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, select

from node.storage.ground import Shelf, made
from node.storage.hosts import host_of
from node.storage.tables.feeds import feed_followers, feeds

State = Literal["followed", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """A feed. `iri` is the address it was first followed by, which its items are named after; `address` where it is now.

    `trouble` is what keeps it from being read, "" when nothing does (domain/politeness.py), `error` the same as it was met.
    `changed_at` is when it last had something new, `robots_at` when its site was last asked whether it may be read.
    """

    iri: str
    address: str
    format: str
    added_at: datetime
    title: str = ""
    summary: str = ""
    site: str = ""
    state: State = "followed"
    etag: str = ""
    modified: str = ""
    trouble: str = ""
    error: str = ""
    failures: int = 0
    is_barred: bool = False
    looked_at: datetime | None = None
    changed_at: datetime | None = None
    next_at: datetime | None = None
    robots_at: datetime | None = None

    @property
    def host(self) -> str:
        """Whose word its items are."""
        return host_of(self.iri)

    @property
    def name(self) -> str:
        """What people call it."""
        return self.title or self.host


class Feeds(Shelf):
    """The feeds."""

    def put(self, row: FeedRow) -> None:
        """Inserts a feed, or puts it in the place of what was known of it."""
        self.ground.upsert(feeds, ["iri"], asdict(row))

    def get(self, iri: str) -> FeedRow | None:
        """A feed by the address it was first followed by."""
        row = self.ground.row(select(feeds).where(feeds.c.iri == iri))
        return made(FeedRow, row) if row else None

    def of_item(self, iri: str) -> FeedRow | None:
        """The feed that something came by, None for what came in any other way."""
        feed, mark, _ = iri.partition("#")
        return self.get(feed) if mark else None

    def find(self, address: str) -> FeedRow | None:
        """A feed by any address it is known by: its own, that of now, or that of its site."""
        by_any = (feeds.c.iri == address) | (feeds.c.address == address) | (feeds.c.site == address)
        row = self.ground.row(select(feeds).where(by_any).order_by(feeds.c.added_at, feeds.c.iri).limit(1))
        return made(FeedRow, row) if row else None

    def all(self) -> list[FeedRow]:
        """Every feed, the oldest first."""
        return [made(FeedRow, row) for row in self.ground.rows(select(feeds).order_by(feeds.c.added_at, feeds.c.iri))]

    def remove(self, iri: str) -> None:
        """Forgets a feed and who followed it."""
        self.ground.run(delete(feed_followers).where(feed_followers.c.feed == iri))
        self.ground.run(delete(feeds).where(feeds.c.iri == iri))

    def follow(self, iri: str, community: str, at: datetime) -> bool:
        """Notes that a community follows a feed; False when it did."""
        values = {"feed": iri, "community": community, "since": at}
        added = self.ground.insert(feed_followers).values(**values).on_conflict_do_nothing().returning(feed_followers.c.feed)
        return self.ground.row(added) is not None

    def unfollow(self, iri: str, community: str) -> bool:
        """Notes that a community follows a feed no more; False when it did not."""
        theirs = feed_followers.c.feed == iri, feed_followers.c.community == community
        return self.ground.run(delete(feed_followers).where(*theirs)) > 0

    def followers(self, iri: str) -> list[str]:
        """The communities here that follow a feed, the first first."""
        found = select(feed_followers.c.community).where(feed_followers.c.feed == iri)
        return self.ground.texts(found.order_by(feed_followers.c.since, feed_followers.c.community))

    def since(self, iri: str, community: str) -> datetime | None:
        """Since when a community follows a feed."""
        theirs = feed_followers.c.feed == iri, feed_followers.c.community == community
        row = self.ground.row(select(feed_followers.c.since).where(*theirs))
        return row["since"] if row else None
