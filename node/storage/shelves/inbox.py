"""Activities that came in and were proven: each once, kept as received, worked off under leases."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select, text, update

from federation.messages import Verified
from node.storage import claims
from node.storage.ground import Shelf, insert, made
from node.storage.prepared import Prepared
from node.storage.tables.inbox import inbox
from vocab.jsonld import read
from vocab.thing import Thing

#: Messages that were read are kept until they are acted on: of so many bytes in all, and none that is longer than that.
MOST_KEPT, LONGEST_KEPT = 12_000_000, 8_192
#: When so many found no room one after the other and none was asked for, what is kept is forgotten.
MOST_TURNED_AWAY = 50_000

State = Literal["due", "done", "ignored", "refused", "not_understood", "parked", "held"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """A received activity. `body` are the exact bytes.

    `attempts` counts the claims, this one included; `crashes` those that ended without a word.
    """

    id: int
    activity: str
    actor: str
    type: str
    body: bytes
    key_id: str
    recipient: str | None
    received_at: datetime
    state: State
    attempts: int
    crashes: int
    reason: str


class End(NamedTuple):
    """How the work on a row ended."""

    id: int
    state: State
    reason: str = ""


class Inbox(Shelf):
    """What was received. A row is inserted once per activity id, and its id is remembered for good."""

    def add(self, verified: Verified) -> bool:
        """Keeps an activity, due now; False for a copy of one that is here.

        A neighbour who used the same id before does not make it a copy.
        """
        name = _name(verified)
        if self._insert([_row(verified, name)]):
            return True
        known = self.get(name)
        is_anothers = known is not None and known.actor != verified.actor
        return is_anothers and bool(self._insert([_row(verified, f"{name} {verified.actor}")]))

    def add_all(self, many: Sequence[Verified]) -> None:
        """Keeps many at once. Where there is a copy among them, each is looked at by itself."""
        for verified in many:
            _READ.put(verified.body, verified.activity)
        if self._insert([_row(verified, _name(verified)) for verified in many]) < len(many):
            for verified in many:
                self.add(verified)

    def _insert(self, rows: Sequence[dict[str, object]]) -> int:
        return _ADDED.run_many(self.ground.connection, rows)

    def claim(self, now: datetime, owner: str, n: int, lease: timedelta = claims.LEASE) -> list[InboxRow]:
        """Leases up to n due rows, oldest first.

        What an actor sent later waits for what it sent before. Rows that were under way when a process died are leased one at a
        time, and nothing beside them: one of them may have been the cause.
        """
        if self.ground.dialect != "sqlite":
            # one process at a time: it must see what the others have leased
            self.ground.connection.execute(text("SELECT pg_advisory_xact_lock(7305)"))
        wanted = claims.Claim(now=now, owner=owner, n=n, lease=lease)
        if _SUSPECT.row(self.ground.connection, now=now):
            if self._holds(owner, now):
                return []
            if alone := self._claimed(_ALONE, replace(wanted, n=1)):
                return alone  # none, when each of them waits for what its actor sent before: then the others go on
        return self._claimed(_NEXT, wanted) if _SOME_DUE.row(self.ground.connection, now=now) else []

    def _claimed(self, statement: Prepared, wanted: claims.Claim) -> list[InboxRow]:
        return [made(InboxRow, row) for row in claims.claim_prepared(self.ground, statement, wanted)]

    def _holds(self, owner: str, now: datetime) -> bool:
        held = inbox.c.state == "due", inbox.c.leased_by == owner, inbox.c.leased_until > now
        return self.ground.row(select(inbox.c.id).where(*held).limit(1)) is not None

    def verified(self, row: InboxRow) -> Verified:
        """The proven activity again, from the bytes that were kept."""
        return Verified(
            activity=_READ.pop(row.body) or read(row.body),
            actor=row.actor,
            key_id=row.key_id,
            body=row.body,
            at=row.received_at,
            recipient=row.recipient,
        )

    def get(self, activity: str) -> InboxRow | None:
        """The row of an activity."""
        row = self.ground.row(select(inbox).where(inbox.c.activity == activity))
        return made(InboxRow, row) if row else None

    def finish(self, id: int, state: State, reason: str, at: datetime) -> None:  # noqa: A002 - the word of the domain
        """Ends the work on a row."""
        self.finish_all([End(id, state, reason)], at)

    def finish_all(self, ends: Sequence[End], at: datetime) -> None:
        """Ends the work on many rows at once."""
        _FINISHED.run_many(
            self.ground.connection, [{"which": end.id, "end": end.state, "why": end.reason, "at": at} for end in ends]
        )

    def retry(self, id: int, due_at: datetime, reason: str) -> None:  # noqa: A002 - the word of the domain
        """Lets a row wait for another try."""
        change = update(inbox).where(inbox.c.id == id)
        self.ground.run(change.values(state="due", due_at=due_at, reason=reason, leased_until=None, leased_by=None))

    def counts(self) -> dict[str, int]:
        """How many rows there are in each state."""
        counted = select(inbox.c.state, func.count().label("n")).group_by(inbox.c.state).order_by(inbox.c.state)
        return {row["state"]: row["n"] for row in self.ground.rows(counted)}

    def recent(self, n: int = 100) -> list[InboxRow]:
        """The newest n, newest first."""
        return [made(InboxRow, row) for row in self.ground.rows(select(inbox).order_by(inbox.c.id.desc()).limit(n))]


class _Readings:
    """What messages say, from when they come until they are acted on in the same process: by their very bytes, so never wrong.

    When there is no room, the newest are not kept: the oldest are acted on first. What was not asked for in all the time in which
    many times as many came was acted on by another process.
    """

    def __init__(self) -> None:
        self._kept: dict[bytes, Thing] = {}
        self._size = 0
        self._turned_away = 0

    def put(self, body: bytes, thing: Thing) -> None:
        if len(body) > LONGEST_KEPT or body in self._kept:
            return
        if self._size + len(body) <= MOST_KEPT:
            self._kept[body] = thing
            self._size += len(body)
        else:
            self._turned_away += 1
            if self._turned_away >= MOST_TURNED_AWAY:
                self._kept.clear()
                self._size = self._turned_away = 0

    def pop(self, body: bytes) -> Thing | None:
        found = self._kept.pop(body, None)
        if found is not None:
            self._size -= len(body)
            self._turned_away = 0
        return found


_READ = _Readings()


def _name(verified: Verified) -> str:
    return verified.activity.id or f"sha256:{hashlib.sha256(verified.body).hexdigest()}"


def _row(verified: Verified, name: str) -> dict[str, object]:
    return {
        "activity": name,
        "actor": verified.actor,
        "type": verified.activity.type,
        "body": verified.body,
        "key_id": verified.key_id,
        "recipient": verified.recipient,
        "received_at": verified.at,
        "due_at": verified.at,
    }


def _is_next() -> ColumnElement[bool]:
    """The condition that nothing that the same actor sent before is still being worked on, or was put off.

    What was not put off is due earlier, and comes first anyway.
    """
    earlier = inbox.alias("earlier")
    waits = or_(earlier.c.due_at > inbox.c.due_at, earlier.c.leased_until > claims.NOW)
    before = earlier.c.actor == inbox.c.actor, earlier.c.id < inbox.c.id
    return ~exists().where(*before, text("earlier.state = 'due'"), waits)


def _free() -> tuple[ColumnElement[bool], ...]:
    now = bindparam("now", type_=inbox.c.due_at.type)
    return inbox.c.due_at <= now, or_(inbox.c.leased_until.is_(None), inbox.c.leased_until <= now)


#: Said in the words of the index that holds these few rows alone.
_SUSPECT = Prepared(lambda _: select(inbox.c.id).where(text("crashes > 0"), inbox.c.state == "due", *_free()).limit(1))
_SOME_DUE = Prepared(lambda _: select(inbox.c.id).where(inbox.c.state == "due", *_free()).limit(1))
_NEXT = Prepared(lambda _: claims.leasing(inbox, _is_next()))
_ALONE = Prepared(lambda _: claims.leasing(inbox, _is_next(), inbox.c.crashes > 0))
_GIVEN = ("activity", "actor", "type", "body", "key_id", "recipient", "received_at", "due_at")
_ADDED = Prepared(
    lambda dialect: (
        insert(inbox, dialect)
        .values({name: bindparam(name, type_=inbox.c[name].type) for name in _GIVEN})
        .values(state="due", attempts=0, crashes=0, reason="")
        .on_conflict_do_nothing()
        .inline()
    )
)
_FINISHED = Prepared(
    lambda _: (
        update(inbox)
        .where(inbox.c.id == bindparam("which"))
        .values(
            state=bindparam("end", type_=inbox.c.state.type),
            reason=bindparam("why", type_=inbox.c.reason.type),
            done_at=bindparam("at", type_=inbox.c.done_at.type),
            leased_until=None,
            leased_by=None,
        )
    )
)
