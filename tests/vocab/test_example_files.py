"""The examples are what a node would send, and every checker that we publish accepts them."""

from __future__ import annotations

import functools
import json
from typing import Any

import jsonschema
import pyshacl
import pytest
import rdflib
from pyld import jsonld as pyld  # noqa: TID251  (another reader than ours is the point)

from vocab import jsonld, rdf
from vocab.check import problems
from vocab.definitions import context
from vocab.example_files import examples, of_concept, of_word, words_leading_to
from vocab.jsonld_contexts import known, terms_at
from vocab.lexicon import words
from vocab.namespaces import AS_CONTEXT, CDP_CONTEXT, CONCEPTS, SECURITY_CONTEXT
from vocab.publish import FOLDER

NAMES = sorted(examples())
BY_ADDRESS = [AS_CONTEXT, SECURITY_CONTEXT, CDP_CONTEXT]


@functools.cache
def _schema() -> Any:
    return jsonschema.Draft202012Validator(json.loads((FOLDER / "schema.json").read_bytes()))


@functools.cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(FOLDER / "shapes.ttl")


def _load(address: str, options: object) -> dict[str, Any]:
    terms = context() if address == CDP_CONTEXT else terms_at(known(address) or "")
    return {"contextUrl": None, "documentUrl": address, "document": {"@context": terms}}


def _expanded(document: dict[str, Any]) -> Any:
    return pyld.expand(document, {"documentLoader": _load})


def _merged() -> rdflib.Graph:
    """All examples as one graph, the unnamed things of each apart from those of the others."""
    graph = rdflib.Graph()
    for name, example in examples().items():
        graph.parse(data=rdf.n_quads(jsonld.read(example.document)).replace("_:b", f"_:n{name[:2]}b"), format="nt")
    return graph


def test_there_are_thirty_and_every_word_of_ours_is_shown() -> None:
    assert len(NAMES) >= 30
    shown = frozenset().union(*(example.words for example in examples().values()))
    assert [key for key, word in words().items() if word.is_minted and key not in shown] == []


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_what_a_node_would_send(name: str) -> None:
    document = examples()[name].document
    thing = jsonld.read(document)
    assert problems(thing) == []
    assert thing.unknown == ()
    assert json.loads(jsonld.dump(thing)) == json.loads(document)
    assert document == json.dumps(json.loads(document), ensure_ascii=False, indent=2).encode() + b"\n"


@pytest.mark.parametrize("name", NAMES)
def test_its_context_may_stand_in_it_or_at_its_address(name: str) -> None:
    said = json.loads(examples()[name].document)
    inlined = _expanded(said)
    assert inlined == _expanded(said | {"@context": BY_ADDRESS})
    assert '"_:' not in json.dumps(inlined)


@pytest.mark.parametrize("name", NAMES)
def test_the_json_schema_accepts_it(name: str) -> None:
    said = json.loads(examples()[name].document)
    assert [fault.message for fault in _schema().iter_errors(said)] == []


def test_the_json_schema_misses_a_licence() -> None:
    said = dict(json.loads(examples()["08-practice-note"].document))
    del said["license"]
    assert any("license" in fault.message for fault in _schema().iter_errors(said))


def test_the_shapes_accept_all_of_them_and_miss_a_licence() -> None:
    conforms, _, told = pyshacl.validate(_merged(), shacl_graph=_shapes())
    assert conforms, told
    spoiled = {**examples()["08-practice-note"].said, "@context": BY_ADDRESS, "license": []}
    graph = rdf.graph(jsonld.read(json.dumps(spoiled).encode()))
    conforms, _, told = pyshacl.validate(graph, shacl_graph=_shapes())
    assert not conforms
    assert "license" in str(told)


def test_what_shows_a_word_is_found() -> None:
    assert of_word("PracticeNote")[0].classes[0] == "PracticeNote"
    assert [example.name for example in of_word("highlight")] == ["18-meeting"]
    part = examples()["18-meeting"].part("highlight")
    assert part is not None
    assert set(part) == {"id", "type", "kind", "highlightMap"}
    assert examples()["25-intersection"].part("basisKind") == {
        "id": "https://carrefour.example/intersections/3#sujets",
        "kind": ["IntersectionBasis"],
        "basisKind": f"{CONCEPTS}fondements/sujets",
    }
    assert of_word("jamaisvu") == []


def test_what_names_a_concept_is_found() -> None:
    assert "07-membership" in {example.name for example in of_concept(f"{CONCEPTS}roles/animation")}
    assert words_leading_to(f"{CONCEPTS}roles/") == ("role",)
    assert words_leading_to(f"{CONCEPTS}fondements/") == ("basisKind",)
