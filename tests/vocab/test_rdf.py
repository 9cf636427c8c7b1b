from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import orjson
import pyoxigraph
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from rdflib.compare import isomorphic, to_canonical_graph

from kit.engines import by_pyld
from kit.seeds import SHARED, shared
from kit.things import things
from vocab import jsonld, rdf
from vocab.errors import VocabError
from vocab.namespaces import AS, AS_CONTEXT, PUBLIC
from vocab.thing import Thing
from vocab.things.notebook import Notebook
from vocab.things.object import Object
from vocab.things.ordered_collection import OrderedCollection
from vocab.things.practice_note import PracticeNote
from vocab.values import Ref, Text

EXAMPLES = sorted(path.name for path in (SHARED / "vocabulary" / "examples").glob("*.json"))
NOTE = PracticeNote(
    id="https://a.example/ressources/1",
    name=Text.of("La visite d’accueil", "fr"),
    topic=(Ref("https://a.example/termes/1"),),
    to=(Ref(PUBLIC),),
    unknown=((f"{AS}votersCount", '[{"@value":3}]'), ("https://b.example/ns#humeur", '[{"@value":"gaie","@language":"fr"}]')),
)


def _is_the_same_to_others(thing: Thing) -> bool:
    return isomorphic(rdf.graph(thing), by_pyld(jsonld.write(thing)))


@pytest.mark.shared
@pytest.mark.parametrize("name", EXAMPLES or ["03-practice-note.json"])
def test_the_graph_of_an_example_is_what_others_get_from_its_wire_form(name: str) -> None:
    content = shared("vocabulary", "examples", name).read_bytes()
    thing = jsonld.read(content)
    assert _is_the_same_to_others(thing)
    as_sent = json.loads(shared("vocabulary", "examples", "inline", name).read_bytes())
    ours, theirs = to_canonical_graph(rdf.graph(thing)), to_canonical_graph(by_pyld(as_sent))
    assert set(theirs) - set(ours) == set()
    # What came by language only also travels as a plain text, for peers that read no maps.
    assert {str(added[2]) for added in set(ours) - set(theirs)} <= {
        str(o) for o in theirs.objects() if getattr(o, "language", None)
    }
    assert not [node for node in rdf.graph(thing).subjects() if isinstance(node, rdflib.BNode)] or name == "04-notebook.json"


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(things())
def test_the_graph_of_anything_is_what_others_get_from_its_wire_form(thing: Thing) -> None:
    assert _is_the_same_to_others(thing)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(things())
def test_every_form_says_the_same(thing: Thing) -> None:
    whole = rdf.graph(thing)
    assert isomorphic(whole, rdflib.Graph().parse(data=rdf.turtle(thing), format="turtle"))
    assert isomorphic(whole, rdflib.Graph().parse(data=rdf.n_quads(thing), format="nt"))
    assert isomorphic(whole, by_pyld(orjson.loads(rdf.expanded_jsonld(thing))))


def test_what_a_thing_says_of_itself_comes_first_and_its_types_before_all() -> None:
    first, *_ = rdf.triples(NOTE)
    assert str(first.subject) == f"<{NOTE.id}>"
    assert first.predicate.value.endswith("#type")


def test_properties_that_we_do_not_know_are_in_the_graph() -> None:
    lines = rdf.n_quads(NOTE)
    assert '<https://b.example/ns#humeur> "gaie"@fr .' in lines
    assert f'<{AS}votersCount> "3"^^<http://www.w3.org/2001/XMLSchema#integer> .' in lines
    assert _is_the_same_to_others(NOTE)


def test_an_object_of_a_foreign_type_has_its_graph() -> None:
    foreign = jsonld.read(
        b'{"@context":["https://www.w3.org/ns/activitystreams",{"x":"https://b.example/ns#"}],'
        b'"id":"https://b.example/1","type":"x:Recette","x:temps":20,"x:suite":{"id":"https://b.example/2"},"name":"Soupe"}'
    )
    assert type(foreign) in {Thing, Object}
    lines = rdf.n_quads(foreign)
    for expected in ("<https://b.example/ns#Recette>", '<https://b.example/ns#temps> "20"', "<https://b.example/2>", '"Soupe"'):
        assert expected in lines


def test_turtle_is_the_same_each_time_and_has_the_prefixes_it_uses() -> None:
    text = rdf.turtle(NOTE)
    prefixes = [line for line in text.splitlines() if line.startswith("@prefix")]
    assert prefixes == sorted(prefixes)
    assert {line.split()[1] for line in prefixes} == {"as:", "cdp:", "dcterms:", "rdf:", "xsd:"}
    assert "a cdp:PracticeNote , as:Article" in text
    assert all(rdf.turtle(replace(NOTE)) == text for _ in range(5))


def test_a_list_keeps_its_order_in_every_form() -> None:
    items = tuple(Ref(f"https://a.example/ressources/{number}") for number in (3, 1, 2))
    collection = OrderedCollection(id="https://a.example/c", items=items)
    notebook = Notebook(id="https://a.example/n", entries=Ref(collection.id, thing=collection))
    expanded = {node["@id"]: node for node in orjson.loads(rdf.expanded_jsonld(notebook))}
    listed_items = expanded["https://a.example/c"][f"{AS}items"][0]["@list"]
    assert [item["@id"] for item in listed_items] == [ref.iri for ref in items]
    assert not any(key.startswith("_:") for key in expanded)


def test_a_context_that_is_not_pinned_is_refused_and_not_fetched() -> None:
    with pytest.raises(VocabError, match=r"https://b\.example/contexte is not pinned"):
        rdf.triples_of({"@context": "https://b.example/contexte", "id": "https://b.example/1"})


@pytest.mark.parametrize("context", [{"name": 7}, [[7]], "https://www.w3.org/ns/activitystreams"])
def test_a_document_that_is_no_json_ld_is_refused(context: object) -> None:
    with pytest.raises(VocabError):
        rdf.triples_of({"@context": context, "id": 7, "type": 7})


def test_an_address_that_is_none_says_nothing() -> None:
    lines = rdf.n_quads(replace(NOTE, topic=(Ref("https://a b/c"), Ref("https://a.example/termes/2"))))
    assert "termes/2" in lines
    assert "a b" not in lines


def test_a_relative_address_stands_beside_the_thing() -> None:
    foreign = {"@id": "https://b.example/choses/1", "https://b.example/ns#voir": {"@id": "2"}}
    (found,) = rdf.triples_of(foreign, about="https://b.example/choses/1")
    assert str(found.object) == "<https://b.example/choses/2>"


def test_what_a_tombstone_was_is_a_type_and_no_address_beside_it() -> None:
    """ActivityStreams makes an address of `formerType`; Misskey reads the bare word (ApInboxService.ts, delete)."""
    document = {
        "@context": AS_CONTEXT,
        "id": "https://a.example/x/1",
        "type": "Tombstone",
        "formerType": ["Article", "https://schema.org/Event"],
    }
    found = {
        str(triple.object)
        for triple in rdf.triples_of(document, "https://a.example/x/1")
        if triple.predicate.value == f"{AS}formerType"
    }
    assert found == {f"<{AS}Article>", "<https://schema.org/Event>"}


def test_a_list_that_bites_its_tail_ends() -> None:
    syntax = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    loop = {"@id": "https://b.example/l", f"{syntax}first": [{"@value": 1}], f"{syntax}rest": [{"@id": "https://b.example/l"}]}
    thing = Object(id="https://b.example/1", unknown=(("https://b.example/ns#suite", json.dumps([loop])),))
    assert b'"@list"' in rdf.expanded_jsonld(thing)


def test_nothing_heavy_is_loaded_to_write_turtle() -> None:
    source = Path(rdf.__file__).read_text(encoding="utf-8")
    assert source.count("import rdflib") == 2
    assert "TYPE_CHECKING" in source
    assert pyoxigraph.RdfFormat.TURTLE.media_type == "text/turtle"
