"""Other servers: how far they are trusted, when they were heard of last, and whether they answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import and_, bindparam, case, or_, select, update
from sqlalchemy.sql.dml import Insert

from federation import delivery
from federation.delivery import Health, Outcome
from federation.signatures import RFC9421
from node.domain.errands import LOOK_AT_PEER
from node.storage.ground import Shelf, insert, made
from node.storage.hosts import above, normal
from node.storage.prepared import Prepared
from node.storage.tables.columns import Moment, Words
from node.storage.tables.outbox import deliveries
from node.storage.tables.peers import peers

#: What is written at every sign of life of a server that is well is as exact as this.
EXACT = timedelta(minutes=1)

State = Literal["unknown", "approved", "blocked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerRow:
    """A server. `standard` is the signature standard that it is known to verify, `measure` a limit set here (domain/neighbours).

    `contact` is the e-mail address that it gives, "" for none.
    `failures` since `window_at`, `failing_since`, `last_error_at` and `next_try_at` are its `health`.
    """

    host: str
    state: State = "unknown"
    software: str = ""
    software_version: str = ""
    looked_at: datetime | None = None
    contact: str = ""
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

    @property
    def health(self) -> Health:
        """How the server has answered lately."""
        return Health(
            failures=self.failures,
            window_at=self.window_at,
            failing_since=self.failing_since,
            failed_at=self.last_error_at,
            next_try_at=self.next_try_at,
        )


class Peers(Shelf):
    """The servers this node deals with, by host (with its port when that is not the usual one)."""

    def get(self, host: str) -> PeerRow | None:
        """What is known of a server."""
        row = _BY_HOST.row(self.ground.connection, host=normal(host))
        return made(PeerRow, row) if row else None

    def all(self) -> list[PeerRow]:
        """Every server, by name."""
        return [made(PeerRow, row) for row in self.ground.rows(select(peers).order_by(peers.c.host))]

    def put_state(self, host: str, state: State, at: datetime, note: str = "") -> None:
        """Approves or blocks a server, or neither; a block covers what lies below the name."""
        self.ground.unsettle()
        self._put(host, at, {"state": state, "note": note})
        self.ground.wakes.add(("intersections", "all"))

    def put_measure(self, host: str, measure: str, at: datetime, note: str = "") -> None:
        """Limits what is exchanged with a server (domain.neighbours.Measure), or lifts the limit with ""."""
        self.ground.unsettle()
        self._put(host, at, {"measure": measure, "note": note})

    def put_software(self, host: str, software: str, at: datetime, version: str = "") -> None:
        """Notes what a server says that it runs; "" when it says nothing: then only that it was asked."""
        said = {"software": software, "software_version": version} if software else {}
        self._put(host, at, {"looked_at": at, **said})

    def put_contact(self, host: str, contact: str, at: datetime) -> None:
        """Notes whom a server says to write to."""
        self._put(host, at, {"contact": contact})

    def verifies(self, host: str, standard: str, at: datetime, *, is_proven: bool = False) -> None:
        """A server is said to verify signatures of a standard. What one of ours has proven is not given up for a mere sign."""
        known = self.get(host)
        if known is None or (known.standard != standard and (is_proven or not known.standard)):
            self._put(host, at, {"standard": standard})

    def meet(self, hosts: Iterable[str]) -> None:
        """There is going to be some exchange with servers that nobody has looked at: they are asked what they run."""
        for host in hosts:
            self.ground.wakes.add((LOOK_AT_PEER, normal(host)))

    def heard(self, host: str, at: datetime, standard: str = "") -> None:
        """A verified request came from there: it is alive, so what waits because it was not is due, unless it asked for a pause.

        `standard` is how it signed. Draft-cavage proves nothing: who signs so may yet read both.
        """
        known = self.get(host)
        row = known or PeerRow(host=normal(host))
        has_failed, has_asked = row.failing_since is not None, delivery.has_asked(row.health, at)
        is_news = row.last_in_at is None or has_failed or at - row.last_in_at >= EXACT
        changed: dict[str, Any] = {"last_in_at": at} if is_news else {}
        if standard == RFC9421 and not row.standard:
            changed["standard"] = standard
        if has_failed and not has_asked:
            changed |= WELL
        if known is None or changed:
            self._put(row.host, at, changed)
        if is_news and not has_asked:
            waiting = deliveries.c.host == row.host, deliveries.c.state == "due", deliveries.c.due_at > at
            # What was refused, or met nobody, was answered by a server that was there: it keeps its own time.
            was_away = or_(deliveries.c.last_status.is_(None), deliveries.c.last_status >= delivery.LEAST_TROUBLE)
            self.ground.run(update(deliveries).where(*waiting, was_away).values(due_at=at))

    def sent(self, hosts: Iterable[str], at: datetime) -> None:
        """Requests to there were answered well."""
        given = [{"host": name, "at": at, "exact": at - EXACT} for name in sorted({normal(host) for host in hosts})]
        if given:
            _SENT.run_many(self.ground.connection, given)

    def came_back(self, host: str, since: datetime, at: datetime) -> bool:
        """Whether a server that failed was heard of after that moment: what began before and failed says nothing of it now.

        What is said to have been heard in the future tells nothing: the clock was put back.
        """
        known = self.get(host)
        return known is not None and known.last_in_at is not None and since < known.last_in_at <= at

    def answered(self, host: str, outcome: Outcome, at: datetime, reason: str, jitter: float = 0.0) -> PeerRow:
        """A request to there was not answered well: what that means for what is sent there is federation/delivery's to say."""
        known = self.get(host) or PeerRow(host=normal(host))
        health = delivery.after_try(known.health, outcome, at, jitter)
        values: dict[str, Any] = {
            "failures": health.failures,
            "window_at": health.window_at,
            "failing_since": health.failing_since,
            "next_try_at": health.next_try_at,
        }
        if delivery.is_trouble(outcome):
            values |= {"last_error": reason, "last_error_at": at}
        self._put(host, at, values)
        return replace(known, **values)

    def is_blocked(self, host: str) -> bool:
        """Whether a server, or a domain it lies in, is blocked."""
        return any(_BLOCKED.row(self.ground.connection, host=name) for name in above(host))

    def is_approved(self, host: str) -> bool:
        """Whether a server is approved by that very name, and not blocked."""
        known = self.get(host)
        return known is not None and known.state == "approved" and not self.is_blocked(host)

    def _put(self, host: str, at: datetime, values: dict[str, Any]) -> None:
        key = normal(host)
        if not self.ground.run(update(peers).where(peers.c.host == key).values(**values)):
            fresh = {"host": key, "state": "unknown", "first_seen_at": at, "failures": 0, **values}
            self.ground.upsert(peers, ["host"], fresh)


WELL: dict[str, Any] = {"failures": 0, "window_at": None, "failing_since": None, "next_try_at": None}

_BY_HOST = Prepared(lambda _: select(peers).where(peers.c.host == bindparam("host")))
_BLOCKED = Prepared(lambda _: select(peers.c.host).where(peers.c.host == bindparam("host"), peers.c.state == "blocked"))


def _sent(dialect: str) -> Insert:
    at = bindparam("at", type_=Moment(), required=True)
    host = bindparam("host", type_=Words(), required=True)
    fresh = insert(peers, dialect).values(host=host, state="unknown", first_seen_at=at, last_out_at=at, failures=0)
    is_news = or_(
        peers.c.last_out_at.is_(None),
        peers.c.last_out_at <= bindparam("exact", type_=Moment(), required=True),
        peers.c.failing_since.is_not(None),
        peers.c.next_try_at.is_not(None),
    )
    # A pause that was asked for is no breaker's: what was under way beside it and is answered well does not end it.
    has_asked = and_(peers.c.next_try_at > at, peers.c.failures < delivery.BREAKER_FAILURES)
    well = {**WELL, "last_out_at": at, "next_try_at": case((has_asked, peers.c.next_try_at), else_=None)}
    return fresh.on_conflict_do_update(index_elements=["host"], set_=well, where=is_news)


_SENT = Prepared(_sent)
