"""What went to other servers and came from them, without any word of it: for the log of those who look after the node."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import select

from node.storage.tables.inbox import inbox
from node.storage.tables.outbox import deliveries, outbox
from node.storage.unit_of_work import UnitOfWork

#: For so many days; so many of each way.
KEPT, MOST = 60, 20_000
_ADDRESS = re.compile(r"https?://([^/\s]*)\S*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One message to or from a server (`way`: "reçu" or "envoyé"), and what became of it. `key` is who signed it."""

    at: datetime
    way: str
    host: str
    type: str
    state: str
    status: str
    key: str
    reason: str


def traffic(uow: UnitOfWork, since: datetime) -> list[Passage]:
    """Every message since a moment, the newest first."""
    came = select(inbox.c.received_at, inbox.c.actor, inbox.c.type, inbox.c.state, inbox.c.key_id, inbox.c.reason)
    went = select(
        deliveries.c.created_at,
        deliveries.c.host,
        outbox.c.type,
        deliveries.c.state,
        deliveries.c.last_status,
        deliveries.c.last_error,
    ).join(outbox, outbox.c.iri == deliveries.c.activity)
    found = [
        Passage(
            at=row["received_at"],
            way="reçu",
            host=urlsplit(row["actor"]).netloc,
            type=row["type"],
            state=row["state"],
            status="",
            key=urlsplit(row["key_id"]).netloc,
            reason=_told(row["reason"]),
        )
        for row in uow.ground.rows(came.where(inbox.c.received_at >= since).order_by(inbox.c.id.desc()).limit(MOST))
    ]
    found += [
        Passage(
            at=row["created_at"],
            way="envoyé",
            host=row["host"],
            type=row["type"],
            state=row["state"],
            status=str(row["last_status"] or ""),
            key="",
            reason=_told(row["last_error"]),
        )
        for row in uow.ground.rows(went.where(deliveries.c.created_at >= since).order_by(deliveries.c.id.desc()).limit(MOST))
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)


def _told(reason: str) -> str:
    """Why, with the servers that it names and without the addresses of things there."""
    return _ADDRESS.sub(r"\1", reason)
