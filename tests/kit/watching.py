"""A furnished node that looks at the feeds of a real server on loopback, at a moment that the test moves on."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

from kit.guests import NoKeys, Stage
from kit.servers import LoopbackServer, Script, Seen, answer, loopback_server
from node.actions.follow_feed import find_feed, follow_feed, take_items
from node.contracts import House, Outside, Tools
from node.domain.visibility import PUBLIC_SCOPE
from node.jobs.follow_feed import JOB
from node.storage.engine import Database
from node.storage.shelves.feeds import FeedRow
from node.storage.stored import StoredThing
from node.transport.documents import Documents
from node.transport.requests import Limits, Requests

LIMITS = Limits(total_seconds=1.0, connect_seconds=0.5, document_bytes=100_000)


def rss(*items: str, title: str = "Un blogue") -> bytes:
    """A channel with these items."""
    return f"<rss version='2.0'><channel><title>{title}</title><link>/</link>{''.join(items)}</channel></rss>".encode()


def item(name: str, *, guid: str = "", link: str = "", more: str = "") -> str:
    """An item of a channel."""
    link = link or f"/{name}"
    return f"<item><title>{name}</title><link>{link}</link><guid isPermaLink='false'>{guid or name}</guid>{more}</item>"


def feed(body: bytes, *, status: int = 200, media_type: str = "application/rss+xml", **headers: str) -> Script:
    """A server's answer with a feed."""
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return answer(body, status=status, media_type=media_type, headers=named)


@dataclass
class Watch(Stage):
    """The stage, with a real way out that may reach 127.0.0.11 and nothing else."""

    server: LoopbackServer = field(default_factory=LoopbackServer)
    way: Outside | None = None

    def house(self) -> House:
        return replace(super().house(), allow_http=True)

    @property
    def tools(self) -> Tools:
        assert self.way is not None
        return Tools(house=self.house, database=self.database, outside=self.way, keys=NoKeys(), handlers=self.handlers)

    @property
    def url(self) -> str:
        return f"{self.server.url}/feed"

    def serve(self, path: str, script: Script) -> None:
        self.server.scripts[path] = script

    async def follow(self, address: str = "") -> FeedRow:
        """Finds the feed and follows it with the community."""
        house = self.house()
        found = await find_feed(self.tools.outside, house, address or self.url)
        row = self.database.write_now(lambda uow: follow_feed(uow, house, self.community, found.row(house)))
        for part in found.read.portions:
            self.database.write_now(lambda uow, part=part: take_items(uow, house, row, part))  # type: ignore[misc]
        return row

    async def look(self, *, hours: float = 0) -> FeedRow:
        """Moves on, and looks at whatever is due; the (only) feed afterwards."""
        self.later(minutes=hours * 60)
        for row in self.database.write_now(lambda uow: JOB.claim(uow, self.house(), 10)):
            await JOB.work(self.tools, row)
        (found,) = self.database.read_now(lambda uow: uow.feeds.all())
        return found

    def asked(self, path: str = "/feed") -> list[Seen]:
        return [seen for seen in self.server.seen if seen.target == path]

    def held(self) -> list[StoredThing]:
        """What enlarges the repertoire of the community, the newest first."""
        rows = self.database.read_now(lambda uow: uow.holdings.enlarged(self.community, scope=PUBLIC_SCOPE, limit=1000))
        return [row.thing for row in rows if row.thing is not None]

    def names(self) -> list[str]:
        return sorted(stored.entry.name for stored in self.held())


@contextlib.asynccontextmanager
async def watching(database: Database) -> AsyncIterator[Watch]:
    """A watch, until the context ends."""
    requests = Requests(agent="Maillage/test", allow_addresses=("127.0.0.11/32",), allow_http=True, limits=LIMITS)
    async with loopback_server() as server, requests:
        stage = Watch(database, server=server)

        async def no_key() -> None:
            return None

        stage.way = Documents(requests, key=no_key, now=lambda: stage.now)
        yield stage
