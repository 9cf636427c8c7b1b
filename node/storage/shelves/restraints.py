"""What communities ask of some of their people for a while, and what those answer to decisions about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, insert, or_, select, update

from node.storage.ground import Shelf, made
from node.storage.tables.restraints import appeals, restraints

Kind = Literal["pause", "slow"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RestraintRow:
    """What is asked of a person in a community, by whom, why, until when (None: until somebody ends it)."""

    id: int = 0
    person: str
    community: str
    kind: Kind
    reason: str = ""
    by: str = ""
    at: datetime
    until: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealRow:
    """What somebody says against a decision (its number), and what was answered."""

    id: int
    decision: int
    by: str
    text: str
    at: datetime
    answered_at: datetime | None
    answered_by: str
    answer: str


class Restraints(Shelf):
    """Restraints in force and past, and appeals."""

    def begin(self, row: RestraintRow) -> None:
        """Begins one; those of the same kind end."""
        self.end(row.person, row.community, row.at, row.kind)
        names = ("person", "community", "kind", "reason", "by", "at", "until")
        self.ground.run(insert(restraints).values(**{name: getattr(row, name) for name in names}))

    def in_force(self, community: str, at: datetime, person: str | None = None) -> list[RestraintRow]:
        """Those in force in a community (of one person), the newest first."""
        lasting = or_(restraints.c.until.is_(None), restraints.c.until > at), restraints.c.ended_at.is_(None)
        chosen = select(restraints).where(restraints.c.community == community, restraints.c.at <= at, *lasting)
        if person is not None:
            chosen = chosen.where(restraints.c.person == person)
        return [made(RestraintRow, row) for row in self.ground.rows(chosen.order_by(restraints.c.id.desc()))]

    def of(self, person: str) -> list[RestraintRow]:
        """All that was ever asked of a person, the newest first."""
        chosen = select(restraints).where(restraints.c.person == person).order_by(restraints.c.id.desc())
        return [made(RestraintRow, row) for row in self.ground.rows(chosen)]

    def end(self, person: str, community: str, at: datetime, kind: Kind | None = None) -> int:
        """Ends those of a person in a community (of one kind); how many."""
        mine = restraints.c.person == person, restraints.c.community == community, restraints.c.ended_at.is_(None)
        ended = update(restraints).where(*mine)
        return self.ground.run((ended.where(restraints.c.kind == kind) if kind else ended).values(ended_at=at))

    def appeal(self, decision: int, by: str, words: str, at: datetime) -> bool:
        """Keeps what somebody says against a decision; False when they said something before."""
        known = select(appeals.c.id).where(appeals.c.decision == decision, appeals.c.by == by)
        if self.ground.row(known):
            return False
        self.ground.run(insert(appeals).values(decision=decision, by=by, text=words, at=at))
        return True

    def appeals(self, *, is_waiting: bool = False, decision: int | None = None, by: str | None = None) -> list[AppealRow]:
        """Appeals, the oldest first: those that wait for an answer, to one decision, by one person."""
        chosen = select(appeals).order_by(appeals.c.id)
        chosen = chosen.where(appeals.c.answered_at.is_(None)) if is_waiting else chosen
        chosen = chosen.where(appeals.c.decision == decision) if decision is not None else chosen
        chosen = chosen.where(appeals.c.by == by) if by is not None else chosen
        return [made(AppealRow, row) for row in self.ground.rows(chosen)]

    def answer(self, number: int, by: str, words: str, at: datetime) -> bool:
        """Notes the answer to an appeal; False when it has one already, or there is none."""
        waiting = update(appeals).where(appeals.c.id == number, appeals.c.answered_at.is_(None))
        return self.ground.run(waiting.values(answered_at=at, answered_by=by, answer=words)) > 0

    def forget(self, before: datetime) -> int:
        """Lets go of those that ended before that, and of appeals that were answered; how many."""
        over = or_(restraints.c.until < before, restraints.c.ended_at < before)
        gone = self.ground.run(delete(restraints).where(over))
        return gone + self.ground.run(delete(appeals).where(appeals.c.answered_at < before))
