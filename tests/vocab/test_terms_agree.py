"""A word that several types declare says the same thing in each of them."""

from __future__ import annotations

from vocab import types
from vocab.terms import own_slots
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
