"""What a document says of itself, as N-Quads in the graph of the server that it comes from.

A server is believed about its own things: what a document says of things with other addresses is left out, or anybody could put
words under a stranger's name, and no change or deletion would take them away again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple

import vocab
from federation.addresses import without_path
from vocab import jsonld, rdf
from vocab.errors import VocabError
from vocab.namespaces import AS, CONCEPTS, RDF

#: Whom something was sent to without the others' knowledge is not in the documents; it would not come into the index either.
HIDDEN = frozenset({f"{AS}bto", f"{AS}bcc"})
#: What a list is said to be. `record` knows parts by the same.
LISTS = frozenset(
    NamedNode(f"{AS}{name}") for name in ("Collection", "CollectionPage", "OrderedCollection", "OrderedCollectionPage")
)
TYPE = NamedNode(f"{RDF}type")
#: Under which name the vocabulary itself can be asked about.
VOCABULARY = CONCEPTS


def source_of(iri: str) -> str:
    """The name of the graph in which a thing is: the address of its server."""
    return f"{without_path(iri)}/"


def statements(iri: str, document: bytes) -> str:
    """What a document says of the thing at `iri`, as N-Quads; "" when it cannot be read or says nothing."""
    try:
        found = rdf.triples_of(jsonld.write(jsonld.read(document)), about=iri)
    except VocabError:
        return ""
    mark = hashlib.sha256(iri.encode()).hexdigest()[:16]
    return _written(_own(iri, found), source_of(iri), f"_:t{mark}")


@cache
def vocabulary() -> str:
    """Our words and concepts, with their labels, as N-Quads."""
    files = [*sorted((_VOCAB / "schemes").glob("*.ttl")), _VOCAB / "published" / "ontology.ttl"]
    parts = []
    for file in files:
        quads = pyoxigraph.parse(path=file, format=RdfFormat.TURTLE)
        triples = [Triple(quad.subject, quad.predicate, quad.object) for quad in quads]
        parts.append(_written(triples, VOCABULARY, f"_:{file.stem.replace('-', '')}"))
    return "".join(parts)


_VOCAB = Path(vocab.__file__).parent


def _own(iri: str, found: Iterable[Triple]) -> list[Triple]:
    """The statements about the thing itself, its parts, and what has no address but hangs on these."""
    of: dict[NamedNode | BlankNode, list[Triple]] = {}
    for triple in found:
        if isinstance(triple.subject, NamedNode | BlankNode) and triple.predicate.value not in HIDDEN:
            of.setdefault(triple.subject, []).append(triple)
    own: list[Triple] = []
    waiting: list[object] = [NamedNode(iri)]
    while waiting:
        subject = waiting.pop()
        if isinstance(subject, BlankNode) or (isinstance(subject, NamedNode) and _is_part(subject, iri, of.get(subject, ()))):
            own += (told := of.pop(subject, []))
            waiting += [triple.object for triple in told]
    return own


def _is_part(subject: NamedNode, iri: str, told: Iterable[Triple]) -> bool:
    """Whether this is the thing, or a part of it; below its address only lists are: anything else there is a thing of its own."""
    if subject.value == iri or subject.value.startswith(f"{iri}#"):
        return True
    return subject.value.startswith(f"{iri}/") and any(triple.predicate == TYPE and triple.object in LISTS for triple in told)


def _written(triples: Iterable[Triple], graph: str, prefix: str) -> str:
    """N-Quads in which no other document has the same blank nodes."""
    return "".join(
        f"{_term(each.subject, prefix)} {each.predicate} {_term(each.object, prefix)} <{graph}> .\n" for each in triples
    )


def _term(term: object, prefix: str) -> str:
    return f"{prefix}{term.value}" if isinstance(term, BlankNode) else str(term)
