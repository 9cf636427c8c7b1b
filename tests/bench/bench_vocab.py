"""How fast the vocabulary is read and shown: the direct reader against PyLD on recorded messages, and the views in RDF."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.figures import Figure

import vocab
from kit.recorded import listed, recorded
from vocab import jsonld, rdf
from vocab.errors import VocabError
from vocab.jsonld import NeedsProcessor
from vocab.thing import Thing

ROUNDS_DIRECT, ROUNDS_PYLD = 20, 1
VIEWS: dict[str, Callable[[Thing], object]] = {
    "Turtle": rdf.turtle,
    "N-Quads": rdf.n_quads,
    "expanded JSON-LD": rdf.expanded_jsonld,
    "ActivityStreams": jsonld.dump,
}


def _messages() -> list[bytes]:
    """The recorded messages, or our own examples where that folder is not."""
    found = [recorded(name) for name in listed("wire")]
    return found or [path.read_bytes() for path in sorted((Path(vocab.__file__).parent / "examples").glob("*.json"))]


def _read(read: Callable[[bytes], object], messages: Sequence[bytes]) -> list[bytes]:
    """The messages that this reader can read."""
    return [message for message in messages if _succeeds(read, message)]


def _succeeds(read: Callable[[bytes], object], message: bytes) -> bool:
    try:
        read(message)
    except (NeedsProcessor, VocabError):
        return False
    return True


def _directly(message: bytes) -> Thing:
    return jsonld.thing_of(jsonld.expand_directly(jsonld.parse(message)))


def _fully(message: bytes) -> Thing:
    return jsonld.thing_of(jsonld.expand_fully(jsonld.parse(message)))


def _rate(read: Callable[[bytes], object], messages: Sequence[bytes], rounds: int) -> float:
    start = time.process_time()
    for _ in range(rounds):
        for message in messages:
            read(message)
    return rounds * len(messages) / (time.process_time() - start)


def measure() -> Iterator[Figure]:
    """The same messages by both readers, then every example in every view."""
    messages = _messages()
    both = _read(_fully, _read(_directly, messages))
    yield Figure(name="messages to read", value=len(messages), unit="messages")
    yield Figure(name="of these, read without the processor", value=len(_read(_directly, messages)), unit="messages")
    direct, full = _rate(_directly, both, ROUNDS_DIRECT), _rate(_fully, both, ROUNDS_PYLD)
    yield Figure(name="read directly", value=direct, unit="a second")
    yield Figure(name="read through PyLD", value=full, unit="a second")
    yield Figure(name="directly, against through PyLD", value=direct / full, unit="times as fast")
    things = [jsonld.read(path.read_bytes()) for path in sorted((Path(vocab.__file__).parent / "examples").glob("*.json"))]
    for name, view in VIEWS.items():
        start = time.process_time()
        for thing in things * 5:
            view(thing)
        yield Figure(name=f"examples shown as {name}", value=5 * len(things) / (time.process_time() - start), unit="a second")
