"""Claims, “give me n due rows and lease them”, in one statement for both databases; and whose leases still hold.

A lease is `leased_until` and `leased_by`; the owner reads "hostname/pid/start", so that after a crash the leases of
processes that no longer run can be freed at once instead of waiting until they end.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Integer, RowMapping, Select, Table, bindparam, case, literal, or_, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from node.storage.ground import Ground
from node.storage.prepared import Prepared
from node.storage.tables.columns import Moment, Words

LEASE = timedelta(seconds=60)
#: What was under way in two crashes waits so long: when the process is killed from outside, again and again, what comes first
#: would else be hit each time, and be taken for the cause.
REST = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who claims how many rows, at which moment, for how long."""

    now: datetime
    owner: str
    n: int
    lease: timedelta = LEASE


#: The moment of a claim, in conditions on rows.
NOW = bindparam("now_", type_=Moment(), required=True)


def claim(ground: Ground, table: Table, wanted: Claim, *conditions: ColumnElement[bool]) -> list[RowMapping]:
    """Leases up to n free rows that fulfil the conditions, and gives them in the order of their ids."""
    answer = ground.connection.execute(leasing(table, *conditions), _given(wanted))
    return sorted(answer.mappings().all(), key=lambda row: int(row["id"]))


def claim_prepared(ground: Ground, statement: Prepared, wanted: Claim) -> list[dict[str, Any]]:
    """The same with a statement that was put together before, from `leasing`."""
    return sorted(statement.rows(ground.connection, **_given(wanted)), key=lambda row: int(row["id"]))


def leasing(table: Table, *conditions: ColumnElement[bool]) -> ReturningUpdate[Any]:
    """The statement of a claim.

    The lock clause is dropped by SQLite, whose single writer makes it safe; the materialised CTE keeps PostgreSQL from
    running the subquery more than once.
    """
    columns = table.c
    unleased = or_(columns.leased_until.is_(None), columns.leased_until <= NOW)
    free: Select[Any] = select(columns.id).where(columns.state == "due", columns.due_at <= NOW, unleased, *conditions)
    limit = bindparam("n_", type_=Integer(), required=True)
    picked = free.order_by(columns.due_at, columns.id).limit(limit).with_for_update(skip_locked=True).cte("picked")
    values: dict[str, Any] = {
        "leased_until": bindparam("until_", type_=Moment(), required=True),
        "leased_by": bindparam("owner_", type_=Words(), required=True),
        "attempts": columns.attempts + 1,
    }
    if "crashes" in columns:
        values["crashes"] = columns.crashes + case((columns.leased_by.is_not(None), 1), else_=0)
    chosen = select(picked.prefix_with("MATERIALIZED", dialect="postgresql").c.id)
    return update(table).where(columns.id.in_(chosen)).values(**values).returning(*columns)


def _given(wanted: Claim) -> dict[str, Any]:
    return {"now_": wanted.now, "until_": wanted.now + wanted.lease, "owner_": wanted.owner, "n_": wanted.n}


def release(ground: Ground, table: Table, by: Claim, is_alive: Callable[[str], bool]) -> int:
    """Frees the leases held by processes of the claimant's host that no longer run; how many rows."""
    owner = by.owner
    here = owner.partition("/")[0]
    held = table.c.leased_by
    owners = ground.texts(select(held).where(held.is_not(None)).distinct())
    dead = [name for name in owners if name.partition("/")[0] == here and name != owner and not is_alive(name)]
    return _free(ground, table, dead, by.now) if dead else 0


def let_go(ground: Ground, table: Table, owner: str) -> int:
    """Frees the leases of an owner who stops in good order; how many rows."""
    return ground.run(update(table).where(table.c.leased_by == owner).values(leased_until=None, leased_by=None))


def _free(ground: Ground, table: Table, owners: Sequence[str], now: datetime) -> int:
    values: dict[str, Any] = {"leased_until": None, "leased_by": None}
    if "crashes" in table.c:
        values["crashes"] = table.c.crashes + 1
        values["due_at"] = case((table.c.crashes > 0, literal(now + REST, table.c.due_at.type)), else_=table.c.due_at)
    return ground.run(update(table).where(table.c.leased_by.in_(owners)).values(**values))


def owner_here() -> str:
    """The owner string of this very process."""
    return _owner(os.getpid())


@cache
def _owner(pid: int) -> str:
    return f"{socket.gethostname()}/{pid}/{_started(pid)}"


def is_running(owner: str) -> bool:
    """Whether the process that an owner string names still runs on this host."""
    _, _, rest = owner.partition("/")
    pid, _, start = rest.partition("/")
    if not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    known = _started(int(pid))
    return known in ("0", start) or start == "0"


def _started(pid: int) -> str:
    """When a process started, in ticks since boot; "0" where that cannot be known."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return "0"
