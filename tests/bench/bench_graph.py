"""Questions and search on generated resources, from a thousand to a hundred thousand, and how long their indexes take to make."""

from __future__ import annotations

import asyncio
import json
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bench.bench_storage import WORDS
from bench.figures import Figure

from kit.asking import question
from node.actions.index_graph import bring_up_to_date, index_anew
from node.domain.entries import Audience, Entry
from node.domain.visibility import PUBLIC_SCOPE
from node.graph.engine import Graph, Limits
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork
from vocab.namespaces import AS_CONTEXT, CDP_CONTEXT, PUBLIC

SIZES = (1_000, 10_000, 100_000)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOSTS = ("https://n.example", "https://a.example", "https://b.example", "https://c.example")
TOPICS, MAPPINGS, PORTION = 200, 50, 500
#: A node ends a question after five seconds; here it is told how long it would have taken.
PATIENT = Limits(seconds=120)
PREFIXES = "PREFIX as: <https://www.w3.org/ns/activitystreams#> PREFIX dct: <http://purl.org/dc/terms/> "
QUESTIONS = {
    "resources on one topic": f"SELECT ?n {{ ?r dct:subject <{HOSTS[0]}/termes/150> ; as:name ?n }} LIMIT 100",
    "one resource, all that is said": f"DESCRIBE <{HOSTS[0]}/ressources/8>",
    "the newest twenty": "SELECT ?r ?d { ?r as:published ?d } ORDER BY DESC(?d) LIMIT 20",
    "resources by source and topic": "SELECT ?g ?t (COUNT(?r) AS ?n) { GRAPH ?g { ?r dct:subject ?t } } GROUP BY ?g ?t",
    "topics of two sources joined by mappings": """SELECT ?one ?other (COUNT(*) AS ?n) {
        GRAPH ?said { ?m a <https://w3id.org/sssom/Mapping> ; as:subject ?a ; as:object ?b }
        GRAPH ?one { ?x dct:subject ?a } GRAPH ?other { ?y dct:subject ?b } } GROUP BY ?one ?other""",
}


def _said(number: int) -> tuple[Entry, bytes]:
    """A note of sixty words, or one of the first things: a mapping between topics of two servers."""
    drawn = random.Random(number)  # noqa: S311 - any words will do
    home = HOSTS[0] if number % 5 else HOSTS[number // 5 % len(HOSTS)]
    text = " ".join(drawn.choices(WORDS, k=60))
    published = NOW - timedelta(minutes=number)
    # few topics are common, many are rare
    topics = sorted({f"{home}/termes/{int(TOPICS * drawn.random() ** 2)}" for _ in range(3)})
    said: dict[str, Any] = {"type": "Article", "kind": ["PracticeNote"], "content": f"<p>{text}</p>", "topic": topics}
    if number < MAPPINGS:
        said = {"type": "Note", "kind": ["Mapping", "Relationship"], "subject": f"{HOSTS[0]}/termes/{number + 100}"}
        said |= {"object": f"{HOSTS[1]}/termes/{number + 100}", "relationship": "http://www.w3.org/2004/02/skos/core#closeMatch"}
    said |= {"@context": [AS_CONTEXT, CDP_CONTEXT], "id": f"{home}/ressources/{number}", "name": text[:60], "to": [PUBLIC]}
    said |= {"attributedTo": f"{home}/personnes/{number % 50}", "published": published.isoformat()}
    kind = said["kind"][0]
    entry = Entry(iri=said["id"], type=said["type"], kind=kind, audience=Audience.PUBLIC, language="fr", name=text[:60])
    return entry, json.dumps(said).encode()


def _put(uow: UnitOfWork, first: int, last: int) -> None:
    for number in range(first, last):
        uow.things.put(*_said(number))


def _seconds(deed: Callable[[], object]) -> float:
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start


def _fastest(deed: Callable[[], object], times: int = 5) -> float:
    return min(_seconds(deed) for _ in range(times)) * 1000


def _reindex(database: Database) -> None:
    after = database.write_now(partial(_reindexed, after=0))
    while after:
        after = database.write_now(partial(_reindexed, after=after))


def _reindexed(uow: UnitOfWork, after: int) -> int:
    return uow.things.reindex(after, PORTION)


def _ask(graph: Graph, text: str) -> None:
    found = asyncio.run(graph.ask(question(PREFIXES + text)))
    if found.status != 200:
        raise RuntimeError(found.body.decode())


def _find(database: Database, words: str) -> None:
    database.read_now(lambda uow: uow.search.find(words, scope=PUBLIC_SCOPE))


def _of(size: int, folder: Path) -> Iterator[Figure]:
    database, graph = Database(f"sqlite:///{folder / f'{size}.sqlite'}"), Graph(folder / f"graph-{size}", PATIENT)
    database.migrate()
    filled = _seconds(lambda: [database.write_now(partial(_put, first=n, last=n + PORTION)) for n in range(0, size, PORTION)])
    of = f"{size:,} resources: "
    yield Figure(name=f"{of}put and indexed for search", value=size / filled, unit="a second")
    yield Figure(name=f"{of}search index made anew", value=_seconds(lambda: _reindex(database)), unit="s")
    yield Figure(name=f"{of}statements made anew", value=_seconds(lambda: asyncio.run(index_anew(database, graph))), unit="s")
    database.write_now(partial(_put, first=7, last=8))
    yield Figure(
        name=f"{of}one change written", value=_fastest(lambda: asyncio.run(bring_up_to_date(database, graph)), 1), unit="ms"
    )
    taken = sum(path.stat().st_size for path in (folder / f"graph-{size}").rglob("live/*"))
    yield Figure(name=f"{of}statements on disk", value=taken / 1_000_000, unit="MB")
    for name, text in QUESTIONS.items():
        yield Figure(name=f"{of}{name}", value=_fastest(partial(_ask, graph, text)), unit="ms")
    for words in ("logements accueil", "quartier"):
        yield Figure(name=f"{of}search « {words} »", value=_fastest(partial(_find, database, words)), unit="ms")
    facets = partial(database.read_now, lambda uow: uow.search.facets("logements accueil", scope=PUBLIC_SCOPE))
    yield Figure(name=f"{of}its facets", value=_fastest(facets, 3), unit="ms")
    database.close()


def measure() -> Iterator[Figure]:
    """One database and one index for each size; at the end, the most memory that one of the processes beside took."""
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            yield from _of(size, Path(folder))
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Figure(name="most memory of a process that writes or answers", value=most, unit="MB")
