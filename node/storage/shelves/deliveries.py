"""What must still reach an inbox: rows worked off under leases, in order, gently with each server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, func, not_, or_, select, update

from node.errors import NotFound
from node.storage import claims
from node.storage.ground import Shelf, made
from node.storage.hosts import above, normal
from node.storage.tables.outbox import deliveries, outbox
from node.storage.tables.peers import peers

#: How many requests may be under way to one server.
PER_HOST = 2

State = Literal["due", "delivered", "parked", "dropped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRow:
    """One activity on its way to one inbox. `attempts` counts the claims, this one included; `sender` signs."""

    id: int
    activity: str
    object: str
    sender: str
    inbox: str
    host: str
    state: State
    due_at: datetime
    attempts: int
    last_status: int | None
    last_error: str
    created_at: datetime
    done_at: datetime | None


class Deliveries(Shelf):
    """The deliveries of all activities."""

    def claim(self, now: datetime, owner: str, n: int, lease: timedelta = claims.LEASE) -> list[DeliveryRow]:
        """Leases up to n due deliveries.

        At most two at a time per host; of one object to one host in the order in which they were written; none to a
        host that is blocked or that is left alone for a while.
        """
        wanted = claims.Claim(now=now, owner=owner, n=n, lease=lease)
        rows = claims.claim(self.ground, deliveries, wanted, *self._claimable(now))
        return [made(DeliveryRow, row) for row in rows]

    def document(self, row: DeliveryRow) -> bytes:
        """The activity to send, byte for byte as it was written."""
        found = self.ground.row(select(outbox.c.document).where(outbox.c.iri == row.activity))
        if found is None:
            raise NotFound(f"{row.activity} is not in the outbox.")
        document: bytes = found["document"]
        return document

    def finish(
        self,
        id: int,  # noqa: A002 - the word of the domain
        state: State,
        status: int | None,
        error: str,
        at: datetime,
        due_at: datetime | None = None,
    ) -> None:
        """Notes what became of a try; state `due` with `due_at` has it tried again then."""
        values: dict[str, Any] = {"state": state, "last_status": status, "last_error": error, **_FREE}
        values |= {"due_at": due_at or at} if state == "due" else {"done_at": at}
        self.ground.run(update(deliveries).where(deliveries.c.id == id).values(**values))

    def counts(self) -> dict[str, int]:
        """How many deliveries there are in each state."""
        counted = select(deliveries.c.state, func.count().label("n")).group_by(deliveries.c.state)
        return {row["state"]: row["n"] for row in self.ground.rows(counted.order_by(deliveries.c.state))}

    def waiting(self, host: str | None = None, limit: int = 1000) -> list[DeliveryRow]:
        """What is not delivered yet and not given up, oldest first."""
        return self._all(deliveries.c.state == "due", host, limit)

    def parked(self, host: str | None = None, limit: int = 1000) -> list[DeliveryRow]:
        """What was given up, oldest first."""
        return self._all(deliveries.c.state == "parked", host, limit)

    def retry(self, host: str | None, at: datetime) -> int:
        """Makes what waits or was given up due now (None: for every host); how many."""
        chosen = update(deliveries).where(deliveries.c.state.in_(("due", "parked")), deliveries.c.leased_by.is_(None))
        if host is not None:
            chosen = chosen.where(deliveries.c.host == normal(host))
        return self.ground.run(chosen.values(state="due", due_at=at, done_at=None))

    def drop_undelivered(self, object: str, host: str | None = None) -> int:  # noqa: A002 - the word of the domain
        """Lets go of what is about a thing and has not been sent; how many. One under way is left to its end."""
        chosen = deliveries.c.object == object, deliveries.c.state == "due", deliveries.c.leased_by.is_(None)
        return self._drop(host, *chosen)

    def drop_host(self, host: str) -> int:
        """Lets go of all that waits for a host; how many."""
        return self._drop(host, deliveries.c.state == "due", deliveries.c.leased_by.is_(None))

    def drop_inbox(self, inbox: str) -> int:
        """Lets go of all that waits for an inbox; how many."""
        return self._drop(None, deliveries.c.inbox == inbox, deliveries.c.state == "due", deliveries.c.leased_by.is_(None))

    def release_dead(self, owner: str, is_alive: Callable[[str], bool] = claims.is_running) -> int:
        """Frees the leases of processes of the owner's host that no longer run; how many."""
        return claims.release(self.ground, deliveries, owner, is_alive)

    def _drop(self, host: str | None, *conditions: ColumnElement[bool]) -> int:
        chosen = update(deliveries).where(*conditions)
        if host is not None:
            chosen = chosen.where(deliveries.c.host == normal(host))
        return self.ground.run(chosen.values(state="dropped"))

    def _all(self, condition: ColumnElement[bool], host: str | None, limit: int) -> list[DeliveryRow]:
        chosen = select(deliveries).where(condition).order_by(deliveries.c.id).limit(limit)
        if host is not None:
            chosen = chosen.where(deliveries.c.host == normal(host))
        return [made(DeliveryRow, row) for row in self.ground.rows(chosen)]

    def _claimable(self, now: datetime) -> list[ColumnElement[bool]]:
        resting = select(peers.c.host).where(peers.c.next_try_at > now)
        candidates = (
            select(
                deliveries.c.id,
                deliveries.c.host,
                func.row_number().over(partition_by=deliveries.c.host, order_by=deliveries.c.id).label("place"),
            ).where(claims.is_free(deliveries, now), _is_first(), deliveries.c.host.not_in(resting))
        ).subquery("candidates")
        under_way = (
            select(deliveries.c.host, func.count().label("n"))
            .where(deliveries.c.state == "due", deliveries.c.leased_until > now)
            .group_by(deliveries.c.host)
        ).subquery("under_way")
        chosen = (
            select(candidates.c.id)
            .outerjoin(under_way, under_way.c.host == candidates.c.host)
            .where(candidates.c.place + func.coalesce(under_way.c.n, 0) <= PER_HOST)
        )
        conditions: list[ColumnElement[bool]] = [deliveries.c.id.in_(chosen)]
        blocked = self._blocked()
        return [*conditions, deliveries.c.host.not_in(blocked)] if blocked else conditions

    def _blocked(self) -> list[str]:
        """The hosts with waiting deliveries that a block covers."""
        blocks = set(self.ground.texts(select(peers.c.host).where(peers.c.state == "blocked")))
        if not blocks:
            return []
        hosts = self.ground.texts(select(deliveries.c.host).where(deliveries.c.state == "due").distinct())
        return [host for host in hosts if blocks.intersection(above(host))]


def _is_first() -> ColumnElement[bool]:
    """No other activity about the same thing waits for the same host since earlier."""
    earlier = deliveries.alias("earlier")
    same = earlier.c.object == deliveries.c.object, earlier.c.host == deliveries.c.host, earlier.c.state == "due"
    before = earlier.c.id < deliveries.c.id, earlier.c.activity != deliveries.c.activity
    return or_(deliveries.c.object == "", not_(select(earlier.c.id).where(*same, *before).exists()))


_FREE: dict[str, Any] = {"leased_until": None, "leased_by": None}
