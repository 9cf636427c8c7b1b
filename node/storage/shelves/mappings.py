"""Statements that one term corresponds to another."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from sqlalchemy import delete, or_, select

from node.storage.ground import Shelf, made
from node.storage.tables.mappings import mappings

Relation = Literal["exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"]
State = Literal["proposed", "accepted", "contested"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingRow:
    """`subject` is in `relation` to `object`, says the thing `thing`; `confidence` lies between 0 and 1."""

    thing: str
    subject: str
    relation: Relation
    object: str
    confidence: float = 1.0
    state: State
    author: str = ""


class Mappings(Shelf):
    """The mappings this node knows; only accepted ones widen a search or carry an intersection."""

    def put(self, row: MappingRow) -> None:
        """Inserts or replaces a mapping."""
        self.ground.upsert(mappings, ["thing"], asdict(row))
        self.ground.wakes.add(("intersections", "all"))

    def remove(self, thing: str) -> bool:
        """Forgets a mapping; False when it was not there."""
        self.ground.wakes.add(("intersections", "all"))
        return self.ground.run(delete(mappings).where(mappings.c.thing == thing)) > 0

    def all(self, state: State | None = "accepted") -> list[MappingRow]:
        """The mappings in a state (None: in any)."""
        chosen = select(mappings).order_by(mappings.c.thing)
        if state is not None:
            chosen = chosen.where(mappings.c.state == state)
        return [made(MappingRow, row) for row in self.ground.rows(chosen)]

    def of(self, concept: str) -> list[MappingRow]:
        """The mappings that speak of a concept, in any state."""
        touching = or_(mappings.c.subject == concept, mappings.c.object == concept)
        return [made(MappingRow, row) for row in self.ground.rows(select(mappings).where(touching).order_by(mappings.c.thing))]
