"""The shapes of what we publish, in SHACL, derived from the typed things and from the tables of check.py."""

from __future__ import annotations

from vocab.check import FEWEST, FEWEST_PEOPLE, PEOPLE, PEOPLE_COUNTS, RANGES, SHOWN_BY
from vocab.namespaces import AS, CONCEPTS, SHACL
from vocab.ontology import declared_by, in_both, name, prefixes, statement
from vocab.terms import Shape, Slot, slots_of
from vocab.thing import Thing
from vocab.types import all_types, key_of, required_of

SHAPES = "https://w3id.org/cdp/shapes#"

#: What a table cannot say, by the class it is about.
_BESIDES = {
    "Event": "sh:property [ sh:path as:startTime ; sh:lessThan as:endTime ]",
    "Notebook": "sh:not [ sh:property [ sh:path as:items ; sh:minCount 1 ] ]",
    "Mapping": (
        "sh:property [ sh:path as:relationship ; "
        "sh:in ( skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch ) ]"
    ),
    "IntersectionBasis": (
        f"sh:or ( [ sh:not [ sh:property [ sh:path cdp:basisKind ; sh:hasValue <{PEOPLE}> ] ] ]\n"
        f"        [ sh:property [ sh:path cdp:sharedCount ; sh:minCount 1 ; sh:minInclusive {FEWEST_PEOPLE} ] ; "
        "sh:property [ sh:path cdp:sharedItem ; sh:maxCount 0 ] ] )"
    ),
}
_DATATYPES = (Shape.MOMENT, Shape.COUNT, Shape.NUMBER, Shape.TRUTH)


def shapes() -> str:
    """One shape for every class that has a name of its own beside ActivityStreams, as Turtle text."""
    found = [_shape(cls) for cls in all_types() if not cls.ABOUT.is_abstract and not cls.ABOUT.iri.startswith(AS)]
    return "\n\n".join([prefixes([("s", SHAPES), ("sh", SHACL)]), *found]) + "\n"


def _shape(cls: type[Thing]) -> str:
    needed = {slot.name for slot in required_of(cls)} | set(SHOWN_BY.get(cls.TYPE, ()))
    own = {slot.name for slot in declared_by(cls)}
    carrier = name(f"{AS}{cls.TYPE}") if cls.TYPE and not cls.ABOUT.types and key_of(cls) != cls.TYPE else ""
    constraints = [
        ("sh:property", _constraint(slot, is_needed=slot.name in needed))
        for slot in slots_of(cls)
        if slot.name in needed or slot.name in own or slot.term.is_minted
    ]
    besides = [text for layer in reversed(cls.__mro__) if (text := _BESIDES.get(layer.__name__))]
    return statement(
        f"s:{key_of(cls)}",
        [
            ("a", "sh:NodeShape"),
            ("sh:targetClass", name(cls.ABOUT.iri)),
            ("sh:name", in_both(cls.ABOUT.label)),
            ("sh:class", carrier),
            *constraints,
            *(tuple(text.split(" ", maxsplit=1)) for text in besides),  # type: ignore[list-item]
        ],
    )


def _constraint(slot: Slot, *, is_needed: bool) -> str:
    term = slot.term
    fewest = FEWEST.get(term.iri, 1) if is_needed else 0
    parts = [f"sh:path {name(term.iri)}", f"sh:name {in_both(term.label)}"]
    parts += [f"sh:minCount {fewest}"] if fewest else []
    parts += _form(slot)
    if term.iri in RANGES:
        least, greatest = RANGES[term.iri]
        parts += [f"sh:minInclusive {least}", f"sh:maxInclusive {greatest}"]
    if term.schemes:
        parts.append(f'sh:pattern "^{CONCEPTS}({"|".join(term.schemes)})/"')
    if term.iri in PEOPLE_COUNTS:
        parts.append(f"sh:minInclusive {FEWEST_PEOPLE}")
    return f"[ {' ; '.join(parts)} ]"


def _form(slot: Slot) -> list[str]:
    """How many values, and of what form: one per language for a text, else one where the field holds one."""
    if slot.shape is Shape.TEXT:
        return [] if slot.is_many else ["sh:uniqueLang true"]
    parts = [] if slot.is_many else ["sh:maxCount 1"]
    if slot.shape is Shape.REF:
        parts.append("sh:nodeKind sh:BlankNodeOrIRI")  # what has only a name is embedded without an address
    elif slot.shape in _DATATYPES and slot.term.datatype:
        parts.append(f"sh:datatype {name(slot.term.datatype)}")
    return parts
