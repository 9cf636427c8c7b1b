"""What became of telling other nodes about a thing: whom it was sent to, and whether its end has arrived there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from node.storage.tables.outbox import deliveries, outbox
from node.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """What one node was told last about a thing: the kind of activity, and whether it arrived."""

    host: str
    type: str
    state: str
    at: datetime | None
    due_at: datetime | None = None


#: So many messages about one thing are looked at.
MOST = 2_000


def acknowledgements(uow: UnitOfWork, thing: str) -> list[Acknowledgement]:
    """For each node that was told of a thing, the last that it was told, by host."""
    chosen = (
        select(deliveries.c.host, outbox.c.type, deliveries.c.state, deliveries.c.done_at, deliveries.c.due_at)
        .join(outbox, outbox.c.iri == deliveries.c.activity)
        .where(deliveries.c.object == thing, deliveries.c.state != "dropped")
        .order_by(deliveries.c.id.desc())
        .limit(MOST)
    )
    found: dict[str, Acknowledgement] = {}
    for row in uow.ground.rows(chosen):
        told = Acknowledgement(host=row["host"], type=row["type"], state=row["state"], at=row["done_at"], due_at=row["due_at"])
        found.setdefault(row["host"], told)
    return [found[host] for host in sorted(found)]
