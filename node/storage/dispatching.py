"""Chooses what may be sent now: due, in order, gently with each server; drops what never can be, puts off what must rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, func, not_, or_, select, text, update

from federation import delivery
from federation.delivery import Health
from node.domain.neighbours import Measure
from node.storage.claims import Claim
from node.storage.ground import Ground
from node.storage.hosts import above
from node.storage.prepared import Prepared
from node.storage.several import listed, numbers
from node.storage.tables.columns import Moment
from node.storage.tables.outbox import deliveries
from node.storage.tables.peers import peers

Candidate: TypeAlias = dict[str, Any]

#: How many requests may be under way to one server; to one that is tried again after a pause, only one.
PER_HOST = 2
AFTER_A_PAUSE = 1
#: How many may be under way to servers that failed lately: they may take long, and must not take the places of the others.
MOST_DOUBTFUL = 48
#: So often one looks further when what was found may not go now.
ROUNDS = 8
#: This part more than may go is looked at, for some of it may not go now.
SPARE = 4
#: What goes to a server that people here have paused is looked at again after so long.
PAUSED = timedelta(hours=1)

_NOW = bindparam("now", type_=Moment(), required=True)
_SOME_DUE = Prepared(lambda _: select(deliveries.c.id).where(_is_free()).limit(1))
_SOME_FAIL = Prepared(lambda _: select(peers.c.host).where(peers.c.failing_since.is_not(None)).limit(1))
_BLOCKS = Prepared(lambda _: select(peers.c.host).where(peers.c.state == "blocked"))
_UNDER_WAY = Prepared(
    lambda _: (
        select(deliveries.c.host, peers.c.failing_since)
        .outerjoin(peers, peers.c.host == deliveries.c.host)
        .where(deliveries.c.leased_until > _NOW)
    )
)
_LEASE = Prepared(
    lambda _: (
        update(deliveries)
        .where(deliveries.c.id.in_(numbers("ids")))
        .values(
            leased_until=bindparam("until", type_=Moment(), required=True),
            leased_by=bindparam("owner", required=True),
            attempts=deliveries.c.attempts + 1,
        )
    )
)
#: Any number: processes that choose at the same time would both count the same requests as under way.
_LOCK = 7_341_120
_UNAVAILABLE = "The other server has not answered for seven days."
_BLOCKED = "The other server is blocked here."


@dataclass(slots=True, kw_only=True)
class _Places:
    """How many requests are under way per server, and to how many of those that failed lately."""

    taken: Counter[str]
    doubtful: int

    def take(self, rows: Iterable[Candidate], room: int) -> list[Candidate]:
        """The rows that may go now, at most so many."""
        chosen: list[Candidate] = []
        for row in rows:
            host, most = row["host"], PER_HOST if row["next_try_at"] is None else AFTER_A_PAUSE
            if len(chosen) < room and self.taken[host] < most:
                chosen.append(row)
                self.taken[host] += 1
                self.doubtful += row["failing_since"] is not None
        return chosen


def choose(ground: Ground, wanted: Claim) -> list[Candidate]:
    """Leases up to n deliveries that may be sent now, oldest first: their columns, and what is known of their servers.

    At most two at a time per server; of one object to one server in the order in which they were written. What is due for a
    server that is blocked or unavailable is dropped; what is due for one that rests is put off until it may be tried.
    """
    connection = ground.connection
    if _SOME_DUE.row(connection, now=wanted.now) is None:
        return []
    if ground.dialect == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK})
    under_way = _UNDER_WAY.rows(connection, now=wanted.now)
    doubtful = sum(row["failing_since"] is not None for row in under_way)
    places = _Places(taken=Counter(row["host"] for row in under_way), doubtful=doubtful)
    blocks = frozenset(row["host"] for row in _BLOCKS.rows(connection))
    chosen: list[Candidate] = []
    # Those in doubt come first and are few: else they would never come while there is much to do.
    for is_doubtful in (True, False) if _SOME_FAIL.row(connection) else (False,):
        for _ in range(ROUNDS):
            room = min(wanted.n - len(chosen), MOST_DOUBTFUL - places.doubtful) if is_doubtful else wanted.n - len(chosen)
            if room <= 0:
                break
            most = room + room // SPARE + 1
            found = _CANDIDATES[is_doubtful].rows(connection, now=wanted.now, n=most)
            may_go = _sorted_out(ground, found, blocks, wanted.now)
            chosen += _lease(ground, wanted, places.take(may_go, room))
            if len(found) < most:
                break
    return sorted(chosen, key=lambda row: int(row["id"]))


def _is_free() -> ColumnElement[bool]:
    unleased = or_(deliveries.c.leased_until.is_(None), deliveries.c.leased_until <= _NOW)
    return and_(deliveries.c.state == "due", deliveries.c.due_at <= _NOW, unleased)


def _candidates(*, is_doubtful: bool) -> Select[Any]:
    """What may go as far as it itself and what is under way are concerned."""
    elsewhere = deliveries.alias("elsewhere")
    busy = select(elsewhere.c.host).where(elsewhere.c.leased_until > _NOW)
    # Not the bare column: its index would be walked from end to end to have the hosts in order, instead of the few leased.
    name = elsewhere.c.host.concat("")
    full = select(name).where(elsewhere.c.leased_until > _NOW).group_by(name).having(func.count() >= PER_HOST)
    doubtful = deliveries.c.host.in_(select(peers.c.host).where(peers.c.failing_since.is_not(None)))
    known = (
        peers.c.next_try_at,
        peers.c.failing_since,
        peers.c.last_error_at,
        peers.c.measure,
        peers.c.standard,
        peers.c.looked_at,
    )
    return (
        select(*deliveries.c, peers.c.failures, *known)
        .outerjoin(peers, peers.c.host == deliveries.c.host)
        .where(
            _is_free(),
            doubtful if is_doubtful else peers.c.failing_since.is_(None),
            deliveries.c.host.not_in(full),
            or_(peers.c.next_try_at.is_(None), deliveries.c.host.not_in(busy)),
            _is_first(),
        )
        .order_by(deliveries.c.due_at, deliveries.c.id)
        .limit(bindparam("n", type_=Integer(), required=True))
        .with_for_update(skip_locked=True, of=deliveries)
    )


def _is_first() -> ColumnElement[bool]:
    """No other activity about the same thing waits for the same host since earlier."""
    earlier = deliveries.alias("earlier")
    same = earlier.c.object == deliveries.c.object, earlier.c.host == deliveries.c.host, earlier.c.state == "due"
    before = earlier.c.id < deliveries.c.id, earlier.c.activity != deliveries.c.activity
    return or_(deliveries.c.object == "", not_(select(earlier.c.id).where(*same, *before).exists()))


_CANDIDATES = {
    True: Prepared(lambda _: _candidates(is_doubtful=True)),
    False: Prepared(lambda _: _candidates(is_doubtful=False)),
}


def _sorted_out(ground: Ground, rows: Sequence[Candidate], blocks: frozenset[str], now: datetime) -> list[Candidate]:
    """The rows that may go as far as their servers are concerned; the others do not come up again until something changes."""
    ended: dict[str, str] = {}
    rests: dict[str, datetime] = {}
    for row in rows:
        host, health = row["host"], _health(row)
        if blocks and blocks.intersection(above(host)):
            ended[host] = _BLOCKED
        elif delivery.is_unavailable(health):
            ended[host] = _UNAVAILABLE
        elif delivery.is_open(health, now):
            rests[host] = row["next_try_at"]
        elif row["measure"] == Measure.PAUSED:
            rests[host] = now + PAUSED
    waits = deliveries.c.state == "due", deliveries.c.leased_by.is_(None)
    for host, reason in ended.items():
        ground.run(
            update(deliveries).where(*waits, deliveries.c.host == host).values(state="dropped", last_error=reason, done_at=now)
        )
    for host, until in rests.items():
        ground.run(update(deliveries).where(*waits, deliveries.c.host == host, deliveries.c.due_at < until).values(due_at=until))
    return [row for row in rows if row["host"] not in ended and row["host"] not in rests]


def _health(row: Candidate) -> Health:
    return Health(
        failures=row["failures"] or 0,
        failing_since=row["failing_since"],
        failed_at=row["last_error_at"],
        next_try_at=row["next_try_at"],
    )


def _lease(ground: Ground, wanted: Claim, rows: list[Candidate]) -> list[Candidate]:
    if rows:
        until = wanted.now + wanted.lease
        _LEASE.run(ground.connection, ids=listed(row["id"] for row in rows), until=until, owner=wanted.owner)
    for row in rows:
        row["attempts"] += 1
    return rows
