"""What must still reach an inbox: rows worked off under leases, in order, gently with each server."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, func, select, update

from node.errors import NotFound
from node.storage import claims
from node.storage.dispatching import choose
from node.storage.ground import Shelf, made
from node.storage.hosts import host_of, normal
from node.storage.prepared import Prepared
from node.storage.several import listed, numbers
from node.storage.shelves.peers import WELL
from node.storage.tables.columns import Words
from node.storage.tables.outbox import deliveries, outbox
from node.storage.tables.peers import peers

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """What came of sending a delivery once: its state now, the status of the answer, and why in words."""

    row: DeliveryRow
    state: State
    status: int | None
    reason: str
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A delivery to be tried, with the signature standard that its server is known to read; a new one was never looked at."""

    row: DeliveryRow
    standard: str
    is_new_host: bool


#: What has not left, and is not under way either.
UNSENT = and_(deliveries.c.state.in_(("due", "parked")), deliveries.c.leased_by.is_(None))


class Deliveries(Shelf):
    """The deliveries of all activities."""

    def claim(self, now: datetime, owner: str, n: int, lease: timedelta = claims.LEASE) -> list[DeliveryRow]:
        """Leases up to n due deliveries.

        At most two at a time per host; of one object to one host in the order in which they were written; none to a
        host that is blocked or that is left alone for a while.
        """
        return [claimed.row for claimed in self.claim_known(now, owner, n, lease)]

    def claim_known(self, now: datetime, owner: str, n: int, lease: timedelta = claims.LEASE) -> list[Claimed]:
        """The same, with what is known of the servers."""
        found = choose(self.ground, claims.Claim(now=now, owner=owner, n=n, lease=lease))
        return [
            Claimed(
                row=DeliveryRow(**{name: row[name] for name in _NAMES}),
                standard=row["standard"] or "",
                is_new_host=row["looked_at"] is None,
            )
            for row in found
        ]

    def document(self, row: DeliveryRow) -> bytes:
        """The activity to send, byte for byte as it was written; raises NotFound."""
        found = self.documents([row]).get(row.activity)
        if found is None:
            raise NotFound(f"{row.activity} is not in the outbox.")
        return found

    def documents(self, rows: Iterable[DeliveryRow]) -> dict[str, bytes]:
        """The activities to send, each once, by their IRI."""
        found = (_DOCUMENT.row(self.ground.connection, iri_=iri) for iri in {row.activity for row in rows})
        return {row["iri"]: row["document"] for row in found if row is not None}

    def settle(self, tries: Sequence[Try], at: datetime) -> None:
        """Notes what became of tries; state `due` with `due_at` has it tried again then.

        One that somebody else took over, because our lease had run out, is theirs to mark.
        """
        alike: dict[tuple[Any, ...], list[int]] = {}
        for each in tries:
            done_at = None if each.state == "due" else at
            what = (each.row.attempts, each.state, each.status, each.reason, each.due_at or at, done_at)
            alike.setdefault(what, []).append(each.row.id)
        for what, ids in alike.items():
            _SETTLE.run(self.ground.connection, ids=listed(ids), **dict(zip(_TOLD, what, strict=True)))
        for each in tries:
            if each.state == "due" and each.row.object:
                self._give_way(each.row, at)

    def finish(
        self,
        id: int,  # noqa: A002 - the word of the domain
        state: State,
        status: int | None,
        error: str,
        at: datetime,
        due_at: datetime | None = None,
    ) -> None:
        """Notes what became of one, whoever tried it."""
        row = self.ground.row(select(deliveries).where(deliveries.c.id == id))
        if row is not None:
            self.settle([Try(row=made(DeliveryRow, row), state=state, status=status, reason=error, due_at=due_at)], at)

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
        """Makes what waits or was given up due now (None: for every host), as if it were new; how many.

        Whoever asks for this knows that the host is there again: that it failed is forgotten.
        """
        return self._again(at, *([] if host is None else [deliveries.c.host == normal(host)]))

    def redirect(self, old: str, new: str) -> int:
        """Sends what waits for an inbox to another; how many. What is under way there may still come back, and goes too."""
        values = {"inbox": new, "host": host_of(new)}
        return self.ground.run(update(deliveries).where(deliveries.c.inbox == old, deliveries.c.state == "due").values(**values))

    def drop_undelivered(self, object: str, host: str | None = None) -> int:  # noqa: A002 - the word of the domain
        """Lets go of what is about a thing and has not been sent; how many. One under way is left to its end."""
        return self._drop(host, deliveries.c.object == object)

    def drop_host(self, host: str) -> int:
        """Lets go of all that waits for a host; how many."""
        return self._drop(host)

    def drop_inbox(self, inbox: str) -> int:
        """Lets go of all that waits for an inbox; how many."""
        return self._drop(None, deliveries.c.inbox == inbox)

    def _drop(self, host: str | None, *conditions: ColumnElement[bool]) -> int:
        """What was given up goes too: it could be tried again by hand."""
        chosen = update(deliveries).where(UNSENT, *conditions)
        if host is not None:
            chosen = chosen.where(deliveries.c.host == normal(host))
        return self.ground.run(chosen.values(state="dropped", done_at=deliveries.c.due_at))

    def _again(self, at: datetime, *conditions: ColumnElement[bool]) -> int:
        chosen = UNSENT, *conditions
        hosts = select(deliveries.c.host).where(*chosen)
        self.ground.run(update(peers).where(peers.c.host.in_(hosts)).values(**WELL))
        fresh = {"state": "due", "due_at": at, "done_at": None, "attempts": 0, "created_at": at}
        return self.ground.run(update(deliveries).where(*chosen).values(**fresh))

    def _give_way(self, row: DeliveryRow, at: datetime) -> None:
        """Lets go of what failed when its object has been deleted meanwhile: the Delete behind it need not wait."""
        later = select(outbox.c.iri).join(deliveries, deliveries.c.activity == outbox.c.iri)
        later = later.where(deliveries.c.object == row.object, deliveries.c.host == row.host, deliveries.c.id > row.id)
        later = later.where(deliveries.c.state == "due", outbox.c.type == "Delete").limit(1)
        if self.ground.row(later):
            gone = {"state": "dropped", "done_at": at, "last_error": "Its object was deleted meanwhile."}
            self.ground.run(update(deliveries).where(deliveries.c.id == row.id, deliveries.c.state == "due").values(**gone))

    def _all(self, condition: ColumnElement[bool], host: str | None, limit: int) -> list[DeliveryRow]:
        chosen = select(deliveries).where(condition).order_by(deliveries.c.id).limit(limit)
        if host is not None:
            chosen = chosen.where(deliveries.c.host == normal(host))
        return [made(DeliveryRow, row) for row in self.ground.rows(chosen)]


_NAMES = tuple(field.name for field in fields(DeliveryRow))
_DOCUMENT = Prepared(
    lambda _: select(outbox.c.iri, outbox.c.document).where(outbox.c.iri == bindparam("iri_", type_=Words(), required=True))
)


def _given(name: str) -> BindParameter[Any]:
    return bindparam(f"{name}_", type_=deliveries.c[name].type, required=True)


_TOLD = tuple(f"{name}_" for name in ("attempts", "state", "last_status", "last_error", "due_at", "done_at"))
_SETTLE = Prepared(
    lambda _: (
        update(deliveries)
        .where(deliveries.c.id.in_(numbers("ids")), deliveries.c.attempts == _given("attempts"))
        .values(
            **{name: _given(name) for name in ("state", "last_status", "last_error", "due_at", "done_at")},
            leased_until=None,
            leased_by=None,
        )
    )
)
