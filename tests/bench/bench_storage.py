"""What storage takes on both databases: deeds per second, things put per second, claims, searches."""

from __future__ import annotations

import asyncio
import json
import random
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench.figures import Figure

from kit import databases, postgres
from node.domain.entries import Audience, Entry
from node.domain.visibility import PUBLIC_SCOPE
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TEXT = """
maintien logement accueil locataires communauté économie sociale réseau municipal concertation animation
facilitatrice rencontre territoire quartier coopérative habitation développement démarche pratique repères
outils carnet bilan effets
"""
WORDS = TEXT.split()


def thing(number: int) -> tuple[Entry, bytes]:
    """A note of 300 words."""
    drawn = random.Random(number)  # noqa: S311 - any words will do
    text = " ".join(drawn.choices(WORDS, k=300))
    iri = f"https://n.example/ressources/{number}"
    said = {"id": iri, "type": "Article", "kind": ["PracticeNote"], "name": text[:60], "content": f"<p>{text}</p>"}
    said["@context"] = ["https://www.w3.org/ns/activitystreams", "https://w3id.org/cdp/context/v1"]
    entry = Entry(iri=iri, type="Article", kind="PracticeNote", audience=Audience.PUBLIC, language="fr", name=text[:60])
    return entry, json.dumps(said).encode()


def _one_of(one: Callable[[int], object], uow: UnitOfWork, number: int) -> None:
    done = one(number)
    if callable(done):
        done(uow)


async def _rate(name: str, n: int, one: Callable[[int], object], database: Database, at_once: int = 200) -> Figure:
    """Does n deeds, many at once."""
    start = time.perf_counter()
    for first in range(0, n, at_once):
        deeds = [lambda uow, number=number: _one_of(one, uow, number) for number in range(first, min(n, first + at_once))]
        await asyncio.gather(*(database.write(deed) for deed in deeds))
    return Figure(name=f"{database.url.get_backend_name()}: {name}", value=n / (time.perf_counter() - start), unit="a second")


def _timed(name: str, n: int, look: Callable[[UnitOfWork], object], database: Database) -> Figure:
    """Looks n times, one after the other."""
    start = time.perf_counter()
    for _ in range(n):
        database.read_now(look)
    taken = (time.perf_counter() - start) / n * 1000
    return Figure(name=f"{database.url.get_backend_name()}: {name}", value=taken, unit="ms")


def _claim(uow: UnitOfWork) -> None:
    for task in uow.tasks.claim("fetch", NOW, "bench/1/0", 10):
        uow.tasks.finish(task, NOW)


async def _figures(database: Database) -> AsyncIterator[Figure]:
    yield await _rate("small deeds", 5_000, lambda n: lambda uow: uow.state.set(str(n), "x"), database)
    yield await _rate("tasks woken", 2_000, lambda n: lambda uow: uow.tasks.wake("fetch", str(n)), database)
    yield await _rate("notes of 300 words put, indexed", 1_000, lambda n: lambda uow: uow.things.put(*thing(n)), database)
    yield await _rate("claims of 10 tasks, each finished", 200, lambda _: _claim, database)
    words = "logements accueil"
    yield _timed("search, two words, 1,000 notes", 50, lambda uow: uow.search.find(words, scope=PUBLIC_SCOPE), database)
    yield _timed("facets of that search", 50, lambda uow: uow.search.facets(words, scope=PUBLIC_SCOPE), database)
    yield _timed("one thing by IRI", 500, lambda uow: uow.things.get("https://n.example/ressources/7", PUBLIC_SCOPE), database)
    yield _timed("the newest 50 things", 50, lambda uow: uow.things.listed(scope=PUBLIC_SCOPE), database)


async def _all(database: Database) -> list[Figure]:
    return [figure async for figure in _figures(database)]


def _of(address: str) -> list[Figure]:
    database = Database(address)
    start = time.perf_counter()
    database.migrate()
    name = f"{database.url.get_backend_name()}: empty database to migrated"
    migrated = Figure(name=name, value=(time.perf_counter() - start) * 1000, unit="ms")
    figures = [migrated, *asyncio.run(_all(database))]
    database.close()
    return figures


def measure() -> Iterator[Figure]:
    """A new SQLite file, then a new PostgreSQL server where there is one."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _of(f"sqlite:///{Path(folder) / 'bench.sqlite'}")
    if postgres.programs() is None:
        return
    with databases.postgresql_server() as server, databases.migrated_schema(server) as address:
        yield from _of(address)
