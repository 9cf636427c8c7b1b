"""The concept schemes of schemes/, read once: concepts, their labels and definitions in French and English."""

from __future__ import annotations

import functools
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from vocab.values import Text

#: Every concept IRI is `BASE` + scheme name + "/" + slug.
BASE = "https://w3id.org/cdp/"

_FOLDER = Path(__file__).parent / "schemes"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One concept: `iri`, the IRI of its scheme, its texts by language, and the IRIs of what is broader.

    `other_labels` are (language, text) pairs; `notation` is the place in the scheme, as text. `note` says when to use it, and
    of a lever encourages; `example` gives one, of a lever a gesture of ten minutes.
    """

    iri: str
    scheme: str
    labels: Text
    definitions: Text
    notation: str
    other_labels: tuple[tuple[str, str], ...] = ()
    broader: tuple[str, ...] = ()
    note: Text | None = None
    example: Text | None = None

    @property
    def slug(self) -> str:
        """The last part of the IRI, unique within its scheme."""
        return self.iri.removeprefix(self.scheme)


def names() -> list[str]:
    """The names of all schemes, such as "roles", sorted."""
    return sorted({concept.scheme.removeprefix(BASE).rstrip("/") for concept in _shelf().values()})


def scheme(name: str) -> list[Concept]:
    """The concepts of a scheme in the order of their notation; empty for a scheme that is not ours."""
    wanted = f"{BASE}{name}/"
    found = [concept for concept in _shelf().values() if concept.scheme == wanted]
    return sorted(found, key=lambda concept: int(concept.notation))


def concept(iri: str) -> Concept | None:
    """The concept with this IRI, if it is one of ours."""
    return _shelf().get(iri)


def label(iri: str, language: str) -> str | None:
    """The label of a concept or of a scheme in `language` (else in French); None when the IRI is not ours."""
    text = _labels().get(iri)
    return text.in_language(language) if text else None


def find(label: str, scheme: str | None = None) -> Concept | None:
    """The concept with this IRI, slug, label or other label, accents and case aside; `scheme` is a scheme's name."""
    candidates = _index().get(_fold(label), ())
    wanted = None if scheme is None else f"{BASE}{scheme}/"
    return next((found for found in candidates if wanted in {None, found.scheme}), None)


def document(name: str) -> bytes:
    """The Turtle of a scheme, as it is published; raises KeyError for a scheme that is not ours."""
    if name not in names():
        raise KeyError(name)
    return (_FOLDER / f"{name}.ttl").read_bytes()


def _fold(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("’", "'"))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


@functools.cache
def _statements() -> Mapping[str, Mapping[str, list[tuple[str, str]]]]:
    """Subject → property → (language or "", value) pairs, over all schemes.

    Oxigraph reads all files in some 5 ms, rdflib in 150: a page must not wait for labels.
    """
    read: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted(_FOLDER.glob("*.ttl")):
        for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE):
            language = quad.object.language if isinstance(quad.object, pyoxigraph.Literal) else None
            read[_value(quad.subject)][_value(quad.predicate)].append((language or "", _value(quad.object)))
    return read


def _value(term: object) -> str:
    return str(getattr(term, "value", term))


@functools.cache
def _shelf() -> Mapping[str, Concept]:
    return {iri: _concept(iri, facts) for iri, facts in _statements().items() if facts.get(f"{_SKOS}inScheme")}


@functools.cache
def _labels() -> Mapping[str, Text]:
    return {iri: _text(facts[f"{_SKOS}prefLabel"]) for iri, facts in _statements().items()}


@functools.cache
def _index() -> Mapping[str, tuple[Concept, ...]]:
    exact: dict[str, list[Concept]] = defaultdict(list)
    other: dict[str, list[Concept]] = defaultdict(list)
    for found in _shelf().values():
        for key in {_fold(found.iri), _fold(found.slug), *(_fold(text) for _, text in found.labels.entries)}:
            exact[key].append(found)
        for _, text in found.other_labels:
            other[_fold(text)].append(found)
    return {key: (*exact.get(key, ()), *other.get(key, ())) for key in {*exact, *other}}


def _concept(iri: str, facts: Mapping[str, list[tuple[str, str]]]) -> Concept:
    def values(name: str) -> list[tuple[str, str]]:
        return facts.get(f"{_SKOS}{name}", [])

    return Concept(
        iri=iri,
        scheme=values("inScheme")[0][1],
        labels=_text(values("prefLabel")),
        definitions=_text(values("definition")),
        notation=values("notation")[0][1],
        other_labels=tuple(values("altLabel")),
        broader=tuple(value for _, value in values("broader")),
        note=_text(values("scopeNote")) if values("scopeNote") else None,
        example=_text(values("example")) if values("example") else None,
    )


def _text(pairs: Iterable[tuple[str, str]]) -> Text:
    """French leads, whatever the order in the file."""
    return Text(entries=tuple(sorted(pairs, key=lambda pair: _LANGUAGES.index(pair[0]))))
