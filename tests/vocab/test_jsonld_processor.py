"""The processor: the same safety, nothing fetched, bounded work."""

from __future__ import annotations

import socket
import time
from typing import Any

import orjson
import pytest

from vocab import jsonld
from vocab.errors import Malformed, RedefinesTerm, TooLarge, VocabError
from vocab.jsonld_limits import MAX_DEPTH
from vocab.namespaces import AS, AS_CONTEXT
from vocab.things.event import Event
from vocab.values import Ref, Text

#: Makes a document need the processor.
REDEFINING = {"location": {"@id": "http://schema.org#location", "@type": "@id"}}


def _read(odd: dict[str, Any], contexts: list[Any] | None = None) -> Any:
    document = {"@context": [AS_CONTEXT, REDEFINING, *(contexts or [])], "id": "https://a.example/1", "type": "Event"}
    return jsonld.read(orjson.dumps(document | odd))


def test_a_redefined_word_keeps_the_meaning_that_the_document_gives_it() -> None:
    event = _read({"location": {"type": "Place", "name": "Maison"}, "name": "Bal", "icon": "rel.png"})
    assert isinstance(event, Event)
    place = event.location[0].thing
    assert place is not None
    assert getattr(place, "name", None) == Text.of("Maison")
    assert event.icon == (Ref("rel.png"),)


def test_unknown_contexts_are_ignored_and_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: pytest.fail("nothing is fetched while a document is read"))
    contexts = ["https://c.example/context", {"x": {"@id": "https://x.example/x", "@context": "https://c.example/inner"}}]
    with pytest.raises(Malformed):
        _read({"x": {"y": 1}}, contexts)
    assert _read({"tag": {"@context": "https://c.example/context", "name": "y"}}).tag[0].thing.name == Text.of("y")


def test_the_core_is_as_safe_as_with_the_direct_reader() -> None:
    for contexts in (
        [{"actor": "http://evil.example/"}],
        [{"a": "as:actor"}],
        [{"x": {"@id": "http://x/", "@context": {"b": "as:to"}}}],
    ):
        with pytest.raises(RedefinesTerm):
            _read({}, contexts)
    with pytest.raises(RedefinesTerm):
        _read({"as:to": "https://v.example/", "to": "https://m.example/"})


def test_null_says_nothing() -> None:
    assert _read({"summary": None, "tag": [None], "object": None}) == _read({})


@pytest.mark.parametrize("odd", [{"name": {"@value": {}}}, {"id": 7}, {"type": 7}, {"nameMap": {"fr": 7}}], ids=str)
def test_what_is_no_json_ld_is_malformed(odd: dict[str, Any]) -> None:
    with pytest.raises(VocabError):
        _read(odd)


def test_reserved_words_are_refused_without_a_warning() -> None:
    with pytest.raises(Malformed):
        _read({}, [{"@reserved": "x"}])


def test_deep_and_wide_documents_are_read_or_refused_in_time() -> None:
    deep: Any = {"name": "x"}
    for _ in range(MAX_DEPTH - 3):
        deep = {"tag": deep}
    started = time.monotonic()
    assert _read({"tag": deep}).tag
    with pytest.raises(TooLarge):
        _read(
            {
                "tag": [{"name": "x", "content": "y", "a": 1, "b": 2} for _ in range(999)],
                "cc": [{"id": "x"}] * 999,
                "to": [{"name": "x"}] * 999,
            }
        )
    _read({}, [{f"t{number}": f"https://x.example/{number}" for number in range(990)}])
    assert time.monotonic() - started < 5


def test_contexts_nested_in_contexts_are_bounded() -> None:
    inner: dict[str, Any] = {"y": "https://x.example/y"}
    for number in range(25):
        inner = {f"x{number}": {"@id": "https://x.example/x", "@context": inner}}
    started = time.monotonic()
    _read({}, [inner])
    assert time.monotonic() - started < 5


def test_other_features_of_json_ld_are_understood() -> None:
    event = _read({"https://x.example/p": {"@set": ["x"]}}, [{"@vocab": "https://x.example/"}])
    assert event.unknown == (("https://x.example/p", '[{"@value":"x"}]'),)
    assert jsonld.expand_fully({"@context": AS_CONTEXT, "type": "Note", "id": "x"})["@type"] == [AS + "Note"]


def test_values_and_contexts_count_as_keys_do() -> None:
    """The processor would take a second for either, and everybody wait for it."""
    assert _read({"cc": ["https://a.example/1"] * 900, "tag": [{"@context": {"zz": "x:y"}, "name": "x"}] * 100}).id
    for wide in ({"cc": [["https://a.example/1"] * 1_000] * 8}, {"tag": [{"@context": AS_CONTEXT, "name": "x"}] * 300}):
        with pytest.raises(TooLarge):
            _read(wide)
