"""Invitations into communities: each opens once, for one person, until it ends."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, func, insert, select, update

from node.domain.invitations import LASTS
from node.storage.ground import Shelf, made
from node.storage.tables.invitations import invitations

State = Literal["open", "accepted", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRow:
    """An invitation. `person` accepted it; `answer` is what was said of the meeting `event` before there was an account."""

    id: int
    community: str
    email: str
    role: str
    language: str
    by: str
    state: State
    person: str
    event: str
    answer: str
    sent_at: datetime
    expires_at: datetime
    answered_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be accepted."""
        return self.state == "open" and self.expires_at > now


class Invitations(Shelf):
    """Who was invited where."""

    def add(self, community: str, email: str, role: str, *, language: str, by: str, at: datetime) -> str:
        """A new invitation, in the place of an open one to the same address; the token that opens it, known to nobody else."""
        same = invitations.c.community == community, invitations.c.email == email, invitations.c.state == "open"
        self.ground.run(update(invitations).where(*same).values(state="withdrawn"))
        token = secrets.token_urlsafe(24)
        said = {"community": community, "email": email, "role": role, "language": language, "by": by}
        dates = {"sent_at": at, "expires_at": at + LASTS}
        self.ground.run(insert(invitations).values(digest=_digest(token), state="open", **said, **dates))
        return token

    def get(self, token: str) -> InvitationRow | None:
        """The invitation that a token opens, whatever became of it."""
        row = self.ground.row(select(invitations).where(invitations.c.digest == _digest(token)))
        return made(InvitationRow, row) if row else None

    def numbered(self, id: int) -> InvitationRow | None:  # noqa: A002 - the word of the domain
        """One of them."""
        row = self.ground.row(select(invitations).where(invitations.c.id == id))
        return made(InvitationRow, row) if row else None

    def of(self, community: str, state: State = "open") -> list[InvitationRow]:
        """The invitations into a community in one state, oldest first."""
        chosen = select(invitations).where(invitations.c.community == community, invitations.c.state == state)
        return [made(InvitationRow, row) for row in self.ground.rows(chosen.order_by(invitations.c.id))]

    def count(self, community: str) -> int:
        """How many invitations into a community are open."""
        opened = invitations.c.community == community, invitations.c.state == "open"
        return self.ground.number(select(func.count()).select_from(invitations).where(*opened))

    def answer(self, id: int, event: str, answer: str) -> None:  # noqa: A002
        """Notes what was said of a meeting."""
        self.ground.run(update(invitations).where(invitations.c.id == id).values(event=event, answer=answer))

    def accept(self, id: int, person: str, at: datetime) -> bool:  # noqa: A002
        """Uses an invitation up; False when it was not open any more."""
        still = invitations.c.id == id, invitations.c.state == "open", invitations.c.expires_at > at
        values = {"state": "accepted", "person": person, "answered_at": at}
        return self.ground.run(update(invitations).where(*still).values(**values)) > 0

    def withdraw(self, id: int, at: datetime) -> bool:  # noqa: A002
        """Takes an open invitation back; False when it was not open any more."""
        still = invitations.c.id == id, invitations.c.state == "open"
        return self.ground.run(update(invitations).where(*still).values(state="withdrawn", answered_at=at)) > 0

    def forget(self, before: datetime) -> int:
        """Lets go of what ended before that: the address of somebody who did not come is not kept."""
        return self.ground.run(delete(invitations).where(invitations.c.expires_at < before))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
