"""What a word of the vocabulary is: the Term of a field, the TypeTerm of a class, and the Slots read from them."""

from __future__ import annotations

import enum
import inspect
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import datetime
from functools import cache
from types import UnionType
from typing import Annotated, Literal, get_args, get_origin

from vocab.namespaces import CDP
from vocab.values import Ref, Text

#: A text in French and English: {"fr": …, "en": …}.
Bilingual = Mapping[str, str]

#: How sure we are that a word will stay: as vs:term_status, or "reused" for words that belong to others.
Status = Literal["unstable", "testing", "stable", "reused"]

LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A property: `name: Annotated[Text | None, Term(AS + "name", {"fr": …}, {"en": …})] = None`.

    The key on the wire is the field's name in camelCase unless `key` says otherwise. `datatype` is the IRI of the literal's type
    ("" = a plain JSON value); `ranges` are the classes a link leads to. `is_listed` writes an array even for one value.
    `narrows` are the properties it is a sub-property of, `close_to` and `related_to` alignments; `also` are properties of
    others that are read as this one. `note` says when to use it, with an example. `schemes` names our concept schemes that
    the values come from.
    `of` names our class for an embedded value that says no type. `words` are the names, and their IRIs, that may stand as
    value (`EventScheduled`). `is_uncoerced`: the context does not say that the value is a link, so that a bare one is
    written as {"id": …}.
    """

    iri: str
    label: Bilingual
    definition: Bilingual
    _: KW_ONLY
    key: str = ""
    datatype: str = ""
    ranges: tuple[str, ...] = ()
    container: Literal["", "@language", "@list"] = ""
    narrows: tuple[str, ...] = ()
    close_to: tuple[str, ...] = ()
    related_to: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    note: Bilingual = field(default_factory=dict)
    status: Status = "testing"
    words: Mapping[str, str] = field(default_factory=dict)
    of: str = ""
    also: tuple[str, ...] = ()
    is_listed: bool = False
    is_searchable: bool = False
    is_uncoerced: bool = False

    @property
    def is_minted(self) -> bool:
        """Whether this word is ours, in the namespace cdp."""
        return self.iri.startswith(CDP)


@dataclass(frozen=True, slots=True, eq=False)
class TypeTerm:
    """A class. `type` is the ActivityStreams type it travels as ("" for none); a class of ours also shows its `key` in `kind`.

    `key` is the short name in JSON: the name of the Python class unless said. `kinds` are further kinds it names beside
    its own; `types` are further types that it may come as. `above` are super-classes beyond the Python ones, `close_to`
    and `related_to` alignments, `note` says when to use it, with an example. `required` are
    the fields (Python names) that must be filled; they add to those above.
    """

    iri: str
    label: Bilingual
    definition: Bilingual
    _: KW_ONLY
    type: str = ""
    key: str = ""
    kinds: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    close_to: tuple[str, ...] = ()
    related_to: tuple[str, ...] = ()
    note: Bilingual = field(default_factory=dict)
    status: Status = "testing"
    required: tuple[str, ...] = ()
    is_abstract: bool = False

    @property
    def is_minted(self) -> bool:
        """Whether this word is ours, in the namespace cdp."""
        return self.iri.startswith(CDP)


class Shape(enum.Enum):
    """The kinds of value a field may hold."""

    REF = "ref"
    TEXT = "text"
    MOMENT = "moment"
    TRUTH = "truth"
    COUNT = "count"
    NUMBER = "number"
    WORD = "word"


_SHAPES: dict[object, Shape] = {
    Ref: Shape.REF,
    Text: Shape.TEXT,
    datetime: Shape.MOMENT,
    bool: Shape.TRUTH,
    int: Shape.COUNT,
    float: Shape.NUMBER,
    str: Shape.WORD,
}


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A field of a class with its Term: `name` in Python, `key` on the wire, the `shape` of a value, one or many."""

    name: str
    key: str
    term: Term
    shape: Shape
    is_many: bool

    @property
    def has_map(self) -> bool:
        """Whether a text of this slot travels as a plain value beside a map by language (`name`, `nameMap`)."""
        return self.shape is Shape.TEXT and not self.term.container

    @property
    def coercion(self) -> str:
        """What a context says of the value: "@id", "@vocab", a datatype, or "" for nothing."""
        if self.term.is_uncoerced:
            return ""
        if self.shape is Shape.REF:
            return "@vocab" if self.term.words else "@id"
        return self.term.datatype


def camel(name: str) -> str:
    """The name of a Python field as a key in JSON: attributed_to → attributedTo, context_ → context."""
    head, *rest = name.strip("_").split("_")
    return head + "".join(part.capitalize() for part in rest)


def slots_of(cls: type) -> tuple[Slot, ...]:
    """Every slot of a class, those of the classes above first; a field declared again takes the place of the older one."""
    return _SLOTS.get(cls) or _SLOTS.setdefault(cls, _slots(cls))


_SLOTS: dict[type, tuple[Slot, ...]] = {}


def _slots(cls: type) -> tuple[Slot, ...]:
    slots: dict[str, Slot] = {}
    for layer in reversed(cls.__mro__):
        slots |= {slot.name: slot for slot in own_slots(layer)}
    return tuple(slots.values())


@cache
def own_slots(cls: type) -> tuple[Slot, ...]:
    """The slots that this class itself declares."""
    if cls.__module__ in {"builtins", "abc", "typing"}:
        return ()
    hints = inspect.get_annotations(cls, eval_str=True)
    return tuple(slot for name, hint in hints.items() if (slot := _slot(name, hint)) is not None)


def _slot(name: str, hint: object) -> Slot | None:
    if get_origin(hint) is not Annotated:
        return None
    value, *extras = get_args(hint)
    term = next((extra for extra in extras if isinstance(extra, Term)), None)
    if term is None:
        return None
    is_many = get_origin(value) is tuple
    parts = get_args(value) if is_many or isinstance(value, UnionType) else (value,)
    shape = next(_SHAPES[part] for part in parts if part in _SHAPES)
    return Slot(name=name, key=term.key or camel(name), term=term, shape=shape, is_many=is_many)
