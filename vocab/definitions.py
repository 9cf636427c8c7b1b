"""The context of our vocabulary, derived from the terms: whole for publishing, pruned for one document."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from vocab.jsonld_contexts import terms_at
from vocab.namespaces import AS, AS_CONTEXT, LDP, PREFIXES, RDF, SECURITY, SECURITY_CONTEXT, compact
from vocab.terms import Slot
from vocab.types import all_slots, all_types, key_of, remembered

#: What a key stands for: an IRI, or a definition with @id, @type, @container.
Definition = str | dict[str, str]

KIND = "kind"
RDF_TYPE = RDF + "type"


def definitions_of(slot: Slot) -> dict[str, Definition]:
    """What a context says of a slot: one key, and a second one ending in Map for a text that also travels by language."""
    iri = compact(slot.term.iri)
    extras = {"@type": slot.coercion} if slot.coercion else {}
    if slot.term.container:
        extras["@container"] = slot.term.container
    found: dict[str, Definition] = {slot.key: {"@id": iri, **extras} if extras else iri}
    if slot.has_map:
        found[slot.key + "Map"] = {"@id": iri, "@container": "@language"}
    return found | {word: compact(meaning) for word, meaning in slot.term.words.items()}


@cache
def given() -> dict[str, str]:
    """Keys that need no definition of ours, and the context that has them: ActivityStreams, or security for its own."""
    found = dict.fromkeys(terms_at(SECURITY_CONTEXT), SECURITY_CONTEXT)
    return found | dict.fromkeys(terms_at(AS_CONTEXT), AS_CONTEXT)


def source_of(slot: Slot) -> str:
    """The address of the context that defines the slot's key already; "" when we must."""
    source = given().get(slot.key, "")
    if slot.term.iri.startswith(SECURITY):
        return source if source == SECURITY_CONTEXT else ""
    return source if source == AS_CONTEXT and slot.term.iri.startswith((AS, LDP)) else ""


@remembered
def definitions() -> dict[str, Definition]:
    """Every definition of ours by key, without prefixes: `kind`, the types, then the properties; sorted by key within."""
    found: dict[str, Definition] = {KIND: {"@id": "rdf:type", "@type": "@vocab"}}
    for cls in all_types():
        if not cls.ABOUT.is_abstract and key_of(cls) not in given():
            found[key_of(cls)] = compact(cls.ABOUT.iri)
    for slot in all_slots():
        if not source_of(slot):
            found |= definitions_of(slot)
    return found


def context() -> dict[str, Definition]:
    """The whole context of our vocabulary: what `https://w3id.org/cdp/context/v1` answers inside `@context`."""
    return with_prefixes(definitions())


def pruned(keys: Iterable[str]) -> dict[str, Definition]:
    """The definitions of these keys and the prefixes that they need; keys that are not ours are left out."""
    wanted = frozenset(keys)
    return with_prefixes({key: value for key, value in definitions().items() if key in wanted})


def with_prefixes(found: dict[str, Definition]) -> dict[str, Definition]:
    """The definitions with the prefixes they use in front."""
    words = [word for value in found.values() for word in (value.values() if isinstance(value, dict) else (value,))]
    used = {word.partition(":")[0] for word in words}
    return {**{name: iri for name, iri in PREFIXES.items() if name in used}, **found}
