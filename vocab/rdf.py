"""A thing as a graph: Turtle, N-Quads, expanded JSON-LD. Says exactly what the thing's wire form says, no more and no less.

Oxigraph reads the JSON-LD, with the pinned contexts put into the document first: nothing is fetched, and a note takes half a
millisecond. Spec: JSON-LD 1.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import orjson
import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from vocab import jsonld
from vocab.errors import VocabError
from vocab.jsonld_active import known_address, terms_of_context
from vocab.namespaces import AS, LDP, OWL, PREFIXES, RDF, XSD
from vocab.thing import Thing

if TYPE_CHECKING:
    import rdflib

_PREFIXES = {**PREFIXES, "as": AS, "ldp": LDP, "owl": OWL, "xsd": XSD, "sec": "https://w3id.org/security#"}
_TYPE = NamedNode(f"{RDF}type")
_FORMER_TYPE = NamedNode(f"{AS}formerType")
_FIRST = f"{RDF}first"
_REST = f"{RDF}rest"
_NIL = f"{RDF}nil"


def triples(thing: Thing) -> list[Triple]:
    """The statements of a thing, those about itself first, else sorted; blank nodes are named b0, b1… in reading order."""
    return triples_of(jsonld.write(thing), about=thing.id)


def triples_of(document: Mapping[str, Any], about: str = "") -> list[Triple]:
    """The statements of a JSON-LD document whose contexts are all pinned or inlined; VocabError when one is not."""
    try:
        quads = list(pyoxigraph.parse(orjson.dumps(_with_contexts(document)), format=RdfFormat.JSON_LD, base_iri=about or None))
    except (SyntaxError, ValueError) as fault:
        raise VocabError(f"This document is no JSON-LD: {fault}") from fault
    names: dict[BlankNode, BlankNode] = {}
    found = {
        Triple(_named(q.subject, names), q.predicate, _type_it_was(_named(q.object, names), q.predicate, about)) for q in quads
    }
    return sorted(found, key=lambda triple: _order(triple, about))


def turtle(thing: Thing) -> str:
    """The thing in Turtle, with the prefixes it uses."""
    found = triples(thing)
    used = {name: iri for name, iri in _PREFIXES.items() if any(iri in str(triple) for triple in found)}
    written = (pyoxigraph.serialize(found, format=RdfFormat.TURTLE, prefixes=used) or b"").decode()
    head = [line for line in written.splitlines(keepends=True) if line.startswith("@prefix ")]
    return "".join(sorted(head)) + written[len("".join(head)) :]  # Oxigraph declares them in an order of its own


def n_quads(thing: Thing) -> str:
    """The thing in N-Quads, one statement per line, in the default graph."""
    return "".join(f"{triple} .\n" for triple in triples(thing))


def expanded_jsonld(thing: Thing) -> bytes:
    """The thing in expanded, flattened JSON-LD: every name in full, no context needed."""
    found = triples(thing)
    lists = _lists(found)
    nodes: dict[str, dict[str, Any]] = {}
    for triple in found:
        subject = _id(triple.subject)
        if subject in lists:
            continue
        node = nodes.setdefault(subject, {"@id": subject})
        if triple.predicate == _TYPE:
            node.setdefault("@type", []).append(_id(triple.object))
        else:
            node.setdefault(triple.predicate.value, []).append(_object(triple.object, lists))
    return orjson.dumps(list(nodes.values()), option=orjson.OPT_INDENT_2)


def graph(thing: Thing) -> rdflib.Graph:
    """The thing as a graph of rdflib, for shapes and tests: a page uses the functions above."""
    import rdflib  # noqa: PLC0415  (costs 250 ms at start, and nobody who serves needs it)

    return rdflib.Graph().parse(data=n_quads(thing), format="nt")


def _with_contexts(value: Any) -> Any:  # noqa: ANN401  (any JSON)
    """The document with every context by address replaced by its pinned text, also in what is embedded."""
    if isinstance(value, list):
        return [_with_contexts(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    return {key: _inlined(item) if key == "@context" else _with_contexts(item) for key, item in value.items()}


def _inlined(context: object) -> list[object]:
    parts = context if isinstance(context, list) else [context]
    return [_terms(part) if isinstance(part, str) else part for part in parts]


def _terms(address: str) -> dict[str, Any]:
    main = known_address(address)
    if main is None:
        raise VocabError(f"The context {address} is not pinned, and nothing is fetched.")
    return terms_of_context(main)


def _named(term: Any, names: dict[BlankNode, BlankNode]) -> Any:  # noqa: ANN401  (whatever kind of term comes, goes)
    return names.setdefault(term, BlankNode(f"b{len(names)}")) if isinstance(term, BlankNode) else term


def _type_it_was(term: Any, predicate: NamedNode, about: str) -> Any:  # noqa: ANN401  (whatever kind of term comes, goes)
    """What `formerType` names as a type: its context makes an address of the bare word, which is what others read."""
    word = term.value.rpartition("/")[2] if predicate == _FORMER_TYPE and isinstance(term, NamedNode) else ""
    return NamedNode(f"{AS}{word}") if word and about and urljoin(about, word) == term.value else term


def _order(triple: Triple, about: str) -> tuple[bool, str, bool, str, str]:
    subject = str(triple.subject)
    return (subject != f"<{about}>", subject, triple.predicate != _TYPE, str(triple.predicate), str(triple.object))


def _lists(found: Iterable[Triple]) -> dict[str, tuple[Any, str]]:
    """Each link of a list: what it holds, and the next link."""
    first: dict[str, Any] = {}
    rest: dict[str, str] = {}
    for triple in found:
        if triple.predicate.value == _FIRST:
            first[_id(triple.subject)] = triple.object
        elif triple.predicate.value == _REST:
            rest[_id(triple.subject)] = _id(triple.object)
    return {link: (first[link], rest[link]) for link in first.keys() & rest.keys()}


def _object(term: object, lists: Mapping[str, tuple[Any, str]]) -> dict[str, Any]:
    if isinstance(term, Literal):
        return _literal(term)
    name = _id(term)
    if name != _NIL and name not in lists:
        return {"@id": name}
    items: list[dict[str, Any]] = []
    seen: set[str] = set()
    while name in lists and name not in seen:  # a stranger's list may bite its tail
        seen.add(name)
        item, name = lists[name]
        items.append(_object(item, lists))
    return {"@list": items}


def _literal(term: Literal) -> dict[str, Any]:
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == f"{XSD}string":
        return {"@value": term.value}
    return {"@value": term.value, "@type": term.datatype.value}


def _id(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
