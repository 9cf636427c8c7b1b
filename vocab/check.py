"""Whether a thing is well-formed: a list of problems, each with the property and the reason. What we publish has none.

Foreign things need not pass: this is for what a node writes itself, and for tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from vocab import concepts
from vocab.namespaces import AS, CDP, CONCEPTS, PUBLIC, PUBLIC_FORMS, SKOS, SSSOM, XSD
from vocab.terms import Slot, slots_of
from vocab.thing import Thing
from vocab.types import required_of
from vocab.values import Ref

#: Fewer people than this are never counted in public.
FEWEST_PEOPLE = 5
#: The basis of an intersection that counts people.
PEOPLE = f"{CONCEPTS}fondements/personnes"

#: What plain ActivityPub software needs to show a thing, by the type it travels as.
SHOWN_BY: dict[str, tuple[str, ...]] = {
    "Article": ("name", "summary", "content", "url", "attributed_to", "published"),
    "Event": ("name", "summary", "content", "url", "attributed_to", "published"),
    "Page": ("name", "summary", "url", "attributed_to", "published"),
    "Note": ("content", "url", "attributed_to", "published"),
}
#: The least and the greatest value of a property.
RANGES: dict[str, tuple[float, float]] = {f"{CDP}strength": (0, 1), f"{SSSOM}confidence": (0, 1)}
#: Properties that need at least so many values.
FEWEST: dict[str, int] = {f"{CDP}between": 2}
#: Counts of people: below five they would tell who they are.
PEOPLE_COUNTS = frozenset({f"{CDP}respondentCount", "http://schema.org/ratingCount"})

#: What a mapping may say of two terms.
MATCHES = tuple(f"{SKOS}{name}" for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"))
_OF_COLLECTIONS = frozenset(f"{AS}{name}" for name in ("items", "orderedItems", "totalItems"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong: the property by its key on the wire ("basis[0].sharedCount"), and why."""

    property: str
    reason: str

    def __str__(self) -> str:
        return f"{self.property}: {self.reason}"


def problems(thing: Thing) -> list[Problem]:
    """Everything that is wrong with a thing and what is embedded in it; empty when it is well-formed."""
    return [problem for rule in (_missing, _values_out_of_range, _addresses, *_RULES) for problem in rule(thing)] + [
        replace(problem, property=f"{place}.{problem.property}")
        for place, embedded in _embedded(thing)
        for problem in problems(embedded)
    ]


def _missing(thing: Thing) -> Iterator[Problem]:
    needed = {slot.name for slot in required_of(type(thing))} | set(SHOWN_BY.get(thing.type, ()))
    for slot in slots_of(type(thing)):
        if slot.name in needed and not _is_filled(getattr(thing, slot.name)):
            yield Problem(property=slot.key, reason="is missing")


def _is_filled(value: object) -> bool:
    return value is not None and value not in ((), "")


def _values_out_of_range(thing: Thing) -> Iterator[Problem]:
    for slot in slots_of(type(thing)):
        value = getattr(thing, slot.name)
        if isinstance(value, tuple):
            if 0 < len(value) < FEWEST.get(slot.term.iri, 0):
                yield Problem(property=slot.key, reason=f"needs at least {FEWEST[slot.term.iri]} values")
        elif isinstance(value, int | float) and (reason := _out_of_range(slot, value)):
            yield Problem(property=slot.key, reason=reason)


def _out_of_range(slot: Slot, value: float) -> str:
    least, greatest = RANGES.get(slot.term.iri, (0, float("inf")))
    if slot.term.iri in RANGES and not least <= value <= greatest:
        return f"must lie between {least} and {greatest}"
    if slot.term.datatype == f"{XSD}nonNegativeInteger" and value < 0:
        return "may not be negative"
    if slot.term.iri in PEOPLE_COUNTS and value < FEWEST_PEOPLE:
        return f"is below the limit of privacy, {FEWEST_PEOPLE} people"
    return ""


def _addresses(thing: Thing) -> Iterator[Problem]:
    """Everybody is written in full, and a concept of our schemes exists."""
    for slot, ref in _refs(thing):
        if ref.iri in PUBLIC_FORMS - {PUBLIC}:
            yield Problem(property=slot.key, reason=f"must be written in full: {PUBLIC}")
        elif slot.term.schemes and not ref.iri.startswith(tuple(f"{CONCEPTS}{name}/" for name in slot.term.schemes)):
            yield Problem(property=slot.key, reason=f"must be a concept of {' or '.join(slot.term.schemes)}")
        elif _is_unknown_concept(ref.iri):
            yield Problem(property=slot.key, reason=f"{ref.iri} is no concept of our schemes")


def _is_unknown_concept(iri: str) -> bool:
    name = iri.removeprefix(CONCEPTS).partition("/")[0]
    return iri.startswith(CONCEPTS) and name in concepts.names() and concepts.label(iri, "fr") is None


def _refs(thing: Thing) -> Iterator[tuple[Slot, Ref]]:
    for slot in slots_of(type(thing)):
        value = getattr(thing, slot.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Ref):
                yield slot, part


def _embedded(thing: Thing) -> Iterator[tuple[str, Thing]]:
    """What this thing carries as its own: not the objects and actors that an activity merely shows."""
    for slot in slots_of(type(thing)):
        if not slot.term.of and slot.name not in _OWN_PARTS:
            continue
        value = getattr(thing, slot.name)
        parts = value if isinstance(value, tuple) else (value,)
        for place, part in enumerate(parts):
            if isinstance(part, Ref) and part.thing is not None:
                yield (f"{slot.key}[{place}]" if slot.is_many else slot.key), part.thing


_OWN_PARTS = frozenset({"basis", "measure", "entries", "attachment"})


def _has_kind(thing: Thing, key: str) -> bool:
    return key in thing.kind or any(layer.__name__ == key for layer in type(thing).__mro__)


def _note_has_no_summary(thing: Thing) -> Iterator[Problem]:
    if thing.type == "Note" and getattr(thing, "summary", None) and not getattr(thing, "is_sensitive", None):
        yield Problem(property="summary", reason="on a Note would be shown as a warning about its content")


def _article_is_no_collection(thing: Thing) -> Iterator[Problem]:
    if thing.type == "Article":
        for iri, _ in thing.unknown:
            if iri in _OF_COLLECTIONS:
                yield Problem(property=iri.removeprefix(AS), reason="would make it a Collection; put it into `entries`")


def _mapping_relates(thing: Thing) -> Iterator[Problem]:
    relation = getattr(thing, "relationship", None)
    if _has_kind(thing, "Mapping") and isinstance(relation, Ref) and relation.iri not in MATCHES:
        yield Problem(property="relationship", reason="must be a mapping property of SKOS, such as skos:closeMatch")


def _people_are_counted_only(thing: Thing) -> Iterator[Problem]:
    kind = getattr(thing, "basis_kind", None)
    if not isinstance(kind, Ref):
        return
    if kind.iri == PEOPLE:
        if getattr(thing, "shared_item", ()):
            yield Problem(property="sharedItem", reason="may never name people")
        if (getattr(thing, "shared_count", None) or 0) < FEWEST_PEOPLE:
            yield Problem(property="sharedCount", reason=f"is below the limit of privacy, {FEWEST_PEOPLE} people")


def _ends_after_it_starts(thing: Thing) -> Iterator[Problem]:
    start, end = getattr(thing, "start_time", None), getattr(thing, "end_time", None)
    if isinstance(start, datetime) and isinstance(end, datetime) and end <= start:
        yield Problem(property="endTime", reason="must be after startTime")


_RULES: tuple[Callable[[Thing], Iterator[Problem]], ...] = (
    _note_has_no_summary,
    _article_is_no_collection,
    _mapping_relates,
    _people_are_counted_only,
    _ends_after_it_starts,
)
