"""Who is signed in, and tokens that work once. Only the SHA-256 of what is given out is kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, delete, insert, or_, select, update

from node.domain.retention import SESSION
from node.domain.rights import fingerprint
from node.storage.ground import Shelf, made
from node.storage.prepared import Prepared
from node.storage.shelves.members import Members
from node.storage.tables.columns import Moment
from node.storage.tables.sessions import sessions, tokens

#: A session ends when unused for so long, and in any case after so long.
IDLE = SESSION
LONGEST = timedelta(days=30)
#: How often it is noted that a session is in use.
NOTED = timedelta(hours=1)
#: So long the id that a session had before works on.
LINGERS = timedelta(minutes=1)
#: So many characters of its digest tell the sessions of a person apart, and open none.
MARK = 16
_When = datetime | BindParameter[datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """A session: of whom, since when, last used about when, how they came in (`way`) and with what (`device`).

    `rights` tells what its owner was when it got its id, `former` the digest of the id that it had before ("" for none);
    `ends_at`: it has another id now, and this one opens nothing after that moment.
    """

    digest: str
    person: str
    opened_at: datetime
    seen_at: datetime
    way: str
    device: str
    rights: str = ""
    former: str = ""
    ends_at: datetime | None = None

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

    def standing(self, kind: str, person: str, now: datetime) -> Token | None:
        """The last token of that kind for a person that still works, by whom it is and not by what it is."""
        theirs = tokens.c.kind == kind, tokens.c.person == person, tokens.c.used_at.is_(None), tokens.c.expires_at > now
        row = self.ground.row(
            select(tokens.c.person, tokens.c.content).where(*theirs).order_by(tokens.c.expires_at.desc()).limit(1)
        )
        return made(Token, row) if row else None

    def void_tokens(self, person: str, *kinds: str) -> int:
        """Lets no token made for a person (of these kinds) work any more; how many there were."""
        theirs = delete(tokens).where(tokens.c.person == person)
        return self.ground.run(theirs.where(tokens.c.kind.in_(kinds)) if kinds else theirs)

    def open(self, person: str, now: datetime, *, way: str = "", device: str = "") -> str:
        """Begins a session; what is given back goes into the cookie."""
        token = secrets.token_urlsafe(32)
        values = {"digest": digest(token), "person": person, "opened_at": now, "seen_at": now, "way": way, "device": device}
        self.ground.run(insert(sessions).values(**values, rights=self._rights(person, now)))
        return token

    def renew(self, token: str, now: datetime) -> str:
        """Gives a session another id, for its owner may do other things than before; "" where it has one, or is none.

        For what is under way the id before works a moment longer; forms that were opened with it are known by `former`.
        """
        taken = update(sessions).where(sessions.c.digest == digest(token), sessions.c.ends_at.is_(None), _in_force(now))
        row = self.ground.row(taken.values(ends_at=now + LINGERS).returning(*sessions.c))
        if row is None:
            return ""
        fresh, former = secrets.token_urlsafe(32), str(row["digest"])
        ours = {"digest": digest(fresh), "former": former, "rights": self._rights(str(row["person"]), now), "ends_at": None}
        self.ground.run(insert(sessions).values(**{**row, **ours}))
        return fresh

    def person(self, token: str, now: datetime) -> str | None:
        """Whose session it is, None when there is none in force. Changes nothing."""
        row = self.get(token, now)
        return row.person if row else None

    def get(self, token: str, now: datetime) -> SessionRow | None:
        """A session in force."""
        row = _WHOSE.row(self.ground.connection, digest=digest(token), **_times(now))
        return made(SessionRow, row) if row else None

    def of(self, person: str, now: datetime) -> list[SessionRow]:
        """The sessions in force of a person, the last used first."""
        theirs = select(sessions).where(sessions.c.person == person, sessions.c.ends_at.is_(None), _in_force(now))
        return [made(SessionRow, row) for row in self.ground.rows(theirs.order_by(sessions.c.seen_at.desc(), sessions.c.digest))]

    def seen(self, token: str, now: datetime) -> None:
        """Notes, at most once an hour, that a session is in use: without it a session ends after 14 days."""
        stale = sessions.c.digest == digest(token), sessions.c.seen_at < now - NOTED
        self.ground.run(update(sessions).where(*stale).values(seen_at=now))

    def close(self, token: str) -> None:
        """Ends a session, under whichever of its last two ids."""
        mine = sessions.c.digest == digest(token), sessions.c.former == digest(token)
        before = select(sessions.c.former).where(sessions.c.digest == digest(token), sessions.c.former != "").scalar_subquery()
        self.ground.run(delete(sessions).where(or_(*mine, sessions.c.digest == before)))

    def close_marked(self, person: str, mark: str) -> int:
        """Ends the session of a person that has this mark; how many there were."""
        if len(mark) != MARK:
            return 0
        self.ground.run(delete(sessions).where(sessions.c.person == person, sessions.c.ends_at.is_not(None)))
        theirs = sessions.c.person == person, sessions.c.digest.startswith(mark, autoescape=True)
        return self.ground.run(delete(sessions).where(*theirs))

    def close_all(self, person: str) -> int:
        """Ends every session of a person; how many there were."""
        return self.ground.run(delete(sessions).where(sessions.c.person == person))

    def prune(self, now: datetime) -> int:
        """Forgets sessions and tokens that are over; how many."""
        over = or_(sessions.c.seen_at <= now - IDLE, sessions.c.opened_at <= now - LONGEST, sessions.c.ends_at <= now)
        gone = self.ground.run(delete(sessions).where(over))
        return gone + self.ground.run(delete(tokens).where(tokens.c.expires_at <= now))

    def _rights(self, person: str, now: datetime) -> str:
        return fingerprint(Members(self.ground).held(person, now))


def digest(token: str) -> str:
    """What is kept of a secret of 256 random bits: nobody finds it from this."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _in_force(now: datetime) -> ColumnElement[bool]:
    return _lasts(**_times(now))


def _times(now: datetime) -> dict[str, datetime]:
    return {"idle": now - IDLE, "longest": now - LONGEST, "now": now}


def _lasts(idle: _When, longest: _When, now: _When) -> ColumnElement[bool]:
    living = or_(sessions.c.ends_at.is_(None), sessions.c.ends_at > now)
    return and_(sessions.c.seen_at > idle, sessions.c.opened_at > longest, living)


def _valid(kind: str, token: str, now: datetime) -> ColumnElement[bool]:
    return and_(tokens.c.digest == digest(token), tokens.c.kind == kind, tokens.c.used_at.is_(None), tokens.c.expires_at > now)


def _asked(name: str) -> BindParameter[datetime]:
    return bindparam(name, type_=Moment(), required=True)


_WHOSE = Prepared(
    lambda _: select(sessions).where(
        sessions.c.digest == bindparam("digest"), _lasts(idle=_asked("idle"), longest=_asked("longest"), now=_asked("now"))
    )
)
