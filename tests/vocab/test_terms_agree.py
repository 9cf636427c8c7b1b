"""A word that several types declare says the same thing in each of them."""

from __future__ import annotations

from kit.typography import faults
from vocab import types
from vocab.terms import Term, TypeTerm, own_slots, slots_of
from vocab.thing import Thing


def test_a_word_declared_twice_is_declared_alike() -> None:
    declared: dict[tuple[str, str], dict[str, object]] = {}
    classes: list[type[Thing]] = [Thing, *types.all_types()]
    for layer in {layer for cls in classes for layer in cls.__mro__ if layer is not object}:
        for slot in own_slots(layer):
            term = slot.term
            form = (slot.shape, slot.is_many, slot.coercion, term.ranges)
            said = (term.label, term.definition, term.note, term.narrows, term.status, *form)
            declared.setdefault((slot.key, term.iri), {})[layer.__name__] = said
    several = {word: said for word, said in declared.items() if len(said) > 1}
    assert len(several) > 5, "nothing is compared any more: this test has lost its object"
    assert {
        word: list(said) for word, said in several.items() if any(one != next(iter(said.values())) for one in said.values())
    } == {}


def test_french_is_spaced_as_french() -> None:
    assert [len(faults(text)) for text in ("Oui; non", "Oui ?", "« non »", "Oui\u00a0; «\u00a0non\u00a0»\u00a0!")] == [1, 1, 2, 0]
    words: list[Term | TypeTerm] = [cls.ABOUT for cls in types.all_types()]
    words += [slot.term for cls in types.all_types() for slot in slots_of(cls)]
    said = [text for word in words for text in (word.label["fr"], word.definition["fr"], word.note.get("fr", ""))]
    assert len(said) > 100
    assert [fault for text in said for fault in faults(text)] == []
