"""Three ways to hold a thing to the rules, and one verdict: our check, the shapes with pySHACL, the JSON Schema."""

from __future__ import annotations

import functools
import json
from dataclasses import replace
from typing import Any

import jsonschema
import pyshacl
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit.sound import CLASSES, sound
from kit.things import filled
from vocab import jsonld, rdf
from vocab.check import problems
from vocab.json_schema import json_schema
from vocab.namespaces import AS
from vocab.shapes import SHAPES, shapes
from vocab.terms import slots_of
from vocab.thing import Thing

SHAPED = sorted(key for key, cls in CLASSES.items() if not cls.ABOUT.iri.startswith(AS))
#: What is attached is looked into by the check alone: it may be of any class.
UNSEEN = frozenset({"attachment"})


@functools.cache
def _shape(key: str) -> rdflib.Graph:
    return _shapes().cbd(rdflib.URIRef(f"{SHAPES}{key}"))


@functools.cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(data=shapes(), format="turtle")


@functools.cache
def _schema() -> Any:
    return jsonschema.Draft202012Validator(json.loads(json_schema()))


@st.composite
def rich(draw: st.DrawFn) -> tuple[str, Thing]:
    """A well-formed thing of a class with some more said of it, which may spoil it."""
    key = draw(st.sampled_from(SHAPED))
    possible = [slot for slot in slots_of(CLASSES[key]) if slot.name not in UNSEEN]
    more: dict[str, Any] = {slot.name: draw(filled(slot)) for slot in draw(st.lists(st.sampled_from(possible), max_size=8))}
    return key, replace(sound(key), **more)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(rich())
def test_all_three_accept_a_thing_or_none_does(drawn: tuple[str, Thing]) -> None:
    key, thing = drawn
    is_sound = problems(thing) == []
    assert _schema().is_valid(jsonld.write(thing)) is is_sound, problems(thing)
    conforms, _, told = pyshacl.validate(rdf.graph(thing), shacl_graph=_shape(key) + _embedded_shapes(thing))
    assert conforms is is_sound, told


def _embedded_shapes(thing: Thing) -> rdflib.Graph:
    """The shapes of the parts that a thing may carry."""
    found = rdflib.Graph()
    for name in {slot.term.of for slot in slots_of(type(thing)) if slot.term.of and getattr(thing, slot.name)}:
        found += _shape(name)
    return found
