"""Intersections as values for JSON: what `intersections` and the demonstration print."""

from __future__ import annotations

from node.errors import NotFound
from node.storage.shelves.intersections import IntersectionRow
from node.storage.unit_of_work import UnitOfWork
from vocab import concepts
from vocab.jsonld import read
from vocab.things.intersection import Intersection
from vocab.things.intersection_basis import IntersectionBasis


def intersection(row: IntersectionRow) -> Intersection:
    """The object that a row keeps."""
    thing = read(row.document)
    if not isinstance(thing, Intersection):
        raise NotFound(f"{row.iri} is not an intersection")
    return thing


def bases(row: IntersectionRow) -> list[IntersectionBasis]:
    """What an intersection rests on."""
    return [ref.thing for ref in intersection(row).basis if isinstance(ref.thing, IntersectionBasis)]


def basis_kinds(row: IntersectionRow) -> set[str]:
    """The short names of its bases, as in vocab/schemes/fondements.ttl: sujets, ressources, territoire, personnes."""
    return {basis.basis_kind.iri.rsplit("/", 1)[1] for basis in bases(row) if basis.basis_kind}


def between(uow: UnitOfWork, row: IntersectionRow) -> str:
    """The names of the two communities."""
    known = {iri: uow.actors.get(iri) for iri in (row.left, row.right)}
    return " · ".join(sorted(actor.name if actor else iri for iri, actor in known.items()))


def labels_of(row: IntersectionRow) -> list[str]:
    """What its bases are called in French."""
    return [concepts.label(basis.basis_kind.iri, "fr") or "" for basis in bases(row) if basis.basis_kind]


def described(uow: UnitOfWork, row: IntersectionRow) -> dict[str, object]:
    """An intersection with its strength, method and evidence."""
    thing = intersection(row)
    return {
        "between": between(uow, row),
        "communities": [row.left, row.right],
        "strength": row.strength,
        "phase": thing.phase.iri if thing.phase else None,
        "method": thing.conforms_to.iri if thing.conforms_to else None,
        "basis": [_basis(basis) for basis in bases(row)],
        "iri": row.iri,
    }


def _basis(basis: IntersectionBasis) -> dict[str, object]:
    kind = basis.basis_kind.iri if basis.basis_kind else ""
    return {
        "kind": kind.rsplit("/", 1)[-1],
        "label": concepts.label(kind, "fr"),
        "strength": basis.strength,
        "count": basis.shared_count,
        "items": [ref.iri for ref in basis.shared_item],
        "derived_from": [ref.iri for ref in basis.derived_from],
    }
