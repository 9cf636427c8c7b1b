"""Who is signed in, and tokens that work once. Only the SHA-256 of what is given out is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, or_, select, update

from node.storage.ground import Shelf
from node.storage.tables.sessions import sessions, tokens

#: A session ends when unused for so long, and in any case after so long.
IDLE = timedelta(days=14)
LONGEST = timedelta(days=30)
#: How often it is noted that a session is in use.
NOTED = timedelta(hours=1)


class Sessions(Shelf):
    """Sessions and one-time tokens, 256 random bits each."""

    def create_token(self, kind: str, person: str, expires_at: datetime) -> str:
        """A new token of that kind for a person; it works once, before `expires_at`."""
        token = secrets.token_urlsafe(32)
        self.ground.run(insert(tokens).values(digest=_digest(token), kind=kind, person=person, expires_at=expires_at))
        return token

    def use_token(self, kind: str, token: str, now: datetime) -> str | None:
        """The person a token was made for, None when it is unknown, used or too old. It works no second time."""
        valid = tokens.c.digest == _digest(token), tokens.c.kind == kind, tokens.c.used_at.is_(None), tokens.c.expires_at > now
        row = self.ground.row(update(tokens).where(*valid).values(used_at=now).returning(tokens.c.person))
        return str(row["person"]) if row else None

    def open(self, person: str, now: datetime) -> str:
        """Begins a session; what is given back goes into the cookie."""
        token = secrets.token_urlsafe(32)
        self.ground.run(insert(sessions).values(digest=_digest(token), person=person, opened_at=now, seen_at=now))
        return token

    def person(self, token: str, now: datetime) -> str | None:
        """Whose session it is, None when there is none in force. Changes nothing."""
        in_force = sessions.c.seen_at > now - IDLE, sessions.c.opened_at > now - LONGEST
        row = self.ground.row(select(sessions.c.person).where(sessions.c.digest == _digest(token), *in_force))
        return str(row["person"]) if row else None

    def seen(self, token: str, now: datetime) -> None:
        """Notes, at most once an hour, that a session is in use: without it a session ends after 14 days."""
        stale = sessions.c.digest == _digest(token), sessions.c.seen_at < now - NOTED
        self.ground.run(update(sessions).where(*stale).values(seen_at=now))

    def close(self, token: str) -> None:
        """Ends a session."""
        self.ground.run(delete(sessions).where(sessions.c.digest == _digest(token)))

    def prune(self, now: datetime) -> int:
        """Forgets sessions and tokens that are over; how many."""
        over = or_(sessions.c.seen_at <= now - IDLE, sessions.c.opened_at <= now - LONGEST)
        gone = self.ground.run(delete(sessions).where(over))
        return gone + self.ground.run(delete(tokens).where(tokens.c.expires_at <= now))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
