"""The glossaries of this node as SKOS: each a concept scheme, its terms, and what accepted correspondences say of them.

Spec: SKOS §3. Spec: SKOS §10.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from node.domain.actors import glossary_of
from node.domain.visibility import PUBLIC_SCOPE
from node.storage.shelves.actors import ActorRow
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab import rdf
from vocab.errors import VocabError
from vocab.namespaces import DCTERMS, PREFIXES, RDF, SKOS
from vocab.things.concept import Concept

#: So many things are read at once.
PORTION = 500

_TYPE, _CONCEPT, _SCHEME = NamedNode(f"{RDF}type"), NamedNode(f"{SKOS}Concept"), NamedNode(f"{SKOS}ConceptScheme")


def dump(uow: UnitOfWork, communities: Sequence[ActorRow], organisation: str, *, is_whole: bool) -> bytes:
    """These glossaries in Turtle; the whole has the terms of no community, too."""
    found = [statement for community in communities for statement in _scheme(community, organisation)]
    terms = [term for community in communities for term in public_here(uow, "Concept", community.iri)]
    if is_whole:
        terms = [term for term in public_here(uow, "Concept") if term.entry.community == ""] + terms
    described = {term.entry.iri for term in terms}
    found += [statement for term in terms for statement in _term(term)]
    found += _correspondences(uow, described)
    prefixes = {name: PREFIXES[name] for name in ("skos", "dcterms", "rdf")}
    written = pyoxigraph.serialize(sorted(set(found), key=str), format=RdfFormat.TURTLE, prefixes=prefixes)
    return written or b""


def public_here(uow: UnitOfWork, kind: str, community: str | None = None) -> Iterator[StoredThing]:
    """What is public and lives here, of one kind, the newest first."""
    before: int | None = None
    while True:
        some = uow.things.listed(scope=PUBLIC_SCOPE, kind=kind, community=community, limit=PORTION, before=before)
        yield from (each for each in some if each.entry.is_local)
        if len(some) < PORTION:
            return
        before = some[-1].seq


def _scheme(community: ActorRow, organisation: str) -> Iterator[Triple]:
    scheme = NamedNode(glossary_of(community.iri))
    yield Triple(scheme, _TYPE, _SCHEME)
    yield Triple(scheme, NamedNode(f"{DCTERMS}title"), Literal(community.name or community.username))
    yield Triple(scheme, NamedNode(f"{DCTERMS}creator"), NamedNode(community.iri))
    yield Triple(scheme, NamedNode(f"{DCTERMS}publisher"), NamedNode(organisation))


def _term(stored: StoredThing) -> Iterator[Triple]:
    """What SKOS and Dublin Core have words for; the rest is at the address of the term."""
    try:
        thing = stored.thing
        said = rdf.triples(thing)
    except VocabError:
        return
    term = NamedNode(stored.entry.iri)
    yield Triple(term, _TYPE, _CONCEPT)
    for triple in said:
        is_ours = triple.subject == term and triple.predicate.value.startswith((SKOS, DCTERMS))
        if is_ours and not isinstance(triple.object, pyoxigraph.BlankNode):
            yield triple
    if isinstance(thing, Concept) and not thing.broader:
        for scheme in thing.in_scheme:
            yield Triple(term, NamedNode(f"{SKOS}topConceptOf"), NamedNode(scheme.iri))


def _correspondences(uow: UnitOfWork, described: Iterable[str]) -> Iterator[Triple]:
    """What accepted correspondences of this node, seen by everybody, say of the terms that are described."""
    terms = frozenset(described)
    settled = {row.thing: row for row in uow.mappings.all("accepted") if row.subject in terms}
    for stored in public_here(uow, "Mapping"):
        row = settled.get(stored.entry.iri)
        if row is not None:
            yield Triple(NamedNode(row.subject), NamedNode(f"{SKOS}{row.relation}"), NamedNode(row.object))
