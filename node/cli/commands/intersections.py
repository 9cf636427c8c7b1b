"""maillage intersections: where two communities touch, and why."""

from __future__ import annotations

import click

from node.cli.naming import community_iri
from node.cli.running import RunningNode, json_option, show_json, show_rows, with_node
from node.errors import NotFound
from node.storage.shelves.intersections import IntersectionRow
from node.storage.unit_of_work import UnitOfWork
from vocab import concepts
from vocab.jsonld import read
from vocab.things.intersection import Intersection


def intersection(row: IntersectionRow) -> Intersection:
    """The object that a row keeps."""
    thing = read(row.document)
    if not isinstance(thing, Intersection):
        raise NotFound(f"{row.iri} is not an intersection")
    return thing


def _bases(row: IntersectionRow) -> list[dict[str, object]]:
    bases = [ref.thing for ref in intersection(row).basis if ref.thing]
    return [
        {
            "kind": concepts.label(str(basis.basis_kind), "fr"),
            "strength": basis.strength,
            "count": basis.shared_count,
            "items": [ref.iri for ref in basis.shared_item],
            "derived_from": [ref.iri for ref in basis.derived_from],
        }
        for basis in bases
    ]


def _names(uow: UnitOfWork, row: IntersectionRow) -> str:
    known = [uow.actors.get(iri) for iri in (row.left, row.right)]
    return " · ".join(actor.name if actor else iri for actor, iri in zip(known, (row.left, row.right), strict=True))


def _all(uow: UnitOfWork, community: str | None) -> list[dict[str, object]]:
    rows = uow.intersections.all(community_iri(uow, community) if community else None)
    return [
        {
            "between": _names(uow, row),
            "strength": round(row.strength, 4),
            "because": ", ".join(str(basis["kind"]) for basis in _bases(row)),
            "iri": row.iri,
        }
        for row in rows
    ]
