"""The glossaries of this node as SKOS: each a concept scheme, its terms, and what accepted correspondences say of them.

Spec: SKOS §3. Spec: SKOS §10.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from node.domain.actors import glossary_of
from node.domain.visibility import PUBLIC_SCOPE
from node.storage.remembering import remembered
from node.storage.shelves.actors import ActorRow
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.errors import VocabError
from vocab.namespaces import DCTERMS, PREFIXES, RDF, SKOS

#: So many things are read at once.
PORTION = 500

_TYPE, _CONCEPT, _SCHEME = NamedNode(f"{RDF}type"), NamedNode(f"{SKOS}Concept"), NamedNode(f"{SKOS}ConceptScheme")


def dump(uow: UnitOfWork, communities: Sequence[ActorRow], organisation: str, *, is_whole: bool) -> bytes:
    """These glossaries in Turtle; the whole has the terms of no community, too. Written anew when something public changed."""
    newest = uow.changes.newest()
    key = ("skos", is_whole, *(community.iri for community in communities))

    def make() -> bytes:
        return _dumped(uow, communities, organisation, is_whole=is_whole)

    return remembered(uow.ground, key, newest.id if newest else 0, make)


def _dumped(uow: UnitOfWork, communities: Sequence[ActorRow], organisation: str, *, is_whole: bool) -> bytes:
    found = [statement for community in communities for statement in _scheme(community, organisation)]
    terms = _terms(uow, [community.iri for community in communities], is_whole=is_whole)
    described = {term.entry.iri for term in terms}
    found += [statement for term in terms for statement in _term(term)]
    found += _correspondences(uow, described)
    prefixes = {name: PREFIXES[name] for name in ("skos", "dcterms", "rdf")}
    written = pyoxigraph.serialize(sorted(set(found), key=str), format=RdfFormat.TURTLE, prefixes=prefixes)
    return written or b""


def _terms(uow: UnitOfWork, communities: Sequence[str], *, is_whole: bool) -> list[StoredThing]:
    """The terms of these communities; of the whole, read at once, those of no community too."""
    if is_whole:
        return [term for term in public_here(uow, "Concept") if term.entry.community in {"", *communities}]
    return [term for community in communities for term in public_here(uow, "Concept", community)]


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
        said = jsonld.expand(jsonld.parse(stored.document))
    except VocabError:
        return
    term = NamedNode(stored.entry.iri)
    yield Triple(term, _TYPE, _CONCEPT)
    for name in (name for name in said if name.startswith((SKOS, DCTERMS))):
        yield from (Triple(term, NamedNode(name), value) for each in said[name] if (value := _value(each)) is not None)
    if f"{SKOS}broader" not in said:
        schemes = (_value(each) for each in said.get(f"{SKOS}inScheme", ()))
        yield from (Triple(term, NamedNode(f"{SKOS}topConceptOf"), scheme) for scheme in schemes if scheme is not None)


def _value(said: Mapping[str, str]) -> NamedNode | Literal | None:
    """An address, or a text with its language; what has no name of its own, or none that can be written, is left out."""
    address, text = said.get("@id", ""), said.get("@value")
    with contextlib.suppress(ValueError):
        if address:
            return None if address.startswith("_:") else NamedNode(address)
        if language := said.get("@language"):
            return Literal(str(text), language=language)
        kind = said.get("@type")
        return Literal(str(text), datatype=NamedNode(kind)) if kind else Literal(text or "")
    return None


def _correspondences(uow: UnitOfWork, described: Iterable[str]) -> Iterator[Triple]:
    """What accepted correspondences of this node, seen by everybody, say of the terms that are described."""
    terms = frozenset(described)
    settled = {row.thing: row for row in uow.mappings.all("accepted") if row.subject in terms}
    for stored in public_here(uow, "Mapping"):
        row = settled.get(stored.entry.iri)
        if row is not None:
            yield Triple(NamedNode(row.subject), NamedNode(f"{SKOS}{row.relation}"), NamedNode(row.object))
