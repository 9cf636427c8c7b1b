"""Pages of a node with 50,000 resources and 200 communities: how many a second, how long the slowest take, how large they are."""

from __future__ import annotations

import asyncio
import itertools
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from aiohttp import ClientSession, TCPConnector
from bench.figures import Figure
from bench.laid_out import ADDRESS, laid_out
from bench.served import Measured
from bench.world import World

from kit.live import free_port, until
from node.jobs.compute_intersections import KIND as INTERSECTIONS
from node.storage.engine import Database

#: So many ask at once, so often for each kind of page; and so many pages are looked at to see what becomes of the memory.
AT_ONCE, TIMES, VIEWS = 4, 200, 10_000
BARE = Path(__file__).with_name("bare_page.py")


@dataclass(frozen=True, kw_only=True)
class Views:
    """What came of asking for pages: how long each took, in milliseconds, how many came in a second, and the largest."""

    times: Sequence[float]
    rate: float
    largest: int

    def at(self, share: float) -> float:
        """So many of them took no longer."""
        return sorted(self.times)[min(int(len(self.times) * share), len(self.times) - 1)]


async def _view(url: str, paths: Sequence[str], cookie: str = "") -> Views:
    times: list[float] = []
    sizes: list[int] = []
    waiting = iter(paths)
    headers = {"Accept": "text/html", "Accept-Encoding": "identity", **({"Cookie": f"s={cookie}"} if cookie else {})}

    async def ask(client: ClientSession) -> None:
        for path in waiting:
            start = time.perf_counter()
            async with client.get(f"{url}{path}") as answer:
                body = await answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status}")
            times.append((time.perf_counter() - start) * 1000)
            sizes.append(len(body))

    start = time.perf_counter()
    async with ClientSession(headers=headers, connector=TCPConnector(limit=AT_ONCE)) as client, asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(ask(client))
    return Views(times=times, rate=len(times) / (time.perf_counter() - start), largest=max(sizes))


def _of(name: str, views: Views, bare: float) -> Iterator[Figure]:
    yield Figure(name=f"{name}: a second, {AT_ONCE} at once", value=views.rate, unit="pages")
    yield Figure(name=f"{name}: as a share of an empty handler", value=views.rate / bare * 1000, unit="‰")
    yield Figure(name=f"{name}: 95 of 100 within", value=views.at(0.95), unit="ms")
    yield Figure(name=f"{name}: largest", value=views.largest / 1000, unit="kB", promise="under 100 kB")


def _paths(world: World) -> dict[str, list[str]]:
    """The pages of each kind, no two the same but for the last: what was made a moment ago is given again."""
    notes = [entry for entry, _ in (world.made(number) for number in range(0, world.resources, 97)) if entry.is_local]
    shown = [entry.iri.removeprefix(world.house.url) for entry in notes if not world.is_reserved(entry)]
    common, rare = world.words[:120], world.words[400:2_400]
    searches = [f"/recherche?q={quote(f'{one} {other}')}" for one, other in zip(itertools.cycle(common), rare, strict=False)]
    broad = [f"/recherche?q={quote(f'{one} {other}')}" for one, other in itertools.combinations(common[:40], 2)]
    return {
        "community page": [f"/communautes/c{number % 40}?fois={number}" for number in range(TIMES)],
        "note": list(itertools.islice(itertools.cycle(shown), TIMES)),
        "search that finds some": searches[:TIMES],
        "search that finds thousands": broad[:TIMES],
        "first page": [f"/?fois={number}" for number in range(TIMES)],
        "community page, looked at before": ["/communautes/c1"] * TIMES,
    }


def _bare() -> float:
    port = free_port(ADDRESS)
    process = subprocess.Popen([sys.executable, str(BARE), ADDRESS, str(port)])
    try:
        until(lambda: _answers(port))
        return asyncio.run(_view(f"http://{ADDRESS}:{port}", ["/"] * 4_000)).rate
    finally:
        process.kill()
        process.wait()


def _answers(port: int) -> bool:
    try:
        socket.create_connection((ADDRESS, port), timeout=1).close()
    except OSError:
        return False
    return True


def measure() -> Iterator[Figure]:
    """One real node, filled beforehand; a visitor's pages one after the other, a member's, then many of all."""
    bare = _bare()
    yield Figure(name=f"empty handler: a second, {AT_ONCE} at once", value=bare, unit="pages")
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        node, world = laid_out(Path(folder) / "node")
        yield Figure(name="node with 50,000 resources laid out, or copied", value=time.perf_counter() - start, unit="s")
        database = Database(f"sqlite:///{node.folder / 'maillage.sqlite'}")
        session = database.write_now(lambda uow: uow.sessions.open(world.person(1), world.house.now))
        node.start()
        try:
            until(lambda: _is_quiet(database), seconds=240)
            yield from _figures(node, world, session, bare)
        finally:
            node.stop()
            database.close()


def _is_quiet(database: Database) -> bool:
    """Whether what was laid out has been taken in: what communities have in common is found."""
    return database.read_now(lambda uow: any(row.state == "done" for row in uow.tasks.all(INTERSECTIONS)))


def _figures(node: Measured, world: World, session: str, bare: float) -> Iterator[Figure]:
    paths = _paths(world)
    for name, each in paths.items():
        yield from _measured(name, node, each, bare)
    alone = asyncio.run(_alone(node.url, paths["search that finds thousands"]))
    yield Figure(name="one search with facets, alone: 95 of 100 within", value=alone.at(0.95), unit="ms", promise="under 200 ms")
    for name, path in (("a member's first page", "/"), ("a member's community page", "/communautes/c1")):
        yield from _measured(name, node, [path] * TIMES, bare, session)
    yield from _memory(node, paths)


def _measured(name: str, node: Measured, paths: Sequence[str], bare: float, session: str = "") -> Iterator[Figure]:
    before = node.worked
    views = asyncio.run(_view(node.url, paths, session))
    yield from _of(name, views, bare)
    yield Figure(name=f"{name}: processor time", value=(node.worked - before) / len(paths) * 1000, unit="ms a page")


def _memory(node: Measured, paths: dict[str, list[str]]) -> Iterator[Figure]:
    """What the process holds while many pages are looked at: of ten, six are notes and one is a search."""
    each = {name: itertools.cycle(found) for name, found in paths.items()}
    order = [
        "note",
        "note",
        "community page",
        "note",
        "search that finds some",
        "note",
        "note",
        "community page",
        "note",
        "first page",
    ]
    yield Figure(name="memory before", value=node.resident, unit="MB")
    for seen in range(VIEWS // 4, VIEWS + 1, VIEWS // 4):
        asyncio.run(_view(node.url, [next(each[name]) for name in itertools.islice(itertools.cycle(order), VIEWS // 4)]))
        yield Figure(name=f"memory after {seen:,} more views", value=node.resident, unit="MB")


async def _alone(url: str, paths: Sequence[str]) -> Views:
    """The same with nobody else asking, and nothing known from before."""
    times: list[float] = []
    for path in paths[:100]:
        times += (await _view(url, [f"{path}&depuis=365"])).times
    return Views(times=times, rate=0, largest=0)
