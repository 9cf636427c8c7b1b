from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pyshacl
import pytest
import rdflib

from kit.seeds import SHARED, shared
from vocab import jsonld, rdf
from vocab.check import PEOPLE, problems
from vocab.shapes import SHAPES, shapes
from vocab.thing import Thing
from vocab.values import Ref

EXAMPLES = sorted(path.name for path in (SHARED / "vocabulary" / "examples").glob("*.json"))


@functools.cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(data=shapes(), format="turtle")


def _faults(graph: rdflib.Graph) -> str:
    conforms, _, told = pyshacl.validate(graph, shacl_graph=_shapes(), meta_shacl=False)
    return "" if conforms else str(told)


def _example(name: str) -> Any:
    return jsonld.read(shared("vocabulary", "examples", name).read_bytes())


def _basis(intersection: Any, **changes: Any) -> Thing:
    first, *others = intersection.basis
    changed: Thing = replace(intersection, basis=(replace(first.thing, **changes).ref, *others))
    return changed


@pytest.mark.shared
@pytest.mark.parametrize("name", EXAMPLES or ["03-practice-note.json"])
def test_the_shapes_accept_every_example(name: str) -> None:
    assert _faults(rdf.graph(_example(name))) == ""


def test_the_shapes_are_themselves_well_formed() -> None:
    few = rdflib.Graph()  # the shapes of all take 6 s, and differ from these in nothing but names
    for name in ("Notebook", "Mapping", "IntersectionBasis", "Meeting"):
        few += _shapes().cbd(rdflib.URIRef(f"{SHAPES}{name}"))
    conforms, _, told = pyshacl.validate(rdflib.Graph(), shacl_graph=few, meta_shacl=True)
    assert conforms, told


#: Each spoils an example in one way; both the shapes and check.py must see it.
MUTANTS: dict[str, tuple[str, Callable[[Any], Thing]]] = {
    "a practice note without licence": ("03-practice-note.json", lambda note: replace(note, license=None)),
    "a practice note without summary": ("03-practice-note.json", lambda note: replace(note, summary=None)),
    "a practice note without author": ("03-practice-note.json", lambda note: replace(note, attributed_to=())),
    "a notebook without entries": ("04-notebook.json", lambda notebook: replace(notebook, entries=None)),
    "a meeting that ends before it starts": (
        "05-meeting.json",
        lambda meeting: replace(meeting, end_time=datetime(2026, 1, 1, tzinfo=UTC)),
    ),
    "a term without its word": ("06-concept.json", lambda term: replace(term, pref_label=None)),
    "a mapping without object": ("06b-mapping.json", lambda mapping: replace(mapping, object=())),
    "a mapping by another relation": (
        "06b-mapping.json",
        lambda mapping: replace(mapping, relationship=Ref("https://a.example/relation")),
    ),
    "a mapping too sure of itself": ("06b-mapping.json", lambda mapping: replace(mapping, confidence=2.0)),
    "an evaluation by four people": ("07-evaluation.json", lambda evaluation: replace(evaluation, respondent_count=4)),
    "an intersection of one community": ("08-intersection.json", lambda found: replace(found, between=found.between[:1])),
    "an intersection stronger than one": ("08-intersection.json", lambda found: replace(found, strength=1.1)),
    "four people in common": (
        "08-intersection.json",
        lambda found: _basis(found, basis_kind=Ref(PEOPLE), shared_item=(), shared_count=4),
    ),
    "people in common by name": ("08-intersection.json", lambda found: _basis(found, basis_kind=Ref(PEOPLE), shared_count=9)),
    "a membership without role": ("09-membership.json", lambda membership: replace(membership, role=())),
}


@pytest.mark.shared
@pytest.mark.parametrize("spoiled", sorted(MUTANTS))
def test_the_shapes_and_the_check_reject_the_same_faults(spoiled: str) -> None:
    name, spoil = MUTANTS[spoiled]
    thing = spoil(_example(name))
    assert problems(thing) != []
    assert _faults(rdf.graph(thing)) != ""


@pytest.mark.shared
def test_a_notebook_that_looks_like_a_collection_is_rejected() -> None:
    graph = rdf.graph(_example("04-notebook.json"))
    notebook = rdflib.URIRef("https://carrefour.example/carnets/7")
    graph.add((notebook, rdflib.URIRef("https://www.w3.org/ns/activitystreams#items"), notebook))
    assert "Notebook" in _faults(graph)
