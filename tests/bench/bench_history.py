"""What it costs to bring over a repertoire of 10,000 notes, and to find and fetch ten differences, or none, afterwards."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.figures import Figure

from federation.messages import Answer, Outgoing
from kit import live
from kit.nodes import LiveNode, live_node
from node.actions.follow_community import find_actor, follow
from node.domain.entries import Audience
from node.domain.errands import CATCH_UP, link
from node.domain.receiving import entry_of, tombstone
from node.storage.engine import Database
from node.storage.repertoires import tree_of
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.namespaces import PUBLIC
from vocab.things.practice_note import PracticeNote
from vocab.values import Ref, Text

COUNT = 10_000
BEGUN = datetime(2024, 1, 1, 12, 0, tzinfo=UTC)
WORDS = "Ce que nous avons essayé, avec qui, ce que cela a donné, et ce que nous ferions autrement la prochaine fois. " * 8


@dataclass
class Traffic:
    """What went over the wire: requests, and the bytes of both directions, bodies as they are when inflated."""

    requests: int = 0
    weight: int = 0

    def count(self, outgoing: Outgoing, answer: Answer) -> None:
        headers = (*outgoing.headers, *answer.headers)
        self.requests += 1
        self.weight += sum(len(name) + len(value) + 4 for name, value in headers)
        self.weight += len(outgoing.url) + len(outgoing.body) + len(answer.body)


@dataclass(frozen=True)
class Library:
    """The node that publishes: a process of its own, into whose rows the bench writes beside it."""

    node: live.LiveNode
    database: Database

    @property
    def community(self) -> str:
        return f"{self.node.url}/communautes/logement"

    def put(self, numbers: range, *, updated: datetime | None = None) -> None:
        """Puts notes into the repertoire, as if the news of them had never left."""

        def deed(uow: UnitOfWork) -> None:
            for number in numbers:
                self._put(uow, number, updated)

        self.database.write_now(deed)

    def bury(self, numbers: range) -> None:
        def deed(uow: UnitOfWork) -> None:
            for number in numbers:
                iri = self.address(number)
                uow.things.bury(iri, jsonld.dump(tombstone(iri, "Article", BEGUN)), BEGUN)

        self.database.write_now(deed)

    def address(self, number: int) -> str:
        return f"{self.node.url}/ressources/n{number}"

    def _put(self, uow: UnitOfWork, number: int, updated: datetime | None) -> None:
        author = f"{self.node.url}/personnes/mireille"
        thing = PracticeNote(
            id=self.address(number),
            name=Text.of(f"Note {number}", "fr"),
            content=Text.of(f"<p>{WORDS}</p>", "fr"),
            attributed_to=(Ref(author),),
            audience=(Ref(self.community),),
            to=(Ref(PUBLIC),),
            published=BEGUN + timedelta(minutes=number),
            updated=updated,
        )
        entry = entry_of(thing, audience=Audience.PUBLIC, author=author, at=BEGUN, is_local=True)
        uow.things.put(replace(entry, community=self.community), jsonld.dump(thing))
        uow.holdings.add(self.community, thing.id, "own", BEGUN + timedelta(minutes=number))


def _counting(node: LiveNode) -> Traffic:
    traffic = Traffic()
    requests = node.tools.outside._requests  # type: ignore[attr-defined]
    send = requests.send

    async def counted(outgoing: Outgoing) -> Answer:
        answer: Answer = await send(outgoing)
        traffic.count(outgoing, answer)
        return answer

    requests.send = counted
    return traffic


async def _taken(node: LiveNode, is_done: Callable[[UnitOfWork], bool]) -> float:
    start = time.perf_counter()
    await node.until(is_done, seconds=900)
    return time.perf_counter() - start


async def _compared(node: LiveNode, library: Library, what: str, promise: str) -> AsyncIterator[Figure]:
    """One comparison, and everything that it leads to."""
    traffic = _counting(node)
    theirs = library.database.read_now(lambda uow: tree_of(uow, library.community).digest)
    subject = link(node.community, library.community)
    compared = node.see(lambda uow: uow.followings.get(node.community, library.community)).synced_at  # type: ignore[union-attr]
    await node.database.write(lambda uow: uow.tasks.wake(CATCH_UP, subject))

    def is_done(uow: UnitOfWork) -> bool:
        known = uow.followings.get(node.community, library.community)
        is_quiet = uow.tasks.waiting("fetch", node.clock()) == 0
        return known is not None and known.synced_at != compared and is_quiet and tree_of(uow, library.community).digest == theirs

    seconds = await _taken(node, is_done)
    yield Figure(name=f"{what}: time", value=seconds, unit="s")
    yield Figure(name=f"{what}: requests", value=traffic.requests, unit="", promise=promise)
    yield Figure(name=f"{what}: bytes, both ways", value=traffic.weight / 1000, unit="kB")


async def _figures(folder: Path, library: Library) -> AsyncIterator[Figure]:
    async with live_node("Lectrice", "127.0.0.12", folder / "reader", mode="open") as node:
        traffic = _counting(node)
        await find_actor(node.database, node.tools.outside, node.house(), library.community)
        node.do(lambda uow, house: follow(uow, house, node.community, library.community))

        def is_done(uow: UnitOfWork) -> bool:
            known = uow.followings.get(node.community, library.community)
            return known is not None and known.history == "complete" and uow.tasks.waiting("fetch", node.clock()) == 0

        seconds = await _taken(node, is_done)
        held = len(node.see(lambda uow: uow.holdings.iris(library.community)))
        yield Figure(name=f"{held:,} notes come over: time", value=seconds, unit="s")
        yield Figure(name="notes a second", value=held / seconds, unit="")
        yield Figure(name="requests", value=traffic.requests, unit="")
        yield Figure(name="bytes, both ways", value=traffic.weight / 1e6, unit="MB")
        async for figure in _compared(node, library, "nothing differs", "one"):
            yield figure
        library.put(range(COUNT, COUNT + 3))
        library.put(range(100, 104), updated=BEGUN + timedelta(days=300))
        library.bury(range(200, 203))
        async for figure in _compared(node, library, "ten differ", "in proportion to the ten"):
            yield figure


async def _all(folder: Path, library: Library) -> list[Figure]:
    return [figure async for figure in _figures(folder, library)]


def measure() -> Iterator[Figure]:
    """Two nodes: one publishes in a process of its own, the other reads in this one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        node = live.LiveNode(folder / "library", "127.0.0.11", "Bibliothèque", mode="open")
        node.run("community", "add", "Logement", "--slug", "logement")
        node.run("member", "add", "mireille@toit.example", "--name", "Mireille", "--community", "logement", "--role", "animation")
        library = Library(node, Database(f"sqlite:///{next((folder / 'library').rglob('*.sqlite'))}"))
        for first in range(0, COUNT, 1000):
            library.put(range(first, first + 1000))
        node.start()
        try:
            yield from asyncio.run(_all(folder, library))
        finally:
            node.stop()
            library.database.close()
