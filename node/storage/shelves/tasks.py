"""Work that waits: one row per kind and subject, woken as often as one likes, run once for all of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, bindparam, case, func, literal, not_, or_, select, update

from federation import delivery
from federation.addresses import without_path
from node.storage import claims
from node.storage.ground import Shelf, made
from node.storage.prepared import Prepared
from node.storage.tables.columns import Moment
from node.storage.tables.tasks import tasks
from node.storage.wakes import wake

State = Literal["due", "done", "parked"]

#: From so many pieces of work for one server on, those for others come first.
FEW = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A piece of work. `payload` is JSON text; `attempts` counts the claims since it was woken, this one included."""

    id: int
    kind: str
    subject: str
    payload: str
    state: State
    due_at: datetime
    attempts: int
    last_error: str


class Tasks(Shelf):
    """The work that waits."""

    def wake(self, kind: str, subject: str, due_at: datetime | None = None, payload: str = "") -> None:
        """Makes a piece of work due (at once, or at `due_at`); one that is being done runs again afterwards.

        One that is due earlier stays so. An empty payload leaves the one that is there.
        """
        wake(self.ground, kind, subject, due_at, payload)

    def claim(self, kind: str, now: datetime, owner: str, n: int, lease: timedelta = claims.LEASE) -> list[TaskRow]:
        """Leases up to n due pieces of work of a kind."""
        if _SOME_DUE.row(self.ground.connection, kind=kind, now=now) is None:
            return []  # the usual answer, had for a fraction of what leasing costs
        return self._lease(claims.Claim(now=now, owner=owner, n=n, lease=lease), tasks.c.kind == kind)

    def claim_apart(self, kind: str, now: datetime, owner: str, n: int, lease: timedelta = claims.LEASE) -> list[TaskRow]:
        """The same where subjects begin with an address: few of one server at a time, so that none takes all places."""
        found: list[TaskRow] = []
        is_more = _SOME_DUE.row(self.ground.connection, kind=kind, now=now) is not None
        while is_more and len(found) < n:
            leased = tasks.c.kind == kind, tasks.c.state == "due", tasks.c.leased_until > now
            under_way = Counter(_server(subject) for subject in self.ground.texts(select(tasks.c.subject).where(*leased)))
            crowded = [server for server, count in under_way.items() if count >= FEW]
            elsewhere = [not_(tasks.c.subject.startswith(server, autoescape=True)) for server in crowded]
            # However they fall, they fit: no server gets more than its few.
            room = FEW - max((count for count in under_way.values() if count < FEW), default=0)
            wanted = claims.Claim(now=now, owner=owner, n=min(room, n - len(found)), lease=lease)
            some = self._lease(wanted, tasks.c.kind == kind, *elsewhere)
            is_more = len(some) == wanted.n
            found += some
        return found

    def finish(self, row: TaskRow, at: datetime) -> None:
        """Done; unless it was woken meanwhile: then it is due again."""
        again = {"state": case((tasks.c.is_woken, "due"), else_="done"), "attempts": 0, "last_error": ""}
        self._end(row, {**again, "due_at": _unless_woken(at)})

    def retry(self, row: TaskRow, due_at: datetime, error: str, payload: str | None = None) -> None:
        """Lets it wait for another try, with what it has learnt so far; one woken meanwhile is tried at once."""
        values: dict[str, Any] = {"last_error": error, "due_at": _unless_woken(due_at)}
        if payload is not None:
            values["payload"] = payload
        self._end(row, {**values, "state": "due"})

    def park(self, row: TaskRow, error: str, at: datetime) -> None:
        """Gives up until somebody wakes it."""
        state = case((tasks.c.is_woken, "due"), else_="parked")
        self._end(row, {"state": state, "last_error": error, "due_at": _unless_woken(at)})

    def put_off(self, row: TaskRow, reason: str, at: datetime, *, is_final: bool) -> None:
        """After a try that failed at that moment: lets it wait, longer from try to try as deliveries do; or gives up."""
        if is_final:
            self.park(row, reason, at)
        else:
            self.retry(row, at + delivery.wait(row.attempts), reason)

    def keep_payload(self, row: TaskRow, payload: str) -> None:
        """Notes how far the work has come, so that it can be resumed."""
        self.ground.run(update(tasks).where(tasks.c.id == row.id).values(payload=payload))

    def get(self, kind: str, subject: str) -> TaskRow | None:
        """One piece of work."""
        row = self.ground.row(select(tasks).where(tasks.c.kind == kind, tasks.c.subject == subject))
        return made(TaskRow, row) if row else None

    def all(self, kind: str | None = None, state: State | None = None) -> list[TaskRow]:
        """All pieces of work, oldest first."""
        chosen = select(tasks).order_by(tasks.c.id)
        if kind is not None:
            chosen = chosen.where(tasks.c.kind == kind)
        if state is not None:
            chosen = chosen.where(tasks.c.state == state)
        return [made(TaskRow, row) for row in self.ground.rows(chosen)]

    def waiting(self, kind: str, now: datetime, ending: str = "") -> int:
        """How many pieces of work of a kind are due now; with `ending`, of those whose subject ends with it."""
        due = [tasks.c.kind == kind, tasks.c.state == "due", tasks.c.due_at <= now]
        if ending:
            due.append(tasks.c.subject.endswith(ending, autoescape=True))
        return self.ground.number(select(func.count()).select_from(tasks).where(*due))

    def counts(self) -> dict[str, int]:
        """How many pieces of work there are in each state."""
        counted = select(tasks.c.state, func.count().label("n")).group_by(tasks.c.state).order_by(tasks.c.state)
        return {row["state"]: row["n"] for row in self.ground.rows(counted)}

    def _lease(self, wanted: claims.Claim, *conditions: ColumnElement[bool]) -> list[TaskRow]:
        rows = claims.claim(self.ground, tasks, wanted, *conditions)
        ids = [row["id"] for row in rows]
        self.ground.run(update(tasks).where(tasks.c.id.in_(ids), tasks.c.is_woken).values(is_woken=False))
        return [made(TaskRow, row) for row in rows]

    def _end(self, row: TaskRow, values: dict[str, Any]) -> None:
        freed = {"is_woken": False, "leased_until": None, "leased_by": None}
        # the number of the try tells whether somebody else took it over because our lease had run out
        held = tasks.c.id == row.id, tasks.c.attempts == row.attempts
        self.ground.run(update(tasks).where(*held).values(**values, **freed))


_NOW = bindparam("now", type_=Moment(), required=True)
_SOME_DUE = Prepared(
    lambda _: (
        select(tasks.c.id)
        .where(tasks.c.kind == bindparam("kind", required=True), tasks.c.state == "due", tasks.c.due_at <= _NOW)
        .where(or_(tasks.c.leased_until.is_(None), tasks.c.leased_until <= _NOW))
        .limit(1)
    )
)


def _server(subject: str) -> str:
    """The beginning that all addresses of a server share."""
    return f"{without_path(subject)}/"


def _unless_woken(moment: datetime) -> ColumnElement[datetime]:
    """That moment; or the one for which it was woken while it was being done."""
    return case((tasks.c.is_woken, tasks.c.due_at), else_=literal(moment, Moment()))
