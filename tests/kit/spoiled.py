"""Examples spoiled in one way each: whatever checks a thing must see every one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from kit.seeds import shared
from vocab import jsonld
from vocab.check import PEOPLE
from vocab.thing import Thing
from vocab.values import Ref


def example(name: str) -> Any:
    """The thing that an example of the first draft says."""
    return jsonld.read(shared("vocabulary", "examples", name).read_bytes())


def _basis(intersection: Any, **changes: Any) -> Thing:
    first, *others = intersection.basis
    changed: Thing = replace(intersection, basis=(replace(first.thing, **changes).ref, *others))
    return changed


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
    "a mapping in a state of something else": (
        "06b-mapping.json",
        lambda mapping: replace(mapping, mapping_state=Ref("https://w3id.org/cdp/etats-de-demande/ouverte")),
    ),
    "knowledge proven by a word of one's own": (
        "03-practice-note.json",
        lambda note: replace(note, knowledge_status=Ref("https://a.example/prouve")),
    ),
    "a membership without role": ("09-membership.json", lambda membership: replace(membership, role=())),
}
