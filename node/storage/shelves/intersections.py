"""Where two communities touch, as last computed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, or_, select, update

from node.storage.ground import Shelf, made
from node.storage.tables.intersections import intersections


@dataclass(frozen=True, slots=True, kw_only=True)
class IntersectionRow:
    """An intersection between two communities: its strength from 0 to 1, and the document that says why.

    `phase` is "" until people take it up; from then on a new computation does not remove it.
    """

    iri: str
    left: str
    right: str
    strength: float
    document: bytes
    computed_at: datetime
    phase: str = ""


class Intersections(Shelf):
    """The intersections."""

    def replace_all(self, rows: Sequence[IntersectionRow], besides: Collection[str] = ()) -> None:
        """Puts what was computed now in the place of what was computed before, `besides` those that are as they were.

        A phase that people gave stays.
        """
        stays = {row.iri for row in rows}.union(besides)
        kept = self.ground.texts(select(intersections.c.iri).where(intersections.c.phase == ""))
        for iri in kept:
            if iri not in stays:
                self.ground.run(delete(intersections).where(intersections.c.iri == iri))
        for row in rows:
            values = asdict(row)
            changed = {name: value for name, value in values.items() if name not in {"iri", "phase"}}
            added = self.ground.insert(intersections).values(**values)
            self.ground.run(added.on_conflict_do_update(index_elements=["iri"], set_=changed))

    def all(self, community: str | None = None, limit: int | None = None, offset: int = 0) -> list[IntersectionRow]:
        """The intersections (of a community), strongest first."""
        order = intersections.c.strength.desc(), intersections.c.iri
        # chosen by what the index knows: to put a thousand documents in order takes them all into the memory
        chosen = _chosen(select(intersections.c.iri), community).order_by(*order).limit(limit).offset(offset)
        wanted = select(intersections).where(intersections.c.iri.in_(chosen)).order_by(*order)
        return [made(IntersectionRow, row) for row in self.ground.rows(wanted)]

    def count(self, community: str | None = None) -> int:
        """How many there are (of a community)."""
        return self.ground.number(_chosen(select(func.count()).select_from(intersections), community))

    def get(self, iri: str) -> IntersectionRow | None:
        """One intersection."""
        row = self.ground.row(select(intersections).where(intersections.c.iri == iri))
        return made(IntersectionRow, row) if row else None

    def keep(self, iri: str, phase: str) -> None:
        """Notes that people took it up, and how far they are."""
        self.ground.run(update(intersections).where(intersections.c.iri == iri).values(phase=phase))


def _chosen(statement: Select[*tuple[Any, ...]], community: str | None) -> Select[*tuple[Any, ...]]:
    if community is None:
        return statement
    return statement.where(or_(intersections.c.left == community, intersections.c.right == community))
