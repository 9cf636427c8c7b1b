"""How fast messages are read, written, signed and verified, on one core."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from bench.figures import Figure

from federation.messages import SigningKey
from federation.outbox import seal
from federation.signatures import DRAFT_CAVAGE, RFC9421
from federation.signatures.keys import generate_keys
from vocab import jsonld

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NOTE = b"""{"@context":["https://www.w3.org/ns/activitystreams",{"Hashtag":"as:Hashtag","sensitive":"as:sensitive"}],
"id":"https://a.example/activities/1","type":"Create","actor":"https://a.example/people/m","published":"2026-11-22T12:00:00Z",
"to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["https://a.example/people/m/followers"],
"object":{"id":"https://a.example/notes/1","type":"Note","attributedTo":"https://a.example/people/m","sensitive":false,
"content":"<p>Bonjour</p>","contentMap":{"fr":"<p>Bonjour</p>"},"published":"2026-11-22T12:00:00Z",
"to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["https://a.example/people/m/followers"],
"tag":[{"type":"Hashtag","name":"#Accueil","href":"https://a.example/tags/accueil"}]}}"""


def _rate(name: str, n: int, deed: Callable[[], object]) -> Figure:
    deed()
    start = time.process_time()
    for _ in range(n):
        deed()
    return Figure(name=name, value=n / (time.process_time() - start), unit="a second")


def measure() -> Iterator[Figure]:
    """One Create of a Note, over and over."""
    thing = jsonld.read(NOTE)
    yield _rate("a Create(Note) read", 5_000, lambda: jsonld.read(NOTE))
    yield _rate("the same through the JSON-LD processor", 200, lambda: jsonld.expand_fully(jsonld.parse(NOTE)))
    yield _rate("the same written", 5_000, lambda: jsonld.dump(thing))
    private, _ = generate_keys()
    key = SigningKey(iri="https://a.example/people/m#main-key", pem=private)
    for standard in (DRAFT_CAVAGE, RFC9421):
        yield _rate(f"a delivery signed, {standard}", 500, lambda s=standard: seal(NOTE, "https://b.example/inbox", key, NOW, s))  # type: ignore[misc]
