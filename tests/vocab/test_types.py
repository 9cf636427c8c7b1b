"""The registry finds every type, and a file added alone brings its type and its words."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import vocab.things
from vocab import definitions, jsonld, types
from vocab.namespaces import AS, CDP
from vocab.terms import LANGUAGES, Slot, Term, TypeTerm, slots_of
from vocab.thing import Thing
from vocab.things.article import Article
from vocab.things.boundary_object import BoundaryObject
from vocab.things.mapping import Mapping
from vocab.things.note import Note
from vocab.things.practice_note import PracticeNote

OFFER = '''
"""Offer: something to lend or to give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import CDP
from vocab.terms import Term, TypeTerm
from vocab.things.article import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan(Article):
    """Something to lend."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        CDP + "Loan", {"fr": "prêt", "en": "loan"}, {"fr": "Chose à prêter.", "en": "Thing to lend."}, type="Article"
    )
    deposit: Annotated[
        float | None, Term(CDP + "deposit", {"fr": "dépôt", "en": "deposit"}, {"fr": "Dépôt.", "en": "Deposit."})
    ] = None
'''


@pytest.fixture
def loan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One file more in a folder of things."""
    (tmp_path / "loan.py").write_text(OFFER, encoding="utf-8")
    monkeypatch.setattr(vocab.things, "__path__", [*vocab.things.__path__, str(tmp_path)])
    types.refresh()
    yield
    monkeypatch.undo()
    sys.modules.pop("vocab.things.loan", None)
    types.refresh()


@pytest.mark.usefixtures("loan")
def test_a_file_added_alone_is_in_registry_context_reader_and_writer() -> None:
    cls = types.class_for("Article", ["Loan"])
    assert cls.__name__ == "Loan"
    assert definitions.context()["Loan"] == "cdp:Loan"
    assert definitions.context()["deposit"] == "cdp:deposit"
    thing = cls(id="https://a.example/1", deposit=20.5)  # type: ignore[call-arg]
    written = jsonld.write(thing)
    assert written["type"] == "Article"
    assert written["kind"] == ["Loan"]
    assert written["@context"][1]["deposit"] == "cdp:deposit"
    assert jsonld.read(jsonld.dump(thing)) == thing


def test_it_is_gone_again_after_the_test_of_it() -> None:
    assert "Loan" not in types.registry().by_key


@pytest.mark.parametrize("cls", types.all_types(), ids=types.key_of)
def test_every_type_and_its_words_are_told_in_every_language(cls: type[Thing]) -> None:
    told: list[Term | TypeTerm] = [cls.ABOUT, *(slot.term for slot in slots_of(cls))]
    for word in told:
        for text in (word.label, word.definition):
            assert set(text) == set(LANGUAGES), word.iri
            assert all(text.values()), word.iri
        assert word.iri.startswith("http"), word.iri
        assert word.is_minted == (word.status != "reused"), word.iri


@pytest.mark.parametrize("cls", types.all_types(), ids=types.key_of)
def test_every_type_names_its_type_and_only_fields_that_it_has(cls: type[Thing]) -> None:
    names = {slot.name for slot in slots_of(cls)}
    assert {name for layer in cls.__mro__ if "ABOUT" in layer.__dict__ for name in layer.__dict__["ABOUT"].required} <= names
    assert {slot.name for slot in types.required_of(cls)} <= names
    assert all(slot.term.of in {"", *types.registry().by_key} for slot in slots_of(cls))
    if not cls.ABOUT.is_abstract:
        assert cls.TYPE or cls.KIND


def test_one_key_means_one_thing_everywhere() -> None:
    by_key: dict[str, Slot] = {}
    for slot in types.all_slots():
        other = by_key.setdefault(slot.key, slot)
        assert other.term.iri == slot.term.iri
        assert definitions.definitions_of(other) == definitions.definitions_of(slot)


def test_the_class_is_that_of_the_kind_then_of_the_type() -> None:
    assert types.class_for("Article", ["PracticeNote"]) is PracticeNote
    assert types.class_for("Article", ["BoundaryObject", "PracticeNote"]) is PracticeNote
    assert types.class_for("Note", ["BoundaryObject"]) is BoundaryObject
    assert types.class_for("Note", ["Relationship", "Mapping"]) is Mapping
    assert types.class_for("Article") is Article
    assert types.class_for("", ["PracticeNote"]) is PracticeNote
    assert types.class_for("Page", ["RepertoireItem"]).__name__ == "RepertoireItem"
    assert types.class_for("Note", ["PracticeNote"]) is Note
    assert types.class_for("Create", ["PracticeNote"]).__name__ == "Create"
    assert types.class_for("ChatMessage", ["https://x.example/Kind"]) is Thing


def test_types_are_found_by_their_iri() -> None:
    assert types.registry().by_iri[CDP + "PracticeNote"] is PracticeNote
    assert types.registry().by_iri[AS + "Note"] is Note


def test_what_a_type_requires_adds_up() -> None:
    assert {slot.name for slot in types.required_of(PracticeNote)} >= {"name", "summary", "content", "url", "license"}
