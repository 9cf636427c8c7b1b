"""Who follows whom: every link between actors, with its state and dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Update, bindparam, or_, select, text, update

from node.errors import NotFound
from node.storage.ground import Shelf, made
from node.storage.hosts import host_of
from node.storage.prepared import Prepared
from node.storage.tables.followings import followings

History = Literal["", "running", "complete", "gap"]
State = Literal["requested", "accepted", "refused", "paused", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowingRow:
    """One link. `activity` is the IRI of the Follow, `synced_at` when all that the target holds had come over.

    `history` is how far the bringing over of what was there before has come.
    """

    id: int
    follower: str
    target: str
    activity: str
    state: State
    requested_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    note: str
    synced_at: datetime | None
    history: History = ""


class Followings(Shelf):
    """The links. There is at most one per follower and target; a new request takes the place of an ended one."""

    def put(
        self, follower: str, target: str, *, activity: str, state: State, at: datetime, note: str = ""
    ) -> FollowingRow:  # fmt: skip
        """Inserts the link or gives it this state and activity."""
        self.ground.unsettle()
        known = self.get(follower, target)
        values: dict[str, Any] = {"activity": activity, "state": state, "note": note, **_dates(state, at)}
        if known is None:
            values = {"follower": follower, "target": target, "requested_at": at, **values}
        key = ["follower", "target"]
        if known is None:
            self.ground.upsert(followings, key, values)
        else:
            self.ground.run(self._change(follower, target).values(**values))
        self.ground.wakes.add(("intersections", "all"))
        row = self.get(follower, target)
        if row is None:
            raise NotFound(f"The link from {follower} to {target} is gone.")
        return row

    def get(self, follower: str, target: str) -> FollowingRow | None:
        """The link between the two."""
        row = _BETWEEN.row(self.ground.connection, follower=follower, target=target)
        return made(FollowingRow, row) if row else None

    def by_activity(self, activity: str) -> FollowingRow | None:
        """The link that a Follow of that IRI asked for."""
        return self._first(followings.c.activity == activity)

    def of(self, follower: str, state: State | None = None) -> list[FollowingRow]:
        """What an actor follows, oldest first."""
        return self._kept(_OUT.rows(self.ground.connection, actor=follower), state)

    def followers(self, actor: str) -> list[str]:
        """Who follows an actor, the first who asked first."""
        held = followings.c.target == actor, followings.c.state == "accepted"
        return self.ground.texts(select(followings.c.follower).where(*held).order_by(followings.c.id))

    def to(self, target: str, state: State | None = None) -> list[FollowingRow]:
        """Who follows an actor, oldest first."""
        return self._kept(_IN.rows(self.ground.connection, actor=target), state)

    def all(self, state: State | None = None) -> list[FollowingRow]:
        """Every link, oldest first."""
        return self._kept(_EVERY.rows(self.ground.connection), state)

    def reaches(self, host: str) -> bool:
        """Whether somebody follows, or has asked to follow, somebody of that server."""
        connection = self.ground.connection
        there = [row["target"] for row in _TARGETS.rows(connection) if row["target"] and host_of(row["target"]) == host]
        return any(_SOUGHT.row(connection, target=target) for target in there)

    def is_followed(self, target: str) -> bool:
        """Whether somebody follows an actor: every new thing asks."""
        return _FOLLOWED.row(self.ground.connection, target=target) is not None

    def set_state(self, follower: str, target: str, state: State, at: datetime, note: str = "") -> None:
        """Moves a link on; raises NotFound when there is none."""
        self.ground.unsettle()
        change = self._change(follower, target).values(state=state, note=note, **_dates(state, at))
        if not self.ground.run(change):
            raise NotFound(f"{follower} does not follow {target}.")
        self.ground.wakes.add(("intersections", "all"))

    def mark_synced(self, follower: str, target: str, at: datetime) -> None:
        """Notes that all that the target holds has come over."""
        self.ground.run(self._change(follower, target).values(synced_at=at))

    def mark_history(self, follower: str, target: str, history: History) -> None:
        """Notes how far what was there before has come over."""
        self.ground.run(self._change(follower, target).values(history=history))

    def _change(self, follower: str, target: str) -> Update:
        return update(followings).where(followings.c.follower == follower, followings.c.target == target)

    def _first(self, *conditions: ColumnElement[bool]) -> FollowingRow | None:
        row = self.ground.row(select(followings).where(*conditions).order_by(followings.c.id.desc()).limit(1))
        return made(FollowingRow, row) if row else None

    def _kept(self, rows: Iterable[Mapping[str, Any]], state: State | None) -> list[FollowingRow]:
        return [made(FollowingRow, row) for row in rows if state is None or row["state"] == state]


_EVERY = Prepared(lambda _: select(followings).order_by(followings.c.id))
_OUT = Prepared(lambda _: select(followings).where(followings.c.follower == bindparam("actor")).order_by(followings.c.id))
_IN = Prepared(lambda _: select(followings).where(followings.c.target == bindparam("actor")).order_by(followings.c.id))
_BETWEEN = Prepared(
    lambda _: select(followings).where(followings.c.follower == bindparam("follower"), followings.c.target == bindparam("target"))
)
_FOLLOWED = Prepared(
    lambda _: select(followings.c.id).where(followings.c.target == bindparam("target"), followings.c.state == "accepted").limit(1)
)
_SOUGHT = Prepared(
    lambda _: (
        select(followings.c.id)
        .where(
            followings.c.target == bindparam("target"), or_(followings.c.state == "accepted", followings.c.state == "requested")
        )
        .limit(1)
    )
)
#: Each once: one jump in the index from one to the next, however many follow it.
_TARGETS = Prepared(
    lambda _: text(
        "WITH RECURSIVE found (target) AS (SELECT min(target) FROM followings UNION ALL "
        "SELECT (SELECT min(followings.target) FROM followings WHERE followings.target > found.target) "
        "FROM found WHERE found.target IS NOT NULL) SELECT target FROM found"
    ).columns(followings.c.target)
)


def _dates(state: State, at: datetime) -> dict[str, datetime | None]:
    """Which dates a state sets, and which it makes void."""
    if state == "requested":
        return {"requested_at": at, "answered_at": None, "ended_at": None, "synced_at": None}
    if state == "ended":
        return {"ended_at": at}
    return {"answered_at": at, "ended_at": None}
