"""The ontology in JSON-LD, for programs that read JSON: what the Turtle says, one entry per word. Spec: JSON-LD 1.1."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat

from vocab.namespaces import RDF, XSD
from vocab.ontology import ALL_PREFIXES, name, ontology

#: A word's text by language, its links to other words, and its dates: what the context has to say of a property.
_BY_LANGUAGE = {"@container": "@language"}
_LINK = {"@type": "@id"}


def ontology_jsonld() -> str:
    """The whole ontology as JSON text, words in the order of the Turtle."""
    entries: dict[str, dict[str, Any]] = {}
    terms: dict[str, dict[str, str]] = {}
    for triple in pyoxigraph.parse(ontology().encode(), format=RdfFormat.TURTLE):
        if not isinstance(triple.subject, NamedNode):
            raise TypeError(f"{triple.subject} has no name, and every word has one.")
        entry = entries.setdefault(triple.subject.value, {"@id": _short(triple.subject.value)})
        if triple.predicate.value == f"{RDF}type":
            entry.setdefault("@type", []).append(_short(triple.object.value))
            continue
        key = _short(triple.predicate.value)
        terms.setdefault(key, {"@id": key, **_say(triple.object)})
        _add(entry, key, triple.object)
    document = {
        "@context": {**dict(sorted(ALL_PREFIXES.items())), **dict(sorted(terms.items()))},
        "@graph": list(entries.values()),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _say(value: object) -> dict[str, str]:
    if isinstance(value, NamedNode):
        return _LINK
    if isinstance(value, Literal) and value.language:
        return _BY_LANGUAGE
    if isinstance(value, Literal) and value.datatype.value != f"{XSD}string":
        return {"@type": _short(value.datatype.value)}
    return {}


def _add(entry: dict[str, Any], key: str, value: object) -> None:
    """Texts by language become a map; what is said several times becomes an array."""
    if isinstance(value, Literal) and value.language:
        entry.setdefault(key, {})[value.language] = value.value
        return
    said = _short(value.value) if isinstance(value, NamedNode) else value.value  # type: ignore[attr-defined]
    if key not in entry:
        entry[key] = said
    elif isinstance(entry[key], list):
        entry[key].append(said)
    else:
        entry[key] = [entry[key], said]


def _short(iri: str) -> str:
    """With its prefix where there is one, bare of the brackets of Turtle elsewhere."""
    return name(iri).removeprefix("<").removesuffix(">")
