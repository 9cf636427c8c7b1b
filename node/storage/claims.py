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

from sqlalchemy import ColumnElement, RowMapping, Select, Table, and_, case, or_, select, update

from node.storage.ground import Ground

LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who claims how many rows, at which moment, for how long."""

    now: datetime
    owner: str
    n: int
    lease: timedelta = LEASE


def is_free(table: Table, now: datetime) -> ColumnElement[bool]:
    """The condition on rows that are due and not leased to anybody."""
    columns = table.c
    unleased = or_(columns.leased_until.is_(None), columns.leased_until <= now)
    return and_(columns.state == "due", columns.due_at <= now, unleased)


def claim(ground: Ground, table: Table, wanted: Claim, *conditions: ColumnElement[bool]) -> list[RowMapping]:
    """Leases up to n free rows that fulfil the conditions, and gives them in the order of their ids.

    The lock clause is dropped by SQLite, whose single writer makes it safe; the materialised CTE keeps PostgreSQL from
    running the subquery more than once.
    """
    free: Select[Any] = select(table.c.id).where(is_free(table, wanted.now), *conditions)
    free = free.order_by(table.c.due_at, table.c.id).limit(wanted.n).with_for_update(skip_locked=True)
    picked = free.cte("picked").prefix_with("MATERIALIZED", dialect="postgresql")
    values: dict[str, Any] = {
        "leased_until": wanted.now + wanted.lease,
        "leased_by": wanted.owner,
        "attempts": table.c.attempts + 1,
    }
    if "crashes" in table.c:
        values["crashes"] = table.c.crashes + case((table.c.leased_by.is_not(None), 1), else_=0)
    leased = update(table).where(table.c.id.in_(select(picked.c.id))).values(**values).returning(*table.c)
    return sorted(ground.rows(leased), key=lambda row: int(row["id"]))


def release(ground: Ground, table: Table, owner: str, is_alive: Callable[[str], bool]) -> int:
    """Frees the leases held by processes of the owner's host that no longer run; how many rows."""
    here = owner.partition("/")[0]
    held = table.c.leased_by
    owners = ground.texts(select(held).where(held.is_not(None)).distinct())
    dead = [name for name in owners if name.partition("/")[0] == here and name != owner and not is_alive(name)]
    return _free(ground, table, dead) if dead else 0


def let_go(ground: Ground, table: Table, owner: str) -> int:
    """Frees the leases of an owner who stops in good order; how many rows."""
    return ground.run(update(table).where(table.c.leased_by == owner).values(leased_until=None, leased_by=None))


def _free(ground: Ground, table: Table, owners: Sequence[str]) -> int:
    values: dict[str, Any] = {"leased_until": None, "leased_by": None}
    if "crashes" in table.c:
        values["crashes"] = table.c.crashes + 1
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
