"""Everything that the vocabulary can say goes out, through a graph, and comes back: same things, same meaning, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, assume, given, settings
from rdflib import RDF, URIRef

from kit.engines import ENGINES, by_pyld, expanded, said
from kit.sound import CLASSES, sound
from kit.things import things
from vocab import jsonld, rdf
from vocab.definitions import definitions
from vocab.namespaces import AS_CONTEXT, CDP_CONTEXT, SECURITY_CONTEXT
from vocab.terms import slots_of
from vocab.thing import Thing
from vocab.things.group import Group
from vocab.things.practice_note import PracticeNote
from vocab.types import all_types, key_of
from vocab.values import Ref, Text

SOME = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@pytest.mark.parametrize("key", sorted(CLASSES))
def test_a_thing_of_each_class_comes_back_as_it_went(key: str) -> None:
    thing = sound(key)
    assert type(thing) is type(jsonld.read(jsonld.dump(thing)))
    assert jsonld.read(jsonld.dump(thing)) == thing


@SOME
@given(things())
def test_three_readers_understand_the_same(thing: Thing) -> None:
    document = jsonld.write(thing)
    understood = {name: said(read(document)) for name, read in ENGINES.items()}
    assert understood["rdflib"] == understood["PyLD"]
    assert understood["Oxigraph"] == understood["PyLD"]


@SOME
@given(things())
def test_nothing_is_dropped_and_no_key_is_without_meaning(thing: Thing) -> None:
    graph = by_pyld(jsonld.write(thing))
    subject = URIRef(thing.id)
    assert {str(found) for found in graph.objects(subject, RDF.type)} >= {type(thing).ABOUT.iri}
    for slot in slots_of(type(thing)):
        value = getattr(thing, slot.name)
        if value not in (None, ()):
            assert list(graph.objects(subject, URIRef(slot.term.iri))), slot.key
    assert not [key for key in _keys(expanded(jsonld.write(thing))) if key.startswith("_:") or (":" not in key and key[0] != "@")]


def _keys(value: Any) -> list[str]:
    if isinstance(value, list):
        return [key for item in value for key in _keys(item)]
    if isinstance(value, dict):
        return [*value, *(key for item in value.values() for key in _keys(item))]
    return []


@SOME
@given(things())
def test_our_context_by_its_address_says_what_the_inlined_one_does(thing: Thing) -> None:
    document = jsonld.write(thing)
    by_address = {**document, "@context": [AS_CONTEXT, SECURITY_CONTEXT, CDP_CONTEXT]}
    assert expanded(by_address) == expanded(document)
    assert jsonld.read(orjson.dumps(by_address)) == thing


@SOME
@given(things())
def test_what_went_through_a_graph_means_the_same(thing: Thing) -> None:
    assume(_tells_each_once(thing))
    back = _nested(orjson.loads(rdf.expanded_jsonld(thing)), thing.id)
    again = jsonld.thing_of(back)
    assert type(again) is type(thing)
    assert said(rdf.graph(again)) == said(rdf.graph(thing))
    assert jsonld.read(jsonld.dump(again)) == again


def _tells_each_once(thing: Thing) -> bool:
    """Whether no address is told of in two places: a graph puts together what is said of one address."""
    told = [inner.id for inner in _within(thing) if inner.id]
    return len(told) == len(set(told))


def _within(thing: Thing) -> Iterator[Thing]:
    yield thing
    for slot in slots_of(type(thing)):
        value = getattr(thing, slot.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Ref) and part.thing is not None:
                yield from _within(part.thing)


def _nested(nodes: list[dict[str, Any]], root: str) -> dict[str, Any]:
    """A flat document with each node where it is first pointed to, as a writer of JSON would put it."""
    by_id = {node["@id"]: node for node in nodes}
    placed: set[str] = set()

    def place(value: Any) -> Any:
        if isinstance(value, list):
            return [place(item) for item in value]
        if not isinstance(value, dict) or "@value" in value:
            return value
        if "@list" in value:
            return {"@list": place(value["@list"])}
        found = by_id.get(value.get("@id", ""))
        if found is None or value["@id"] in placed:
            return value
        placed.add(value["@id"])
        inner = {key: item if key in {"@id", "@type"} else place(item) for key, item in found.items()}
        return {key: item for key, item in inner.items() if key != "@id" or not str(item).startswith("_:")}

    nested: dict[str, Any] = place({"@id": root})
    return nested


def test_every_word_is_reached_by_some_class() -> None:
    """What the tests above draw from is all there is to say."""
    drawn = {slot.key for cls in CLASSES.values() for slot in slots_of(cls)} | set(CLASSES) | {"kind"}
    maps = {key for key in definitions() if key.endswith("Map") and key.removesuffix("Map") in drawn}
    words = {word for cls in CLASSES.values() for slot in slots_of(cls) for word in slot.term.words}
    of_parts = {slot.key for cls in _parts() for slot in slots_of(cls)} | {key_of(cls) for cls in _parts()}
    assert set(definitions()) - drawn - maps - words - of_parts == set()


def _parts() -> list[type[Thing]]:
    """Classes that are only ever embedded."""
    return [cls for cls in all_types() if cls.ABOUT.is_abstract]


def test_a_name_without_an_address_stands_for_who_has_no_account() -> None:
    note = PracticeNote(id="https://a.example/1", linked_community=(Ref("", Group(name=Text.of("Passerelles", "fr"))),))
    assert jsonld.read(jsonld.dump(note)) == note
    assert '"Passerelles"@fr' in rdf.turtle(note)
