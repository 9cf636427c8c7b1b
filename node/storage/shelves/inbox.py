"""Activities that came in and were proven: each once, kept as received, worked off under leases."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import func, select, update

from federation.messages import Verified
from node.storage import claims
from node.storage.ground import Shelf, made
from node.storage.tables.inbox import inbox
from vocab.jsonld import read

State = Literal["due", "done", "ignored", "refused", "not_understood", "parked"]


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


class Inbox(Shelf):
    """What was received. A row is inserted once per activity id, and its id is remembered for good."""

    def add(self, verified: Verified) -> bool:
        """Keeps an activity, due now; False for a copy of one that is here.

        A neighbour who used the same id before does not make it a copy.
        """
        name = verified.activity.id or f"sha256:{hashlib.sha256(verified.body).hexdigest()}"
        if self._insert(verified, name):
            return True
        known = self.get(name)
        is_anothers = known is not None and known.actor != verified.actor
        return is_anothers and self._insert(verified, f"{name} {verified.actor}")

    def _insert(self, verified: Verified, name: str) -> bool:
        added = self.ground.insert(inbox).values(
            activity=name,
            actor=verified.actor,
            type=verified.activity.type,
            body=verified.body,
            key_id=verified.key_id,
            recipient=verified.recipient,
            received_at=verified.at,
            due_at=verified.at,
        )
        return self.ground.row(added.on_conflict_do_nothing().returning(inbox.c.id)) is not None

    def claim(self, now: datetime, owner: str, n: int, lease: timedelta = claims.LEASE) -> list[InboxRow]:
        """Leases up to n due rows, oldest first."""
        wanted = claims.Claim(now=now, owner=owner, n=n, lease=lease)
        return [made(InboxRow, row) for row in claims.claim(self.ground, inbox, wanted)]

    def verified(self, row: InboxRow) -> Verified:
        """The proven activity again, from the bytes that were kept."""
        return Verified(
            activity=read(row.body),
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
        change = update(inbox).where(inbox.c.id == id)
        self.ground.run(change.values(state=state, reason=reason, done_at=at, leased_until=None, leased_by=None))

    def retry(self, id: int, due_at: datetime, reason: str) -> None:  # noqa: A002 - the word of the domain
        """Lets a row wait for another try."""
        change = update(inbox).where(inbox.c.id == id)
        self.ground.run(change.values(state="due", due_at=due_at, reason=reason, leased_until=None, leased_by=None))

    def prune(self, before: datetime) -> int:
        """Forgets the bodies of what was ended before that moment, never that it came; how many."""
        old = inbox.c.done_at < before, inbox.c.state != "due", inbox.c.body != b""
        return self.ground.run(update(inbox).where(*old).values(body=b""))

    def counts(self) -> dict[str, int]:
        """How many rows there are in each state."""
        counted = select(inbox.c.state, func.count().label("n")).group_by(inbox.c.state).order_by(inbox.c.state)
        return {row["state"]: row["n"] for row in self.ground.rows(counted)}

    def recent(self, n: int = 100) -> list[InboxRow]:
        """The newest n, newest first."""
        return [made(InboxRow, row) for row in self.ground.rows(select(inbox).order_by(inbox.c.id.desc()).limit(n))]
