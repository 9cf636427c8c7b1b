"""What travels, as JSON Schema: for programs that read JSON and no RDF. Derived from the typed things and from check.py.

Spec: JSON Schema 2020-12.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from vocab.check import FEWEST, FEWEST_PEOPLE, MATCHES, PEOPLE, PEOPLE_COUNTS, RANGES, SHOWN_BY
from vocab.definitions import KIND
from vocab.namespaces import CONCEPTS, XSD, compact
from vocab.ontology import LICENCE, VERSION, declared_by
from vocab.terms import Shape, Slot, Term, slots_of
from vocab.thing import Thing
from vocab.types import all_types, key_of, registry

ADDRESS = f"{CONCEPTS}schema"

Schema = dict[str, Any]

#: The forms a value may take, by name under $defs; lower case, so that none is mistaken for a class.
_FORMS: dict[str, Schema] = {
    "address": {"type": "string", "minLength": 1, "format": "iri-reference"},
    "link": {"anyOf": [{"$ref": "#/$defs/address"}, {"type": "object", "minProperties": 1}]},
    "moment": {
        "type": "string",
        "format": "date-time",
        "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$",
    },
    "text": {"type": "string"},
    "texts": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]},
    "byLanguage": {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$|^und$|^@none$"},
        "additionalProperties": {"$ref": "#/$defs/texts"},
    },
    "tagged": {
        "type": "object",
        "properties": {"@value": {"type": "string"}, "@language": {"type": "string"}},
        "required": ["@value"],
        "additionalProperties": False,
    },
    "labels": {
        "anyOf": [
            {"$ref": "#/$defs/byLanguage"},
            {"type": "string"},
            {"type": "array", "items": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/tagged"}]}, "minItems": 1},
        ]
    },
}


def json_schema() -> str:
    """The whole schema as JSON text: a thing is held to what its `type` and each of its kinds ask for."""
    named = [cls for cls in all_types() if not cls.ABOUT.is_abstract]
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ADDRESS,
        "$comment": f"CDP {VERSION}. {LICENCE}",
        "title": "CDP",
        "description": "Things of communities of practice as they travel, in ActivityStreams.",
        "type": "object",
        "properties": {
            "@context": {"type": ["string", "array", "object"]},
            "id": {"$ref": "#/$defs/address"},
            "type": {"type": "string", "minLength": 1},
            KIND: _one_or_many({"type": "string", "minLength": 1}),
        },
        "anyOf": [{"required": ["type"]}, {"required": [KIND]}],
        "allOf": [*map(_held, named), *map(_shown, SHOWN_BY)],
        "$defs": {**_FORMS, **{cls.__name__: _class(cls) for cls in _layers(all_types())}},
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _layers(classes: Iterable[type[Thing]]) -> list[type[Thing]]:
    """These classes and the ones above them that declare words, sorted by name."""
    found = {layer for cls in classes for layer in cls.__mro__ if issubclass(layer, Thing) and layer is not Thing}
    return sorted(found, key=lambda cls: cls.__name__)


def _held(cls: type[Thing]) -> Schema:
    """A thing that names this class is held to it."""
    key = key_of(cls)
    said = (
        {"properties": {"type": {"const": key}}, "required": ["type"]}
        if key == cls.TYPE
        else {"properties": {KIND: _contains(key)}, "required": [KIND]}
    )
    return {"if": said, "then": {"$ref": f"#/$defs/{cls.__name__}"}}


def _contains(key: str) -> Schema:
    return {"anyOf": [{"const": key}, {"type": "array", "contains": {"const": key}}]}


def _class(cls: type[Thing]) -> Schema:
    """What a class asks for itself; what the ones above it ask for comes by reference."""
    about = cls.__dict__.get("ABOUT")
    above = [{"$ref": f"#/$defs/{layer.__name__}"} for layer in cls.__bases__ if issubclass(layer, Thing) and layer is not Thing]
    told = {"title": about.label["en"], "description": about.definition["en"], "$comment": about.iri} if about else {}
    needed = _needed(cls, about.required if about else ())
    properties = {key: schema for slot in declared_by(cls) for key, schema in _property(slot).items()}
    return {
        **told,
        "type": "object",  # or an array of parts would pass for a part
        **({"properties": properties} if properties else {}),
        **({"allOf": parts} if (parts := [*above, *needed, *_BESIDES.get(cls.__name__, ())]) else {}),
    }


def _needed(cls: type[Thing], names: Collection[str]) -> list[Schema]:
    """What must be there; a text may come plain or by language."""
    slots = [slot for slot in slots_of(cls) if slot.name in names]
    plain = [slot.key for slot in slots if not slot.has_map]
    either = [{"anyOf": [{"required": [slot.key]}, {"required": [f"{slot.key}Map"]}]} for slot in slots if slot.has_map]
    return [*([{"required": plain}] if plain else []), *either]


def _shown(type_: str) -> Schema:
    """What plain ActivityPub software needs to show a thing of this type."""
    needed = _needed(registry().by_key[type_], SHOWN_BY[type_])
    return {"if": {"properties": {"type": {"const": type_}}, "required": ["type"]}, "then": {"allOf": needed}}


def _property(slot: Slot) -> dict[str, Schema]:
    told: Schema = {"title": slot.term.label["en"], "description": slot.term.definition["en"]}
    if slot.shape is Shape.TEXT:
        plain = "labels" if slot.term.container else "texts" if slot.is_many else "text"
        found = {slot.key: {**told, "$ref": f"#/$defs/{plain}"}}
        return found | ({f"{slot.key}Map": {"$ref": "#/$defs/byLanguage"}} if slot.has_map else {})
    value = _value(slot)
    if slot.is_many:
        value = _one_or_many(value, fewest=FEWEST.get(slot.term.iri, 1))
    return {slot.key: {**told, **value}}


def _value(slot: Slot) -> Schema:
    if slot.shape is Shape.REF:
        return _link(slot.term)
    if slot.shape is Shape.MOMENT:
        return {"$ref": "#/$defs/moment"}
    return {"type": _PLAIN.get(slot.shape, "string"), **_bounds(slot.term)}


def _link(term: Term) -> Schema:
    """An address, a concept of ours, a word, or a thing that came along."""
    if term.schemes:
        return {"type": "string", "pattern": f"^{CONCEPTS}({'|'.join(term.schemes)})/"}
    if term.words:
        return {"anyOf": [{"enum": sorted(term.words)}, {"$ref": "#/$defs/link"}]}
    if term.of:
        return {"anyOf": [{"$ref": "#/$defs/address"}, {"$ref": f"#/$defs/{registry().by_key[term.of].__name__}"}]}
    return {"$ref": "#/$defs/link"}


def _bounds(term: Term) -> Schema:
    if term.iri in RANGES:
        least, greatest = RANGES[term.iri]
        return {"minimum": least, "maximum": greatest}
    if term.iri in PEOPLE_COUNTS:
        return {"minimum": FEWEST_PEOPLE}
    return {"minimum": 0} if term.datatype == f"{XSD}nonNegativeInteger" else {}


def _one_or_many(value: Schema, fewest: int = 1) -> Schema:
    """An array, or where one value is enough that value alone."""
    many = {"type": "array", "items": value, **({"minItems": fewest} if fewest > 1 else {})}
    return many if fewest > 1 else {"anyOf": [value, many]}


_PLAIN = {Shape.TRUTH: "boolean", Shape.COUNT: "integer", Shape.NUMBER: "number"}

#: What no table says, by the class it is about: the rules of check.py.
_BESIDES: dict[str, list[Schema]] = {
    "Article": [{"not": {"anyOf": [{"required": [key]} for key in ("items", "orderedItems", "totalItems")]}}],
    "Note": [
        {
            "if": {"anyOf": [{"required": ["summary"]}, {"required": ["summaryMap"]}]},
            "then": {"properties": {"sensitive": {"const": True}}, "required": ["sensitive"]},
        }
    ],
    "Mapping": [{"properties": {"relationship": {"enum": [*MATCHES, *map(compact, MATCHES)]}}}],
    "IntersectionBasis": [
        {
            "if": {"properties": {"basisKind": {"const": PEOPLE}}, "required": ["basisKind"]},
            "then": {
                "properties": {"sharedCount": {"minimum": FEWEST_PEOPLE}},
                "required": ["sharedCount"],
                "not": {"required": ["sharedItem"]},
            },
        }
    ],
}
