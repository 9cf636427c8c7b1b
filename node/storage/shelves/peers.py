"""Other servers: how far they are trusted, when they were heard of last, and whether they answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import select, update

from node.storage.ground import Shelf, made
from node.storage.hosts import above, normal
from node.storage.tables.outbox import deliveries
from node.storage.tables.peers import peers

#: After so many failures in a row a server is left alone for a while.
FAILURES = 10
PAUSE = timedelta(minutes=30)

State = Literal["unknown", "approved", "blocked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerRow:
    """A server. `standard` is the signature standard that it is known to verify, `measure` a limit set here (domain/neighbours).

    `failures` counts those in a row since `failing_since`; nothing is sent before `next_try_at`.
    """

    host: str
    state: State = "unknown"
    software: str = ""
    software_version: str = ""
    looked_at: datetime | None = None
    standard: str = ""
    measure: str = ""
    note: str = ""
    first_seen_at: datetime | None = None
    last_in_at: datetime | None = None
    last_out_at: datetime | None = None
    last_error: str = ""
    last_error_at: datetime | None = None
    failures: int = 0
    window_at: datetime | None = None
    failing_since: datetime | None = None
    next_try_at: datetime | None = None


class Peers(Shelf):
    """The servers this node deals with, by host (with its port when that is not the usual one)."""

    def get(self, host: str) -> PeerRow | None:
        """What is known of a server."""
        row = self.ground.row(select(peers).where(peers.c.host == normal(host)))
        return made(PeerRow, row) if row else None

    def all(self) -> list[PeerRow]:
        """Every server, by name."""
        return [made(PeerRow, row) for row in self.ground.rows(select(peers).order_by(peers.c.host))]

    def put_state(self, host: str, state: State, at: datetime, note: str = "") -> None:
        """Approves or blocks a server, or neither; a block covers what lies below the name."""
        self._put(host, at, {"state": state, "note": note})
        self.ground.wakes.add(("intersections", "all"))

    def put_measure(self, host: str, measure: str, at: datetime, note: str = "") -> None:
        """Limits what is exchanged with a server (domain.neighbours.Measure), or lifts the limit with ""."""
        self._put(host, at, {"measure": measure, "note": note})

    def put_software(self, host: str, software: str, at: datetime) -> None:
        """Notes what a server runs."""
        self._put(host, at, {"software": software})

    def heard(self, host: str, at: datetime) -> None:
        """A verified request came from there: it is alive, so what waits for it is due now."""
        known = self.get(host)
        is_recent = known is not None and known.last_in_at is not None and at - known.last_in_at < timedelta(minutes=1)
        if not is_recent or (known and known.failures):
            self._put(host, at, {"last_in_at": at, **_CLEAR})
        elif known and known.next_try_at:
            self._put(host, at, _CLEAR)
        waiting = deliveries.c.host == normal(host), deliveries.c.state == "due", deliveries.c.due_at > at
        if self.ground.row(select(deliveries.c.id).where(*waiting).limit(1)):
            self.ground.run(update(deliveries).where(*waiting).values(due_at=at))

    def sent(self, host: str, at: datetime) -> None:
        """A request to there was answered well."""
        self._put(host, at, {"last_out_at": at, **_CLEAR})

    def failed(self, host: str, at: datetime, error: str, next_try_at: datetime | None = None) -> PeerRow:
        """A request to there failed; without `next_try_at`, ten failures in a row make a pause of half an hour."""
        known = self.get(host) or PeerRow(host=normal(host))
        failures = known.failures + 1
        pause = at + PAUSE if failures >= FAILURES else None
        self._put(
            host,
            at,
            {
                "last_error": error,
                "last_error_at": at,
                "failures": failures,
                "failing_since": known.failing_since or at,
                "next_try_at": next_try_at or pause,
            },
        )
        return self.get(host) or known

    def is_blocked(self, host: str) -> bool:
        """Whether a server, or a domain it lies in, is blocked."""
        covering = select(peers.c.host).where(peers.c.state == "blocked", peers.c.host.in_(above(host)))
        return self.ground.row(covering.limit(1)) is not None

    def is_approved(self, host: str) -> bool:
        """Whether a server is approved by that very name, and not blocked."""
        known = self.get(host)
        return known is not None and known.state == "approved" and not self.is_blocked(host)

    def _put(self, host: str, at: datetime, values: dict[str, Any]) -> None:
        key = normal(host)
        if not self.ground.run(update(peers).where(peers.c.host == key).values(**values)):
            fresh = {"host": key, "state": "unknown", "first_seen_at": at, "failures": 0, **values}
            self.ground.upsert(peers, ["host"], fresh)


_CLEAR: dict[str, Any] = {"failures": 0, "failing_since": None, "next_try_at": None}
