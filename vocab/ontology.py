"""The ontology of our vocabulary in Turtle: every minted class and property, derived from the typed things."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vocab.namespaces import AS, CDP, OWL, PREFIXES, RDF, RDFS, SCHEMA, XSD, compact
from vocab.terms import Bilingual, Shape, Slot, Term, own_slots
from vocab.thing import Thing
from vocab.types import all_slots, all_types

#: The version of the vocabulary; a change of meaning is a new major version, and a new context.
VERSION = "1.2.0"
#: The version given out before it.
PRIOR = "1.1.0"
ISSUED = "2026-11-22"
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
DOCUMENT = CDP.removesuffix("#")

_MORE_PREFIXES = {
    "as": AS,
    "owl": OWL,
    "rdf": RDF,
    "rdfs": RDFS,
    "vann": "http://purl.org/vocab/vann/",
    "vs": "http://www.w3.org/2003/06/sw-vocab-status/ns#",
    "xsd": XSD,
}
#: Every prefix that the ontology is written with.
ALL_PREFIXES = {**PREFIXES, **_MORE_PREFIXES}
_TITLE = {"fr": "Vocabulaire des communautés de pratique fédérées", "en": "Vocabulary of federated communities of practice"}
_ABOUT = {
    "fr": "Petit vocabulaire ouvert, en complément d’ActivityStreams 2.0 : la vie et le répertoire de communautés de pratique.",
    "en": "Small open vocabulary, complementing ActivityStreams 2.0: the life and repertoire of communities of practice.",
}


def ontology() -> str:
    """The whole ontology as Turtle text, in an order that does not change from one run to the next."""
    classes = [_class(cls) for cls in minted_types()]
    properties = [_property(slot) for slot in minted_slots()]
    return "\n\n".join([prefixes(), _header(), *classes, *properties]) + "\n"


def minted_types() -> list[type[Thing]]:
    """The classes that are ours, sorted by name."""
    return [cls for cls in all_types() if cls.ABOUT.is_minted]


def minted_slots() -> list[Slot]:
    """The properties that are ours, each once, sorted by key."""
    return list({slot.term.iri: slot for slot in all_slots() if slot.term.is_minted}.values())


def owners(iri: str) -> list[type[Thing]]:
    """The classes that declare a property themselves."""
    return [cls for cls in all_types() if any(slot.term.iri == iri for slot in declared_by(cls))]


def declared_by(cls: type) -> tuple[Slot, ...]:
    """The slots that a class declares itself, and not those it inherits."""
    return own_slots(cls)


def prefixes(extra: Iterable[tuple[str, str]] = ()) -> str:
    """The @prefix lines of a Turtle document, sorted."""
    every = sorted({**ALL_PREFIXES, **dict(extra)}.items())
    return "\n".join(["# SPDX-License-Identifier: CC0-1.0", *(f"@prefix {name}: <{iri}> ." for name, iri in every)])


def name(iri: str) -> str:
    """An IRI as Turtle writes it: with a prefix where we have one."""
    for prefix, namespace in _MORE_PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    short = compact(iri)
    return short if short != iri else f"<{iri}>"


def literal(text: str, language: str = "") -> str:
    """A text as Turtle writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"' + (f"@{language}" if language else "")


def in_both(texts: Bilingual) -> str:
    """A text in French and English as Turtle writes it."""
    return " , ".join(literal(texts[language], language) for language in ("fr", "en") if language in texts)


def statement(subject: str, facts: Sequence[tuple[str, str]]) -> str:
    """One subject with its facts, the empty ones left out."""
    return f"{subject} " + " ;\n    ".join(f"{verb} {what}" for verb, what in facts if what) + " ."


def classes_above(cls: type[Thing]) -> list[str]:
    """The IRIs of the super-classes: our own, what it travels as, and the alignments of others."""
    about = cls.ABOUT
    mothers = [layer.__dict__["ABOUT"] for layer in cls.__mro__[1:] if "ABOUT" in layer.__dict__]
    mother = next((found.iri for found in mothers if not found.is_abstract), "")
    carrier = f"{AS}Object" if about.types else f"{AS}{about.type}" if about.type else ""
    found = [mother if not mother.startswith(AS) else "", carrier, *about.above]
    return list(dict.fromkeys(iri for iri in found if iri))


def _header() -> str:
    return statement(
        f"<{DOCUMENT}>",
        [
            ("a", "owl:Ontology"),
            ("dcterms:title", in_both(_TITLE)),
            ("dcterms:description", in_both(_ABOUT)),
            ("dcterms:license", f"<{LICENCE}>"),
            ("dcterms:issued", f'"{ISSUED}"^^xsd:date'),
            ("vann:preferredNamespacePrefix", '"cdp"'),
            ("vann:preferredNamespaceUri", f'"{CDP}"'),
            ("owl:versionIRI", f"<{DOCUMENT}/{VERSION}>"),
            ("owl:versionInfo", f'"{VERSION}"'),
            ("owl:priorVersion", f"<{DOCUMENT}/{PRIOR}>"),
        ],
    )


def _class(cls: type[Thing]) -> str:
    about = cls.ABOUT
    return statement(
        name(about.iri),
        [
            ("a", "rdfs:Class , owl:Class"),
            ("rdfs:label", in_both(about.label)),
            ("skos:definition", in_both(about.definition)),
            ("skos:scopeNote", in_both(about.note)),
            ("rdfs:subClassOf", _names(classes_above(cls))),
            ("skos:closeMatch", _names(about.close_to)),
            ("skos:relatedMatch", _names(about.related_to)),
            ("vs:term_status", literal(about.status)),
            ("rdfs:isDefinedBy", f"<{DOCUMENT}>"),
        ],
    )


def _property(slot: Slot) -> str:
    term = slot.term
    return statement(
        name(term.iri),
        [
            ("a", " , ".join(["rdf:Property", *_kinds(slot)])),
            ("rdfs:label", in_both(term.label)),
            ("skos:definition", in_both(term.definition)),
            ("skos:scopeNote", in_both(term.note)),
            ("rdfs:subPropertyOf", _names(term.narrows)),
            ("rdfs:range", _names(_ranges(term))),
            (name(f"{SCHEMA}domainIncludes"), _names(cls.ABOUT.iri for cls in owners(term.iri))),
            ("skos:closeMatch", _names(term.close_to)),
            ("skos:relatedMatch", _names(term.related_to)),
            ("vs:term_status", literal(term.status)),
            ("rdfs:isDefinedBy", f"<{DOCUMENT}>"),
        ],
    )


def _kinds(slot: Slot) -> list[str]:
    if slot.shape is Shape.REF:
        return ["owl:ObjectProperty"]
    return ["owl:DatatypeProperty"] if slot.term.datatype else []


def _ranges(term: Term) -> Sequence[str]:
    """A range is a promise to every reasoner: said only where there is one, since two would mean both at once."""
    if term.datatype:
        return (term.datatype,)
    return term.ranges if len(term.ranges) == 1 else ()


def _names(iris: Iterable[str]) -> str:
    return " , ".join(name(iri) for iri in iris)
