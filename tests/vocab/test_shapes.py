from __future__ import annotations

import functools
from dataclasses import replace
from typing import Any

import pyshacl
import pytest
import rdflib

from kit.seeds import SHARED
from kit.sound import CLASSES, needed, sound
from kit.spoiled import MUTANTS, example
from vocab import rdf
from vocab.check import problems
from vocab.namespaces import AS
from vocab.shapes import SHAPES, shapes

SHAPED = {key for key, cls in CLASSES.items() if not cls.ABOUT.iri.startswith(AS)}
EXAMPLES = sorted(path.name for path in (SHARED / "vocabulary" / "examples").glob("*.json"))


@functools.cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(data=shapes(), format="turtle")


def _faults(graph: rdflib.Graph, shapes: rdflib.Graph | None = None) -> str:
    conforms, _, told = pyshacl.validate(graph, shacl_graph=shapes or _shapes(), meta_shacl=False)
    return "" if conforms else str(told)


@pytest.mark.shared
@pytest.mark.parametrize("name", EXAMPLES or ["03-practice-note.json"])
def test_the_shapes_accept_everyexample(name: str) -> None:
    assert _faults(rdf.graph(example(name))) == ""


def test_the_shapes_are_themselves_well_formed() -> None:
    few = rdflib.Graph()  # the shapes of all take 6 s, and differ from these in nothing but names
    for name in ("Notebook", "Mapping", "IntersectionBasis", "Meeting"):
        few += _shapes().cbd(rdflib.URIRef(f"{SHAPES}{name}"))
    conforms, _, told = pyshacl.validate(rdflib.Graph(), shacl_graph=few, meta_shacl=True)
    assert conforms, told


@pytest.mark.shared
@pytest.mark.parametrize("spoiled", sorted(MUTANTS))
def test_the_shapes_and_the_check_reject_the_same_faults(spoiled: str) -> None:
    name, spoil = MUTANTS[spoiled]
    thing = spoil(example(name))
    assert problems(thing) != []
    assert _faults(rdf.graph(thing)) != ""


@pytest.mark.parametrize("key", sorted(SHAPED))
def test_none_of_what_a_thing_needs_may_lack(key: str) -> None:
    thing = sound(key)
    alone = _shapes().cbd(rdflib.URIRef(f"{SHAPES}{key}"))
    assert _faults(rdf.graph(thing), alone) == ""
    for slot in needed(CLASSES[key]):
        nothing: dict[str, Any] = {slot.name: () if slot.is_many else None}
        spoiled = replace(thing, **nothing)
        assert _faults(rdf.graph(spoiled), alone) != "", slot.key


@pytest.mark.shared
def test_a_notebook_that_looks_like_a_collection_is_rejected() -> None:
    graph = rdf.graph(example("04-notebook.json"))
    notebook = rdflib.URIRef("https://carrefour.example/carnets/7")
    graph.add((notebook, rdflib.URIRef("https://www.w3.org/ns/activitystreams#items"), notebook))
    assert "Notebook" in _faults(graph)
