"""Parts of what is published, as Turtle or JSON-LD: one word of the ontology, one concept, one scheme, the whole.

Spec: SKOS Reference §4. Spec: JSON-LD 1.1.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from vocab import concepts
from vocab.lexicon import Word
from vocab.namespaces import CONCEPTS, RDF, RDFS, SHACL, SKOS
from vocab.ontology import ALL_PREFIXES
from vocab.terms import LANGUAGES, Bilingual

PUBLISHED = Path(__file__).parent / "published"
_PREFIXES = {**ALL_PREFIXES, "sh": SHACL}


def of_word(word: Word) -> list[Triple]:
    """What the ontology says of a word; of a word of others, how we use it."""
    return about(_file("ontology"), word.iri) or _as_used(word)


def of_concept(iri: str) -> list[Triple]:
    """What its scheme says of a concept, and to which scheme it belongs; empty for one that is not ours."""
    found = concepts.concept(iri)
    return about(_file(_name(found.scheme)), iri) if found else []


def of_scheme(name: str) -> list[Triple]:
    """A whole scheme; raises KeyError for one that is not ours."""
    concepts.document(name)
    return list(_file(name))


def of_document(name: str) -> list[Triple]:
    """A published document: "ontology" or "shapes"."""
    return list(_file(name))


def scheme_definition(name: str) -> Bilingual:
    """What a scheme of ours is for, by language; raises KeyError for one that is not ours."""
    wanted = (NamedNode(f"{CONCEPTS}{name}/"), NamedNode(f"{SKOS}definition"))
    said = [triple.object for triple in of_scheme(name) if (triple.subject, triple.predicate) == wanted]
    return {text.language: text.value for text in said if isinstance(text, Literal) and text.language}


@functools.cache
def shapes_by_word() -> Mapping[str, tuple[str, ...]]:
    """The names of the shapes that hold a thing to something, by the IRI of the class or property that they speak of, sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    parts = {triple.object: triple.subject for triple in _file("shapes") if triple.predicate == NamedNode(f"{SHACL}property")}
    for triple in _file("shapes"):
        shape = parts.get(triple.subject, triple.subject)
        speaks = triple.predicate.value in {f"{SHACL}path", f"{SHACL}targetClass"}
        if speaks and isinstance(shape, NamedNode) and isinstance(triple.object, NamedNode):
            found[triple.object.value].add(shape.value.rpartition("#")[2])
    return {iri: tuple(sorted(names)) for iri, names in found.items()}


def turtle(found: Sequence[Triple]) -> bytes:
    """Statements in Turtle, with the prefixes that they use: the same bytes each time, for the sake of caches."""
    text = "".join(map(str, found))
    used = {name: iri for name, iri in _PREFIXES.items() if f"<{iri}" in text}
    written = (pyoxigraph.serialize(found, format=RdfFormat.TURTLE, prefixes=used) or b"").splitlines(keepends=True)
    head = [line for line in written if line.startswith(b"@prefix ")]
    return b"".join((*sorted(head), *written[len(head) :]))  # Oxigraph declares them in an order of its own


def json_ld(found: Sequence[Triple]) -> bytes:
    """Statements in expanded JSON-LD: no context is needed to read them."""
    return pyoxigraph.serialize(found, format=RdfFormat.JSON_LD) or b""


def about(statements: Iterable[Triple], iri: str) -> list[Triple]:
    """The statements about one subject, and about the unnamed ones that it leads to."""
    by_subject: dict[object, list[Triple]] = defaultdict(list)
    for triple in statements:
        by_subject[triple.subject].append(triple)
    found: list[Triple] = []
    waiting: list[object] = [NamedNode(iri)]
    for subject in waiting:
        found += by_subject[subject]
        waiting += [triple.object for triple in by_subject[subject] if isinstance(triple.object, BlankNode)]
    return found


@functools.lru_cache(maxsize=64)
def _file(name: str) -> tuple[Triple, ...]:
    text = (PUBLISHED / f"{name}.ttl").read_bytes() if name in {"ontology", "shapes"} else concepts.document(name)
    quads = pyoxigraph.parse(text, format=RdfFormat.TURTLE)
    return tuple(Triple(quad.subject, quad.predicate, quad.object) for quad in quads)


def _name(scheme: str) -> str:
    return scheme.removeprefix(CONCEPTS).rstrip("/")


def _as_used(word: Word) -> list[Triple]:
    """What we say of a word of others: the label and the definition that we use it with, never what it is."""
    subject = NamedNode(word.iri)
    kind = f"{RDFS}Class" if word.cls else f"{RDF}Property"
    texts: Mapping[str, Bilingual] = {f"{RDFS}label": word.label, f"{SKOS}scopeNote": word.definition}
    said = [
        Triple(subject, NamedNode(predicate), Literal(text[language], language=language))
        for predicate, text in texts.items()
        for language in LANGUAGES
        if language in text
    ]
    return [Triple(subject, NamedNode(f"{RDF}type"), NamedNode(kind)), *said]
