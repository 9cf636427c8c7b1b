"""Expanded JSON-LD to Things: which class, which field, and what is kept because we do not know it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from vocab import jsonld_values as values
from vocab.definitions import RDF_TYPE
from vocab.errors import TooLarge, WrongValue
from vocab.jsonld_limits import MAX_ID, Json
from vocab.namespaces import AS, LDP, PUBLIC, PUBLIC_FORMS, SECURITY
from vocab.terms import Shape, Slot, slots_of
from vocab.thing import Thing, made
from vocab.types import class_for, key_of, registry, remembered
from vocab.values import Ref, Text

#: Properties on which trust rests: a value that does not fit is refused, not kept aside.
_STRICT = frozenset({AS + "actor", AS + "object", AS + "target", AS + "attributedTo", LDP + "inbox", AS + "to", AS + "cc"})

#: What a node without a known type is, by a property that it has.
_SIGNS = (
    (AS + "actor", "Activity"),
    (LDP + "inbox", "Actor"),
    (AS + "href", "Link"),
    (SECURITY + "publicKeyPem", "CryptographicKey"),
)

_SINGLE: dict[Shape, Callable[[Any], object]] = {
    Shape.MOMENT: values.moment,
    Shape.TRUTH: values.truth,
    Shape.COUNT: values.count,
    Shape.NUMBER: values.number,
    Shape.WORD: values.word,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a property's values go in a class; `single` reads one that is no reference."""

    slot: Slot
    name: str
    is_text: bool
    is_many: bool
    is_strict: bool
    fallback: str
    single: Callable[[Any], object] | None


_PLACES: dict[type, dict[str, Place]] = {}


def _places(cls: type[Thing]) -> dict[str, Place]:
    """The places of a class by IRI, remembered."""
    found = _PLACES.get(cls)
    if found is None:
        found = _PLACES[cls] = {iri: _place(slot) for slot in slots_of(cls) for iri in (*slot.term.also, slot.term.iri)}
    return found


def _place(slot: Slot) -> Place:
    return Place(
        slot=slot,
        name=slot.name,
        is_text=slot.shape is Shape.TEXT,
        is_many=slot.is_many,
        is_strict=slot.term.iri in _STRICT,
        fallback=slot.term.of,
        single=_SINGLE.get(slot.shape),
    )


def thing(node: dict[str, Any], fallback: str = "") -> Thing:
    """The Thing that an expanded node says; `fallback` names the class of a node that says no type."""
    type_, kinds = _types(node)
    cls = _class_of(node, type_, kinds, fallback)
    iri = node.get("@id", "")
    if len(iri) > MAX_ID:
        raise TooLarge
    fields: dict[str, Any] = {"id": iri if values.is_address(iri) else "", "type": type_, "kind": kinds}
    unknown: list[tuple[str, str]] = []
    places = _places(cls)
    for name, found in node.items():
        if name[0] == "@" or name == RDF_TYPE:
            continue
        place = places.get(name)
        if place is None:
            name = values.respelled(name)  # noqa: PLW2901
            place = places.get(name)
        left = found if place is None else _fill(fields, place, found)
        if left:
            unknown.append((name, orjson.dumps(left, option=orjson.OPT_SORT_KEYS).decode()))
    if unknown:
        fields["unknown"] = tuple(sorted(unknown))
    return made(cls, fields)


def _fill(fields: dict[str, Json], place: Place, found: list[Json]) -> list[Json]:
    """Put the values that fit into the field; what does not fit comes back."""
    if place.name in fields:
        return found
    if len(found) == 1 and type(found[0]) is dict and "@list" in found[0]:
        found = found[0]["@list"]
    if place.is_text:
        return _fill_text(fields, place, found)
    read, left = _split(found, place)
    if left and place.is_strict:
        raise WrongValue(f"{place.slot.key} has a value that it may not have.")
    if read:
        fields[place.name] = tuple(read) if place.is_many else read[0]
    return left


def _split(found: list[Json], place: Place) -> tuple[list[object], list[Json]]:
    """The values that fit, one alone where the field holds one, and those that are left."""
    is_many, single = place.is_many, place.single
    read: list[object] = []
    left: list[Json] = []
    for value in found:
        fitting = None
        if is_many or not read:
            fitting = _ref(value, place.fallback) if single is None else single(value)
        if fitting is None:
            left.append(value)
        else:
            read.append(fitting)
    return read, left


def _fill_text(fields: dict[str, Json], place: Place, found: list[Json]) -> list[Json]:
    pairs: list[tuple[str, str]] = []
    left: list[Json] = []
    for value in found:
        pair = values.tagged(value)
        if pair is None:
            left.append(value)
        else:
            pairs.append(pair)
    if place.is_many:
        fields[place.name] = tuple(Text(entries=(pair,)) for pair in sorted(pairs, key=lambda pair: pair[0]))
    elif pairs:
        fields[place.name] = values.text(pairs)
    return left


def _ref(value: Json, fallback: str) -> Ref | None:
    """A pointer, with the thing where the value says more than an id; None for what points nowhere."""
    only = value.get("@id") if type(value) is dict and len(value) == 1 else None
    if type(only) is str and only.isascii() and "[" not in only and "]" not in only:  # nearly all of them
        return Ref(PUBLIC if only in PUBLIC_FORMS else only)
    iri = values.address(value)
    if type(value) is dict and "@value" not in value and "@list" not in value and len(value) > ("@id" in value):
        return Ref(iri or "", thing(value, fallback))
    return None if iri is None else Ref(iri)


def _types(node: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The one type and the kinds: the first ActivityStreams type leads, what else is said of its class follows."""
    said = node.get("@type", ())
    if len(said) == 1 and said[0] in _single_names() and RDF_TYPE not in node:
        return _single_names()[said[0]], ()
    names = [_name(iri) for iri in said]
    kinds = [_name(iri) for value in node.get(RDF_TYPE, ()) if (iri := values.address(value)) is not None]
    if not names:
        return _type_of_kinds(kinds), tuple(kinds)
    if len(names) == 1 and not _is_kind(names[0]):
        return names[0], tuple(kinds)
    leading = [name for name in names if not _is_kind(name)]
    lead = next((name for name in leading if name in registry().by_key), leading[0] if leading else "")
    rest = [name for name in names if name != lead]
    kinds = list(dict.fromkeys([*kinds, *rest]))
    return lead or _type_of_kinds(kinds), tuple(kinds)


def _is_kind(name: str) -> bool:
    """Whether a name is one of our classes that travels as something else."""
    cls = registry().by_key.get(name)
    return cls is not None and name in cls.KIND


def _type_of_kinds(kinds: list[str]) -> str:
    """The type that things of these kinds travel as, where none is said."""
    return next((cls.TYPE for kind in kinds if (cls := registry().by_key.get(kind)) is not None and cls.TYPE), "")


@remembered
def _names() -> dict[str, str]:
    return {cls.ABOUT.iri: key_of(cls) for cls in registry().types}


@remembered
def _single_names() -> dict[str, str]:
    """The names of the types that travel as themselves: where one is all that is said, nothing is left to find out."""
    return {iri: name for iri, name in _names().items() if not _is_kind(name)}


def _name(iri: str) -> str:
    """The short name of a type that we know; a bare word for one that nobody explained; else the IRI."""
    found = _names().get(iri)
    if found is not None:
        return found
    if iri.startswith("_:"):
        bare = iri.removeprefix("_:")
        return iri if bare in registry().by_key or ":" in bare else bare
    respelled = values.respelled(iri)
    if respelled.startswith(AS):
        return respelled.removeprefix(AS)
    return _names().get(respelled, respelled)


def _class_of(node: dict[str, Any], type_: str, kinds: tuple[str, ...], fallback: str) -> type[Thing]:
    cls = class_for(type_, kinds)
    if cls is not Thing:
        return cls
    if not type_ and not kinds and fallback:
        return registry().by_key[fallback]
    sign = next((name for iri, name in _SIGNS if iri in node), "Object")
    return registry().by_key[sign]
