"""A thing knows what it travels as, and can be pointed to."""

from __future__ import annotations

import dataclasses

import pytest

from vocab.thing import Thing
from vocab.things.intersection_basis import IntersectionBasis
from vocab.things.mapping import Mapping
from vocab.things.note import Note
from vocab.things.practice_note import PracticeNote
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
