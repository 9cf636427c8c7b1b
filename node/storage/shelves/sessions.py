"""Who is signed in, and tokens that work once. Only the SHA-256 of what is given out is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, delete, insert, or_, select, update

from node.domain.retention import SESSION
from node.storage.ground import Shelf, made
from node.storage.prepared import Prepared
from node.storage.tables.columns import Moment
from node.storage.tables.sessions import sessions, tokens

#: A session ends when unused for so long, and in any case after so long.
IDLE = SESSION
LONGEST = timedelta(days=30)
#: How often it is noted that a session is in use.
NOTED = timedelta(hours=1)
#: So many characters of its digest tell the sessions of a person apart, and open none.
MARK = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """A session: of whom, since when, last used about when, how they came in (`way`) and with what (`device`)."""

    digest: str
    person: str
    opened_at: datetime
    seen_at: datetime
    way: str
    device: str

    @property
    def mark(self) -> str:
        """By what its owner names it."""
        return self.digest[:MARK]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A one-time token: for whom it was made, and what goes with it."""

    person: str
    content: str


class Sessions(Shelf):
    """Sessions and one-time tokens, 256 random bits each."""

    def create_token(self, kind: str, person: str, expires_at: datetime, content: str = "") -> str:
        """A new token of that kind for a person; it works once, before `expires_at`."""
        token = secrets.token_urlsafe(32)
        values = {"digest": digest(token), "kind": kind, "person": person, "expires_at": expires_at, "content": content}
        self.ground.run(insert(tokens).values(**values))
        return token

    def use_token(self, kind: str, token: str, now: datetime) -> str | None:
        """The person a token was made for, None when it is unknown, used or too old. It works no second time."""
        taken = self.take_token(kind, token, now)
        return taken.person if taken else None

    def take_token(self, kind: str, token: str, now: datetime) -> Token | None:
        """The same with what goes with it."""
        row = self.ground.row(
            update(tokens).where(_valid(kind, token, now)).values(used_at=now).returning(tokens.c.person, tokens.c.content)
        )
        return made(Token, row) if row else None

    def look_at_token(self, kind: str, token: str, now: datetime) -> Token | None:
        """The same without using it up."""
        row = self.ground.row(select(tokens.c.person, tokens.c.content).where(_valid(kind, token, now)))
        return made(Token, row) if row else None

    def void_tokens(self, person: str, *kinds: str) -> int:
        """Lets no token made for a person (of these kinds) work any more; how many there were."""
        theirs = delete(tokens).where(tokens.c.person == person)
        return self.ground.run(theirs.where(tokens.c.kind.in_(kinds)) if kinds else theirs)

    def open(self, person: str, now: datetime, *, way: str = "", device: str = "") -> str:
        """Begins a session; what is given back goes into the cookie."""
        token = secrets.token_urlsafe(32)
        values = {"digest": digest(token), "person": person, "opened_at": now, "seen_at": now, "way": way, "device": device}
        self.ground.run(insert(sessions).values(**values))
        return token

    def person(self, token: str, now: datetime) -> str | None:
        """Whose session it is, None when there is none in force. Changes nothing."""
        row = _WHOSE.row(self.ground.connection, digest=digest(token), idle=now - IDLE, longest=now - LONGEST)
        return str(row["person"]) if row else None

    def get(self, token: str, now: datetime) -> SessionRow | None:
        """A session in force."""
        row = self.ground.row(select(sessions).where(sessions.c.digest == digest(token), _in_force(now)))
        return made(SessionRow, row) if row else None

    def of(self, person: str, now: datetime) -> list[SessionRow]:
        """The sessions in force of a person, the last used first."""
        theirs = select(sessions).where(sessions.c.person == person, _in_force(now))
        return [made(SessionRow, row) for row in self.ground.rows(theirs.order_by(sessions.c.seen_at.desc(), sessions.c.digest))]

    def seen(self, token: str, now: datetime) -> None:
        """Notes, at most once an hour, that a session is in use: without it a session ends after 14 days."""
        stale = sessions.c.digest == digest(token), sessions.c.seen_at < now - NOTED
        self.ground.run(update(sessions).where(*stale).values(seen_at=now))

    def close(self, token: str) -> None:
        """Ends a session."""
        self.ground.run(delete(sessions).where(sessions.c.digest == digest(token)))

    def close_marked(self, person: str, mark: str) -> int:
        """Ends the session of a person that has this mark; how many there were."""
        theirs = sessions.c.person == person, sessions.c.digest.startswith(mark, autoescape=True)
        return self.ground.run(delete(sessions).where(*theirs)) if len(mark) == MARK else 0

    def close_all(self, person: str) -> int:
        """Ends every session of a person; how many there were."""
        return self.ground.run(delete(sessions).where(sessions.c.person == person))

    def prune(self, now: datetime) -> int:
        """Forgets sessions and tokens that are over; how many."""
        over = or_(sessions.c.seen_at <= now - IDLE, sessions.c.opened_at <= now - LONGEST)
        gone = self.ground.run(delete(sessions).where(over))
        return gone + self.ground.run(delete(tokens).where(tokens.c.expires_at <= now))


def digest(token: str) -> str:
    """What is kept of a secret of 256 random bits: nobody finds it from this."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _in_force(now: datetime) -> ColumnElement[bool]:
    return and_(sessions.c.seen_at > now - IDLE, sessions.c.opened_at > now - LONGEST)


def _valid(kind: str, token: str, now: datetime) -> ColumnElement[bool]:
    return and_(tokens.c.digest == digest(token), tokens.c.kind == kind, tokens.c.used_at.is_(None), tokens.c.expires_at > now)


_WHOSE = Prepared(
    lambda _: select(sessions.c.person).where(
        sessions.c.digest == bindparam("digest"),
        sessions.c.seen_at > bindparam("idle", type_=Moment(), required=True),
        sessions.c.opened_at > bindparam("longest", type_=Moment(), required=True),
    )
)
