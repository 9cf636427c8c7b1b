"""Three readers of JSON-LD that were not made together: what does each of them understand?"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import pyoxigraph
import rdflib
from pyld import jsonld as processor  # noqa: TID251 -- the other opinion
from rdflib.compare import to_canonical_graph

from vocab.definitions import context
from vocab.jsonld_contexts import known, terms_at
from vocab.namespaces import CDP_CONTEXT

Json = Any


def inlined(value: Json) -> Json:
    """The document with every context by address replaced by its pinned text: nothing is fetched."""
    if isinstance(value, list):
        return [inlined(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    return {key: _contexts(item) if key == "@context" else inlined(item) for key, item in value.items()}


def _contexts(found: Json) -> Json:
    parts = found if isinstance(found, list) else [found]
    return [_pinned(part) if isinstance(part, str) else part for part in parts]


def _pinned(url: str) -> dict[str, Any]:
    if url == CDP_CONTEXT:
        return dict(context())
    address = known(url)
    assert address, url
    return terms_at(address)


def _load(url: str, options: object) -> dict[str, Any]:
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": _pinned(url)}}


def expanded(document: Json) -> Json:
    """The expanded form, by PyLD."""
    return processor.expand(document, {"documentLoader": _load, "base": _base(document)})


def by_pyld(document: Json) -> rdflib.Graph:
    """The graph that PyLD gets."""
    options = {"format": "application/n-quads", "documentLoader": _load, "base": _base(document)}
    return rdflib.Graph().parse(data=processor.to_rdf(document, options), format="nt")


def by_rdflib(document: Json) -> rdflib.Graph:
    """The graph that rdflib gets."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # its own reader uses what it deprecates
        return rdflib.Graph().parse(data=json.dumps(inlined(document)), format="json-ld", base=_base(document) or None)


def by_oxigraph(document: Json) -> rdflib.Graph:
    """The graph that Oxigraph gets."""
    quads = pyoxigraph.parse(json.dumps(inlined(document)), format=pyoxigraph.RdfFormat.JSON_LD, base_iri=_base(document) or None)
    lines = pyoxigraph.serialize([quad.triple for quad in quads], format=pyoxigraph.RdfFormat.N_TRIPLES) or b""
    return rdflib.Graph().parse(data=lines, format="nt")


ENGINES: dict[str, Callable[[Json], rdflib.Graph]] = {"PyLD": by_pyld, "rdflib": by_rdflib, "Oxigraph": by_oxigraph}


def said(graph: rdflib.Graph) -> frozenset[tuple[str, str, str]]:
    """The statements in a form that two readers share: unnamed nodes named by what is said of them, numbers by their value."""
    alike = rdflib.Graph()
    for subject, predicate, value in graph:
        alike.add((subject, predicate, _alike(value)))
    return frozenset((s.n3(), p.n3(), o.n3()) for s, p, o in to_canonical_graph(alike))


def _alike(node: Any) -> Any:
    """A number by its value, a language in small letters, a text without its type: all may be written in several ways."""
    if isinstance(node, rdflib.Literal) and isinstance(node.value, float):
        return rdflib.Literal(repr(node.value), datatype=node.datatype)
    if isinstance(node, rdflib.Literal) and node.language:
        return rdflib.Literal(str(node), lang=node.language.lower())
    return rdflib.Literal(str(node)) if isinstance(node, rdflib.Literal) and node.datatype == rdflib.XSD.string else node


def _base(document: Json) -> str:
    return str(document.get("id", "")) if isinstance(document, Mapping) else ""
