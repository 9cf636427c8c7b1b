"""Measures what storage takes: deeds per second, things put per second, claims, searches. Prints; judges nothing.

Run: python tests/bench/bench_storage.py [DATABASE_URL]
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

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


async def rate(name: str, n: int, one: Callable[[int], object], database: Database, at_once: int = 200) -> None:
    """Does n deeds, many at once, and prints how many a second."""
    start = time.perf_counter()
    for first in range(0, n, at_once):
        deeds = [lambda uow, number=number: one_of(one, uow, number) for number in range(first, min(n, first + at_once))]
        await asyncio.gather(*(database.write(deed) for deed in deeds))
    print(f"  {name:44} {n / (time.perf_counter() - start):10,.0f} a second")


def one_of(one: Callable[[int], object], uow: UnitOfWork, number: int) -> None:
    """One deed; `one` gives what is done with the unit of work."""
    done = one(number)
    if callable(done):
        done(uow)


def timed(name: str, n: int, look: Callable[[UnitOfWork], object], database: Database) -> None:
    """Looks n times, one after the other, and prints how long one takes."""
    start = time.perf_counter()
    for _ in range(n):
        database.read_now(look)
    print(f"  {name:44} {(time.perf_counter() - start) / n * 1000:10,.2f} ms")


async def measure(address: str) -> None:
    """All figures for one database."""
    database = Database(address)
    start = time.perf_counter()
    database.migrate()
    print(f"  {'empty database to migrated':44} {(time.perf_counter() - start) * 1000:10,.0f} ms")
    await rate("small deeds (state.set)", 5_000, lambda n: lambda uow: uow.state.set(str(n), "x"), database)
    await rate("tasks woken", 2_000, lambda n: lambda uow: uow.tasks.wake("fetch", str(n)), database)
    await rate("notes of 300 words put and indexed", 1_000, lambda n: lambda uow: uow.things.put(*thing(n)), database)

    def claim(uow: UnitOfWork) -> None:
        for task in uow.tasks.claim("fetch", NOW, "bench/1/0", 10):
            uow.tasks.finish(task, NOW)

    await rate("claims of 10 tasks, each finished", 200, lambda _: claim, database)
    timed("search, two words, of 1,000 notes", 50, lambda uow: uow.search.find("logements accueil", scope=PUBLIC_SCOPE), database)
    timed("facets of that search", 50, lambda uow: uow.search.facets("logements accueil", scope=PUBLIC_SCOPE), database)
    timed("one thing by its IRI", 500, lambda uow: uow.things.get("https://n.example/ressources/7", PUBLIC_SCOPE), database)
    timed("the newest 50 things", 50, lambda uow: uow.things.listed(scope=PUBLIC_SCOPE), database)
    database.close()


def main() -> None:
    """Measures the address given, or a new SQLite file."""
    print(f"storage on {platform.node()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    if len(sys.argv) > 1:
        asyncio.run(measure(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(f"sqlite:///{Path(folder) / 'bench.sqlite'}"))


if __name__ == "__main__":
    main()
