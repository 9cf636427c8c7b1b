"""Anything that the vocabulary can say on the wire, embedded things and unknown properties included."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from vocab.namespaces import AS
from vocab.terms import Shape, Slot, slots_of
from vocab.thing import Thing
from vocab.types import all_types
from vocab.values import FIRST_YEAR, LAST_YEAR, UNDETERMINED, Ref, Text

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12)
IRIS = st.one_of(
    st.integers(1, 99).map("https://a.example/choses/{}".format),
    st.sampled_from(["urn:uuid:6f1", "acct:nom@a.example", "https://www.w3.org/ns/activitystreams#Public"]),
)
TAGS = st.sampled_from(["fr", "en", "fr-CA", "zh-Hant", "iu", UNDETERMINED])
MOMENTS = st.datetimes(
    datetime(FIRST_YEAR, 1, 1),  # noqa: DTZ001  (hypothesis wants bounds without zone)
    datetime(LAST_YEAR, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@st.composite
def _texts(draw: st.DrawFn) -> Text:
    """A text whose primary language is the only one with its words, which is all that the wire can tell."""
    said = draw(st.dictionaries(TAGS, WORDS, min_size=1, max_size=3))
    if UNDETERMINED in said:
        return Text.by_language(_without(said, said[UNDETERMINED]) | {UNDETERMINED: said[UNDETERMINED]}, UNDETERMINED)
    lead = draw(st.sampled_from(sorted(said)))
    return Text.by_language({**_without(said, said[lead]), lead: said[lead]}, lead)


def _without(said: dict[str, str], words: str) -> dict[str, str]:
    return {tag: text for tag, text in said.items() if text != words}


@st.composite
def _only_by_language(draw: st.DrawFn) -> Text:
    """A text of a property that travels as a map alone: the first language by tag leads."""
    said = draw(st.dictionaries(TAGS, WORDS, min_size=1, max_size=3))
    if UNDETERMINED in said:
        said = {**_without(said, said[UNDETERMINED]), UNDETERMINED: said[UNDETERMINED]}
    return Text.by_language(said, min(said))


def _many_texts() -> st.SearchStrategy[tuple[Text, ...]]:
    pairs = st.lists(st.tuples(TAGS, WORDS), min_size=1, max_size=4)
    return pairs.map(lambda found: tuple(Text(entries=(pair,)) for pair in sorted(found, key=lambda pair: pair[0])))


def _refs(slot: Slot, depth: int) -> st.SearchStrategy[Ref]:
    iris = (st.sampled_from(sorted(slot.term.words.values())) if slot.term.words else IRIS).map(Ref)
    if not depth or slot.term.of or slot.term.words:
        return iris
    return st.one_of(iris, iris, things(depth=depth - 1).map(lambda thing: thing.ref))


def _single(slot: Slot, depth: int) -> st.SearchStrategy[Any]:
    by_shape: dict[Shape, st.SearchStrategy[Any]] = {
        Shape.MOMENT: MOMENTS,
        Shape.TRUTH: st.booleans(),
        Shape.COUNT: st.integers(0, 10**15),
        Shape.NUMBER: st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: len(repr(number)) <= 20),
        Shape.WORD: WORDS,
        Shape.TEXT: _texts() if slot.term.iri.startswith(AS) else _only_by_language(),
    }
    return _refs(slot, depth) if slot.shape is Shape.REF else by_shape[slot.shape]


def _value(slot: Slot, depth: int) -> st.SearchStrategy[Any]:
    if slot.shape is Shape.TEXT and slot.is_many:
        return _many_texts()
    single = _single(slot, depth)
    return st.lists(single, min_size=1, max_size=3).map(tuple) if slot.is_many else single


UNKNOWN = st.sampled_from(
    [
        ("_:humeur", '[{"@value":"gaie"}]'),
        ("_:topic", '[{"@id":"https://a.example/t"}]'),
        ("http://joinmastodon.org/ns#votersCount", '[{"@value":3}]'),
        ("https://x.example/ns#nested", '[{"@type":["_:Boite"],"https://x.example/ns#in":[{"@value":"é"}]},{"@value":false}]'),
        ("https://x.example/ns#list", '[{"@list":[{"@value":1.5},{"@id":"https://a.example/1"}]}]'),
    ]
)


@st.composite
def things(draw: st.DrawFn, depth: int = 2) -> Thing:
    """A thing of any class that says its type, some of its fields filled, some unknown ones kept."""
    cls = draw(st.sampled_from([found for found in all_types() if not found.ABOUT.is_abstract]))
    slots = draw(st.lists(st.sampled_from(slots_of(cls)), max_size=8, unique=True))
    fields: dict[str, Any] = {slot.name: draw(_value(slot, depth)) for slot in slots}
    unknown = draw(st.lists(UNKNOWN, max_size=2, unique_by=lambda pair: pair[0]))
    return cls(id=draw(st.one_of(IRIS, st.just(""))), unknown=tuple(sorted(unknown)), **fields)
