"""Any thing the vocabulary can say, made by hypothesis from the slots of its class."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from vocab.terms import Shape, Slot, slots_of
from vocab.thing import Thing
from vocab.things.note import Note
from vocab.types import all_types
from vocab.values import Ref, Text

IRIS = st.integers(1, 40).map(lambda number: f"https://a.example/choses/{number}")
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
LANGUAGES = st.sampled_from(["fr", "en", "fr-CA", ""])
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001 -- hypothesis wants it
    lambda moment: moment.replace(microsecond=0)
)


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """A text in one to three languages."""
    tags = draw(st.lists(LANGUAGES, min_size=1, max_size=3, unique=True))
    said = {tag: draw(WORDS) for tag in tags if tag or len(tags) == 1}
    return Text.by_language(said or {"fr": draw(WORDS)})


_BY_SHAPE: dict[Shape, st.SearchStrategy[Any]] = {
    Shape.TEXT: texts(),
    Shape.REF: IRIS.map(Ref) | st.builds(lambda iri, name: Note(id=iri, name=name).ref, IRIS, texts()),
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
    return st.sampled_from(words).map(Ref) if words else _BY_SHAPE[slot.shape]


@st.composite
def things(draw: st.DrawFn, cls: type[Thing] | None = None) -> Thing:
    """A thing of a class, or of any class that is not abstract, with some of its fields filled."""
    chosen = cls or draw(st.sampled_from([found for found in all_types() if not found.ABOUT.is_abstract]))
    slots = draw(st.lists(st.sampled_from(slots_of(chosen)), max_size=12, unique=True))
    fields: dict[str, Any] = {"id": draw(IRIS)}
    for slot in slots:
        if slot.is_many:
            fields[slot.name] = tuple(draw(st.lists(_values(slot), min_size=1, max_size=3, unique=True)))
        else:
            fields[slot.name] = draw(_values(slot))
    return chosen(**fields)
