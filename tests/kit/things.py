"""Any thing the vocabulary can say, made by hypothesis from the slots of its class."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from vocab.namespaces import XSD
from vocab.terms import Shape, Slot, slots_of
from vocab.thing import Thing
from vocab.things.group import Group
from vocab.things.note import Note
from vocab.types import all_types, registry
from vocab.values import Ref, Text

IRIS = st.integers(1, 40).map(lambda number: f"https://a.example/choses/{number}")
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
LANGUAGES = st.sampled_from(["fr", "en", "fr-CA", ""])
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001 -- hypothesis wants it
    lambda moment: moment.replace(microsecond=0)
)


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """A text in one to three languages, different in each: of equal ones nobody can tell which came first."""
    tags = draw(st.lists(LANGUAGES.filter(bool), max_size=3, unique=True))
    words = draw(st.lists(WORDS, min_size=len(tags) or 1, max_size=len(tags) or 1, unique=True))
    return Text.by_language(dict(zip(tags or [""], words, strict=True)))


#: A pointer, with what it points to, or what has a name and no address of its own.
REFS = (
    IRIS.map(Ref)
    | st.builds(lambda iri, name: Note(id=iri, name=name).ref, IRIS, texts())
    | st.builds(lambda name: Group(name=name).ref, texts())
)
_BY_SHAPE: dict[Shape, st.SearchStrategy[Any]] = {
    Shape.TEXT: texts(),
    Shape.REF: REFS,
    Shape.MOMENT: MOMENTS,
    Shape.TRUTH: st.booleans(),
    Shape.COUNT: st.integers(0, 10_000),
    Shape.NUMBER: st.floats(-1000, 1000, allow_nan=False).map(
        lambda number: round(number, 3) + 0.0
    ),  # no -0.0: writers of RDF differ
    Shape.WORD: st.text("abcXYZ012-/", min_size=1, max_size=12),  # some words are read as relative addresses
}


def _values(slot: Slot) -> st.SearchStrategy[Any]:
    words = sorted(slot.term.words.values())
    if words:
        return st.sampled_from(words).map(Ref)
    if slot.term.datatype == f"{XSD}duration":
        return st.sampled_from(["PT1H", "P1DT30M", "PT0.5S"])  # rdflib complains of any other word
    if slot.term.of:
        return IRIS.map(Ref) | parts(registry().by_key[slot.term.of]).map(lambda part: part.ref)
    return _BY_SHAPE[slot.shape]


def _in_order(pairs: list[tuple[str, str]]) -> tuple[Text, ...]:
    """Several texts, each in one language: their order is kept within a language."""
    return tuple(Text.of(word, tag) for tag, word in sorted(pairs, key=lambda pair: pair[0]))


@st.composite
def parts(draw: st.DrawFn, cls: type[Thing]) -> Thing:
    """What is embedded where its class is expected: it need not say its type, nor have an address."""
    slots = draw(st.lists(st.sampled_from(slots_of(cls)), min_size=1, max_size=4, unique=True))
    return cls(id=draw(st.just("") | IRIS), **{slot.name: draw(filled(slot)) for slot in slots if not slot.term.of})


def filled(slot: Slot) -> st.SearchStrategy[Any]:
    """A value for a slot: one, or one to three of them."""
    if slot.is_many and slot.shape is Shape.TEXT:
        return st.lists(st.tuples(LANGUAGES, WORDS), min_size=1, max_size=3, unique=True).map(_in_order)
    if slot.term.container == "@language":
        return texts().map(lambda text: Text(entries=tuple(sorted(text.entries))))  # such a map has no first language
    if slot.is_many:
        return st.lists(_values(slot), min_size=1, max_size=3, unique=True).map(tuple)
    return _values(slot)


@st.composite
def things(draw: st.DrawFn, cls: type[Thing] | None = None) -> Thing:
    """A thing of a class, or of any class that is not abstract, with some of its fields filled."""
    chosen = cls or draw(st.sampled_from([found for found in all_types() if not found.ABOUT.is_abstract]))
    slots = draw(st.lists(st.sampled_from(slots_of(chosen)), max_size=12, unique=True))
    fields: dict[str, Any] = {slot.name: draw(filled(slot)) for slot in slots}
    if chosen.ABOUT.types:
        fields["type"] = draw(st.sampled_from([chosen.TYPE, *chosen.ABOUT.types]))
    return chosen(id=draw(IRIS), **fields)
