"""A thing knows what it travels as, and can be pointed to."""

from __future__ import annotations

import dataclasses

import pytest

from vocab.thing import Thing, made
from vocab.things.intersection_basis import IntersectionBasis
from vocab.things.mapping import Mapping
from vocab.things.note import Note
from vocab.things.practice_note import PracticeNote
from vocab.types import all_types
from vocab.values import Ref, Text


def test_type_and_kind_come_from_the_class_unless_said() -> None:
    assert (PracticeNote().type, PracticeNote().kind) == ("Article", ("PracticeNote",))
    assert (Note().type, Note().kind) == ("Note", ())
    assert (Mapping().type, Mapping().kind) == ("Note", ("Mapping", "Relationship"))
    assert (IntersectionBasis().type, IntersectionBasis().kind) == ("", ("IntersectionBasis",))
    assert (Thing().type, Thing().kind) == ("", ())
    assert PracticeNote(type="Page", kind=("PracticeNote", "BoundaryObject")).type == "Page"


def test_a_thing_is_a_value() -> None:
    note = Note(id="https://a.example/1", content=Text.of("x"))
    assert hash(note) == hash(Note(id="https://a.example/1", content=Text.of("x")))
    assert dataclasses.replace(note, id="https://a.example/2") != note
    with pytest.raises(dataclasses.FrozenInstanceError):
        note.id = "x"  # type: ignore[misc]


def test_a_ref_carries_its_thing() -> None:
    note = Note(id="https://a.example/1")
    assert note.ref == Ref("https://a.example/1", note)


@pytest.mark.parametrize("cls", all_types())
def test_a_thing_made_in_a_hurry_is_the_same(cls: type[Thing]) -> None:
    said = {"id": "https://noeud.example/n/1", "unknown": (("https://x.example/y", "[]"),)}
    assert made(cls, {}) == cls()
    assert made(cls, said) == cls(**said)  # type: ignore[arg-type]  # what is said is of several types
    assert made(cls, {"type": "Page", "kind": ("x",)}) == cls(type="Page", kind=("x",))
    with pytest.raises(KeyError):
        made(cls, {"nobody_knows": 1})
