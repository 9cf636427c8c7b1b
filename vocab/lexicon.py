"""Every word of the vocabulary by its name in JSON: classes and properties, ours and reused, and what hangs on each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from vocab.namespaces import SKOS
from vocab.ontology import declared_by
from vocab.terms import Bilingual, Shape, Slot
from vocab.thing import Thing
from vocab.types import all_slots, all_types, key_of, remembered, required_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A class (`cls`) or a property (`slot`) with what is said about it, as its page and its document tell it.

    `above` are the IRIs that it narrows, `near` those that it is close to. The rest are names of classes: those `below` this
    class; those that declare this property themselves (none: everything may carry it), and those that need it.
    """

    key: str
    iri: str
    label: Bilingual
    definition: Bilingual
    note: Bilingual
    status: str
    is_minted: bool
    cls: type[Thing] | None = None
    slot: Slot | None = None
    above: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    needed_in: tuple[str, ...] = ()


@remembered
def words() -> Mapping[str, Word]:
    """Every word by its name, classes first; abstract classes are no words, for nothing travels as them."""
    classes = {key_of(cls): _of_class(cls) for cls in all_types() if not cls.ABOUT.is_abstract}
    return classes | {slot.key: _of_slot(slot) for slot in all_slots()}


@remembered
def by_iri() -> Mapping[str, Word]:
    """Every word by its IRI; of words that share one, the class, else the first by name."""
    return {word.iri: word for word in reversed(list(words().values()))}


def own_properties(cls: type[Thing]) -> tuple[Word, ...]:
    """The properties that a class declares itself."""
    return tuple(words()[slot.key] for slot in declared_by(cls))


def required(cls: type[Thing]) -> tuple[Word, ...]:
    """The properties that a thing of this class must have."""
    return tuple(words()[slot.key] for slot in required_of(cls))


def _of_class(cls: type[Thing]) -> Word:
    about = cls.ABOUT
    mothers = (layer.__dict__["ABOUT"] for layer in cls.__mro__[1:] if "ABOUT" in layer.__dict__)
    mother = tuple(found.iri for found in mothers if not found.is_abstract)[:1]
    return Word(
        key=key_of(cls),
        iri=about.iri,
        label=about.label,
        definition=about.definition,
        note=about.note,
        status=about.status,
        is_minted=about.is_minted,
        cls=cls,
        above=tuple(dict.fromkeys((*mother, *about.above))),
        near=tuple(dict.fromkeys((*about.close_to, *about.related_to))),
        below=tuple(key_of(other) for other in all_types() if other is not cls and issubclass(other, cls)),
    )


def _of_slot(slot: Slot) -> Word:
    term = slot.term
    return Word(
        key=slot.key,
        iri=term.iri,
        label=term.label,
        definition=term.definition,
        note=term.note,
        status=term.status,
        is_minted=term.is_minted,
        slot=slot,
        above=term.narrows,
        near=tuple(dict.fromkeys((*term.close_to, *term.also))),
        owners=tuple(_owners().get(slot.key, ())),
        needed_in=tuple(_needing().get(slot.key, ())),
    )


@remembered
def _owners() -> Mapping[str, list[str]]:
    """By property, the classes that declare it themselves."""
    found: dict[str, list[str]] = defaultdict(list)
    for cls in all_types():
        for slot in declared_by(cls):
            found[slot.key].append(key_of(cls))
    return found


@remembered
def _needing() -> Mapping[str, list[str]]:
    """By property, the classes whose things must have it."""
    found: dict[str, list[str]] = defaultdict(list)
    for cls in all_types():
        for slot in required_of(cls):
            found[slot.key].append(key_of(cls))
    return found


def form_of(slot: Slot) -> str:
    """What a property holds, in one word: "link", "concept", "text", "moment", "truth", "count", "number" or "word"."""
    if slot.shape is Shape.REF:
        return "concept" if f"{SKOS}Concept" in slot.term.ranges else "link"
    return str(slot.shape.value)
