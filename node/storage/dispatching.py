"""Chooses what may be sent now: due, in order, gently with each server; drops what never can be, puts off what must rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, bindparam, not_, or_, select, text, update

from federation import delivery
from federation.delivery import Health
from node.domain.neighbours import Measure
from node.storage import claims
from node.storage.claims import Claim
from node.storage.ground import Ground
from node.storage.hosts import above
from node.storage.tables.columns import Moment
from node.storage.tables.outbox import deliveries
from node.storage.tables.peers import peers

#: How many requests may be under way to one server; to one that is tried again after a pause, only one.
PER_HOST = 2
AFTER_A_PAUSE = 1
#: How many may be under way to servers that failed lately: they may take long, and must not take the places of the others.
MOST_DOUBTFUL = 48
#: So often one looks further when what was found may not go now.
ROUNDS = 8
#: What goes to a server that people here have paused is looked at again after so long.
PAUSED = timedelta(hours=1)

_NOW = bindparam("now_", type_=Moment())
_SOME_DUE = (
    select(deliveries.c.id)
    .where(deliveries.c.state == "due", deliveries.c.due_at <= _NOW)
    .where(or_(deliveries.c.leased_until.is_(None), deliveries.c.leased_until <= _NOW))
    .limit(1)
)
_SOME_FAIL = select(peers.c.host).where(peers.c.failing_since.is_not(None)).limit(1)
#: Any number: processes that choose at the same time would both count the same requests as under way.
_LOCK = 7_341_120
_UNAVAILABLE = "The other server has not answered for seven days."
_BLOCKED = "The other server is blocked here."


@dataclass(slots=True, kw_only=True)
class _Places:
    """How many requests are under way per server, and which servers are looked at no more in this choice."""

    taken: Counter[str]
    doubtful: int
    full: set[str]

    def take(self, rows: Iterable[RowMapping], room: int) -> list[int]:
        """The ids of the rows that may go now, at most so many."""
        ids: list[int] = []
        for row in rows:
            host, most = row["host"], PER_HOST if row["next_try_at"] is None else AFTER_A_PAUSE
            if len(ids) < room and self.taken[host] < most:
                ids.append(row["id"])
                self.taken[host] += 1
                self.doubtful += row["failing_since"] is not None
            if self.taken[host] >= most:
                self.full.add(host)
        return ids


def choose(ground: Ground, wanted: Claim) -> list[RowMapping]:
    """Leases up to n deliveries that may be sent now, oldest first.

    At most two at a time per server; of one object to one server in the order in which they were written. What is due for a
    server that is blocked or unavailable is dropped; what is due for one that rests is put off until it may be tried.
    """
    if ground.connection.execute(_SOME_DUE, {"now_": wanted.now}).first() is None:
        return []
    if ground.dialect == "postgresql":
        ground.connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _LOCK})
    places = _places(ground, wanted.now)
    blocks = frozenset(ground.texts(select(peers.c.host).where(peers.c.state == "blocked")))
    chosen: list[RowMapping] = []
    # Those in doubt come first and are few: else they would never come while there is much to do.
    for is_doubtful in (True, False) if ground.row(_SOME_FAIL) else (False,):
        for _ in range(ROUNDS):
            room = min(wanted.n - len(chosen), MOST_DOUBTFUL - places.doubtful) if is_doubtful else wanted.n - len(chosen)
            if room <= 0:
                break
            found = ground.rows(_candidates(wanted.now, places.full, 2 * room, is_doubtful=is_doubtful))
            may_go = _sorted_out(ground, found, blocks, wanted.now)
            chosen += _lease(ground, wanted, places.take(may_go, room))
            if len(found) < 2 * room:
                break
    return sorted(chosen, key=lambda row: int(row["id"]))


def _places(ground: Ground, now: datetime) -> _Places:
    under_way = (
        select(deliveries.c.host, peers.c.failing_since)
        .outerjoin(peers, peers.c.host == deliveries.c.host)
        .where(deliveries.c.leased_until > now, deliveries.c.state == "due")
    )
    rows = ground.rows(under_way)
    taken = Counter(str(row["host"]) for row in rows)
    doubtful = sum(row["failing_since"] is not None for row in rows)
    return _Places(taken=taken, doubtful=doubtful, full={host for host, n in taken.items() if n >= PER_HOST})


def _candidates(now: datetime, full: Iterable[str], n: int, *, is_doubtful: bool) -> Select[Any]:
    doubtful = deliveries.c.host.in_(select(peers.c.host).where(peers.c.failing_since.is_not(None)))
    return (
        select(
            deliveries.c.id,
            deliveries.c.host,
            peers.c.failures,
            peers.c.next_try_at,
            peers.c.failing_since,
            peers.c.last_error_at,
            peers.c.measure,
        )
        .outerjoin(peers, peers.c.host == deliveries.c.host)
        .where(
            claims.is_free(deliveries, now),
            doubtful if is_doubtful else peers.c.failing_since.is_(None),
            deliveries.c.host.not_in(sorted(full)),
            _is_first(),
        )
        .order_by(deliveries.c.due_at, deliveries.c.id)
        .limit(n)
        .with_for_update(skip_locked=True, of=deliveries)
    )


def _is_first() -> ColumnElement[bool]:
    """No other activity about the same thing waits for the same host since earlier."""
    earlier = deliveries.alias("earlier")
    same = earlier.c.object == deliveries.c.object, earlier.c.host == deliveries.c.host, earlier.c.state == "due"
    before = earlier.c.id < deliveries.c.id, earlier.c.activity != deliveries.c.activity
    return or_(deliveries.c.object == "", not_(select(earlier.c.id).where(*same, *before).exists()))


def _sorted_out(ground: Ground, rows: Sequence[RowMapping], blocks: frozenset[str], now: datetime) -> list[RowMapping]:
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


def _health(row: RowMapping) -> Health:
    return Health(
        failures=row["failures"] or 0,
        failing_since=row["failing_since"],
        failed_at=row["last_error_at"],
        next_try_at=row["next_try_at"],
    )


def _lease(ground: Ground, wanted: Claim, ids: Sequence[int]) -> Sequence[RowMapping]:
    if not ids:
        return []
    values = {"leased_until": wanted.now + wanted.lease, "leased_by": wanted.owner, "attempts": deliveries.c.attempts + 1}
    return ground.rows(update(deliveries).where(deliveries.c.id.in_(ids)).values(**values).returning(*deliveries.c))
