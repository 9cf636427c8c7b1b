"""Letters that wait to be sent: put down in the transaction that gives reason to them, sent by a job."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, func, insert, select, update

from node.domain.letters import Letter, is_address, wait
from node.errors import Invalid
from node.storage import claims
from node.storage.ground import ALWAYS, Shelf, made
from node.storage.tables.letters import letters

State = Literal["due", "sent", "given_up", "too_late"]

LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRow:
    """A letter. Once it has ended (`done_at`) its words are gone; `last_error` says what the last try brought."""

    id: int
    recipient: str
    subject: str
    text: str
    language: str
    kind: str
    calendar: str
    reply_to: str
    stop: str
    until: datetime | None
    state: State
    due_at: datetime
    attempts: int
    done_at: datetime | None
    last_error: str

    @property
    def letter(self) -> Letter:
        """What is to be sent."""
        return Letter(
            to=self.recipient,
            subject=self.subject,
            text=self.text,
            language=self.language,
            kind=self.kind,
            calendar=self.calendar,
            reply_to=self.reply_to,
            stop=self.stop,
            until=self.until,
        )


class Letters(Shelf):
    """The letters of the node."""

    def add(self, to: str, subject: str, text: str, *, language: str = "fr", kind: str = "") -> None:
        """Queues a letter; raises Invalid when `to` is no address."""
        self.put(Letter(to=to, subject=subject, text=text, language=language, kind=kind))

    def put(self, letter: Letter, due_at: datetime = ALWAYS) -> None:
        """The same with all that a letter may have; raises Invalid when it goes to no address."""
        if not is_address(letter.to):
            raise Invalid(f"{letter.to!r} is not an e-mail address")
        said = {name: getattr(letter, name) for name in ("subject", "text", "language", "kind", "calendar", "reply_to", "stop")}
        self.ground.run(insert(letters).values(recipient=letter.to, until=letter.until, due_at=due_at, state="due", **said))

    def claim(self, now: datetime, owner: str, n: int) -> list[LetterRow]:
        """Leases up to n letters that are to be sent; those that came too late are let go of first."""
        self._end("too_late", now, letters.c.state == "due", letters.c.until < now)
        wanted = claims.Claim(now=now, owner=owner, n=n, lease=LEASE)
        return [made(LetterRow, row) for row in claims.claim(self.ground, letters, wanted)]

    def sent(self, row: LetterRow, now: datetime) -> None:
        """It was taken by a mail server: its words are no longer kept, they may open a door."""
        self._end("sent", now, letters.c.id == row.id)

    def failed(self, row: LetterRow, now: datetime, reason: str, *, is_final: bool) -> None:
        """Lets it wait for another try, longer from try to try; or gives it up."""
        pause = wait(row.attempts)
        if is_final or pause is None:
            self._end("given_up", now, letters.c.id == row.id, reason=reason)
            return
        values = {"due_at": now + pause, "last_error": reason, "leased_until": None, "leased_by": None}
        self.ground.run(update(letters).where(letters.c.id == row.id).values(**values))

    def hurry(self, now: datetime) -> int:
        """Has all that waits tried at once: the mail server was told anew; how many."""
        waiting = letters.c.state == "due", letters.c.due_at > now, letters.c.leased_by.is_(None)
        return self.ground.run(update(letters).where(*waiting).values(due_at=now, attempts=0))

    def count(self, state: State) -> int:
        """How many letters there are in a state."""
        return self.ground.number(select(func.count()).select_from(letters).where(letters.c.state == state))

    def listed(self, *states: State, limit: int = 50) -> Sequence[LetterRow]:
        """Letters in these states, the newest first."""
        chosen = select(letters).where(letters.c.state.in_(states)).order_by(letters.c.id.desc()).limit(limit)
        return [made(LetterRow, row) for row in self.ground.rows(chosen)]

    def _end(self, state: State, now: datetime, *chosen: ColumnElement[bool], reason: str = "") -> None:
        blank = {"text": "", "calendar": "", "leased_until": None, "leased_by": None}
        ended = update(letters).where(*chosen).values(state=state, done_at=now, last_error=reason, **blank)
        self.ground.run(ended)
