"""What became of telling other nodes about a thing: whom it was sent to, and whether its end has arrived there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, select

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


#: What an author did, and when: told to several in messages of their own, it is one turn.
Turn = tuple[datetime | None, str]
#: So many messages about one thing are looked at.
MOST = 2_000


def acknowledgements(uow: UnitOfWork, thing: str) -> list[Acknowledgement]:
    """For each node that was told of a thing, the last that it was told, by host.

    A community passes on, after it, what its author did: told both ways, a node has heard once one of the two arrived.
    """
    turns = _turns(uow, thing)
    chosen = (
        select(deliveries.c.host, deliveries.c.activity, deliveries.c.state, deliveries.c.done_at, deliveries.c.due_at)
        .where(deliveries.c.object == thing, deliveries.c.state != "dropped")
        .order_by(deliveries.c.id.desc())
        .limit(MOST)
    )
    found: dict[str, list[RowMapping]] = {}
    for row in uow.ground.rows(chosen):
        known = found.setdefault(row["host"], [])
        if not known or turns.get(row["activity"]) == turns.get(known[0]["activity"]):
            known.append(row)
    return [_told(host, found[host], turns) for host in sorted(found)]


def _turns(uow: UnitOfWork, thing: str) -> dict[str, Turn]:
    """For each activity about a thing what its author did with it in that turn."""
    said = select(outbox.c.iri, outbox.c.type, outbox.c.published_at).where(outbox.c.object == thing).order_by(outbox.c.seq)
    found: dict[str, Turn] = {}
    turn: Turn = None, ""
    for row in uow.ground.rows(said):
        turn = turn if row["type"] == "Announce" else (row["published_at"], row["type"])
        found[row["iri"]] = turn
    return found


def _told(host: str, rows: Sequence[RowMapping], turns: Mapping[str, Turn]) -> Acknowledgement:
    last = min(rows, key=lambda row: row["state"] != "delivered")
    _, type_ = turns.get(last["activity"], (None, ""))
    return Acknowledgement(host=host, type=type_, state=last["state"], at=last["done_at"], due_at=last["due_at"])
