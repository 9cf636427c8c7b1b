"""What people elsewhere sent to a community here without being members of it, until somebody of it decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, delete, func, select, update

from federation.addresses import without_path
from node.storage.ground import Shelf, made
from node.storage.tables.submissions import submissions

State = Literal["waiting", "accepted", "refused", "withdrawn"]

#: So many wait at most, of one author, of one server and in all: whoever floods a community waits outside, and is told so.
MOST_OF_ONE = 2_000
MOST_OF_SERVER = 4_000
MOST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionRow:
    """A thing that somebody proposes to a community; `body` are the exact bytes of the activity that carried it."""

    id: int
    community: str
    thing: str
    activity: str
    author: str
    body: bytes
    state: State
    received_at: datetime
    decided_at: datetime | None
    decided_by: str
    reason: str


class Submissions(Shelf):
    """What waits for the coordinators of a community, and what they decided."""

    def add(self, community: str, *, thing: str, activity: str, author: str, body: bytes, at: datetime) -> bool:
        """Keeps what was sent. False when too many wait already.

        A newer version takes the place of the one that waits, under a number of its own: whoever has looked at the one before
        decides about nothing else.
        """
        waiting = submissions.c.community == community, submissions.c.state == "waiting"
        same = *waiting, submissions.c.thing == thing, submissions.c.author == author
        is_newer = self.ground.run(delete(submissions).where(*same))
        # What was only named may have changed on its own server since it was decided about.
        anew = submissions.c.community == community, submissions.c.activity == activity, submissions.c.author == author
        self.ground.run(delete(submissions).where(*anew))
        if not is_newer and self._is_full(author, *waiting):
            return False
        values = {"community": community, "thing": thing, "activity": activity, "author": author, "body": body}
        added = self.ground.insert(submissions).values(**values, state="waiting", received_at=at, decided_by="", reason="")
        return self.ground.row(added.on_conflict_do_nothing().returning(submissions.c.id)) is not None

    def get(self, id: int) -> SubmissionRow | None:  # noqa: A002 - the word of the domain
        """One of them."""
        row = self.ground.row(select(submissions).where(submissions.c.id == id))
        return made(SubmissionRow, row) if row else None

    def waiting(self, community: str | None = None, limit: int = 200) -> list[SubmissionRow]:
        """What waits for a decision, oldest first, in one community or in all."""
        chosen = select(submissions).where(submissions.c.state == "waiting").order_by(submissions.c.id).limit(limit)
        if community is not None:
            chosen = chosen.where(submissions.c.community == community)
        return [made(SubmissionRow, row) for row in self.ground.rows(chosen)]

    def count(self, community: str) -> int:
        """How many wait for a decision in a community."""
        return self._count(submissions.c.community == community, submissions.c.state == "waiting")

    def of_thing(self, thing: str, state: State = "waiting") -> list[SubmissionRow]:
        """What is said of one thing in a state, oldest first."""
        chosen = select(submissions).where(submissions.c.thing == thing, submissions.c.state == state)
        return [made(SubmissionRow, row) for row in self.ground.rows(chosen.order_by(submissions.c.id))]

    def decide(self, id: int, state: State, by: str, at: datetime, reason: str = "") -> None:  # noqa: A002
        """Notes what was decided; of what was refused or withdrawn the bytes are let go of."""
        values = {"state": state, "decided_by": by, "decided_at": at, "reason": reason}
        kept = {} if state == "accepted" else {"body": b""}
        self.ground.run(update(submissions).where(submissions.c.id == id).values(**values, **kept))

    def withdraw_all(self, author: str, at: datetime) -> None:
        """Nothing of an author waits any more: they are gone."""
        theirs = submissions.c.author == author, submissions.c.state == "waiting"
        values = {"state": "withdrawn", "decided_by": author, "decided_at": at, "body": b""}
        self.ground.run(update(submissions).where(*theirs).values(**values))

    def _is_full(self, author: str, *waiting: ColumnElement[bool]) -> bool:
        limits = (
            (MOST_OF_ONE, submissions.c.author == author),
            (MOST_OF_SERVER, submissions.c.author.startswith(f"{without_path(author)}/", autoescape=True)),
            (MOST, submissions.c.author != ""),
        )
        return any(self._count(*waiting, which) >= most for most, which in limits)

    def _count(self, *conditions: ColumnElement[bool]) -> int:
        return self.ground.number(select(func.count()).select_from(submissions).where(*conditions))
