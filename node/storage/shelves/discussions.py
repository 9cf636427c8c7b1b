"""Exchanges: which are about which thing, and which went on last in a community; read within scope."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, desc, func, insert, or_, select, true

from node.domain.publishing import no_wider
from node.domain.visibility import Scope
from node.storage.ground import Shelf
from node.storage.prepared import Prepared
from node.storage.scopes import Gated, Seen
from node.storage.shelves.threads import Threads
from node.storage.stored import StoredThing, stored_at
from node.storage.tables.columns import BIG, Words
from node.storage.tables.discussions import discussions
from node.storage.tables.things import GATE, things
from node.storage.tables.threads import threads

Kind = Literal["all", "topics", "requests", "notes"]

_MESSAGE = things.c.type == "Note"
_REQUEST = things.c.kind == "HelpRequest"
_ABOUT_SOMETHING = things.c.iri.in_(select(discussions.c.thing))
_CHOSEN: dict[Kind, ColumnElement[bool]] = {
    "topics": and_(_MESSAGE, ~_REQUEST, ~_ABOUT_SOMETHING),
    "requests": _REQUEST,
    "notes": or_(~_MESSAGE, _ABOUT_SOMETHING),
}
#: What was said in an exchange, beside what began it.
_TURN, _SAID = threads.alias("turn"), things.alias("said")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What began an exchange, how many answers one may read in it, and when something was said last."""

    thing: StoredThing
    answers: int
    last_at: datetime


class Discussions(Shelf):
    """What was withdrawn or may not be seen is neither listed nor counted."""

    def put(self, thing: str, about: Iterable[str]) -> None:
        """Notes what an exchange that begins with a thing is about, in the place of what was noted before."""
        self.ground.run(delete(discussions).where(discussions.c.thing == thing))
        rows = [{"thing": thing, "about": iri} for iri in dict.fromkeys(about) if iri]
        if rows:
            self.ground.connection.execute(insert(discussions), rows)

    def of(self, thing: str) -> list[str]:
        """What an exchange is about."""
        return _ABOUT_WHAT.texts(self.ground.connection, thing=thing)

    def about(self, iri: str, scope: Scope, limit: int = 20) -> list[Exchange]:
        """The exchanges about a thing, the one that went on last first."""
        return self._listed(_ABOUT, scope, limit, about=iri)

    def in_community(self, community: str, scope: Scope, kind: Kind = "all", limit: int = 30, skip: int = 0) -> list[Exchange]:
        """The exchanges of a community, the one that went on last first: messages that began one, and what was answered."""
        return self._listed(_IN_COMMUNITY[kind], scope, limit, skip, community=community)

    def _listed(self, which: Gated, scope: Scope, limit: int, skip: int = 0, **values: str) -> list[Exchange]:
        rows = which.rows(self.ground.connection, scope, limit=limit, skip=skip, **values)
        last = {row["iri"]: row["last_at"] for row in rows}
        by_iri = stored_at(self.ground, last)
        return [Exchange(thing=by_iri[iri], answers=self._answers(by_iri[iri], scope), last_at=at) for iri, at in last.items()]

    def _answers(self, opening: StoredThing, scope: Scope) -> int:
        """How many answers its page lists."""
        conversations = Threads(self.ground)
        place = conversations.get(opening.entry.iri)
        context = place.context if place is not None else ""
        return max(conversations.count(context, scope=scope, audiences=no_wider(opening.entry.audience)) - 1, 0)


def _exchanges(begun: ColumnElement[bool], spoken: ColumnElement[bool]) -> Gated:
    """The things that began an exchange, and when something was said in it last."""

    def make(seen: Seen) -> Select[tuple[str, datetime]]:
        heard = (
            select(_TURN.c.at)
            .join_from(_TURN, _SAID, _SAID.c.iri == _TURN.c.thing)
            .with_hint(_SAID, GATE, "sqlite")
            .where(_TURN.c.context == threads.c.context, spoken, seen(_SAID), _SAID.c.deleted_at.is_(None))
            .correlate(threads)
        )
        last_at = heard.with_only_columns(func.max(_TURN.c.at)).scalar_subquery()
        count = heard.with_only_columns(func.count()).scalar_subquery()
        return (
            select(things.c.iri, last_at.label("last_at"))
            .join_from(things, threads, threads.c.thing == things.c.iri)
            .where(begun, threads.c.parent == "", threads.c.context != "", seen(things), things.c.deleted_at.is_(None))
            .where(or_(_MESSAGE, count > 1))
            .order_by(desc("last_at"), things.c.seq.desc())
            .limit(bindparam("limit", type_=BIG, required=True))
            .offset(bindparam("skip", type_=BIG, required=True))
        )

    return Gated(make)


_COMMUNITY = bindparam("community", type_=Words(), required=True)
_ITS, _OF_ITS = things.c.community == _COMMUNITY, _SAID.c.community == _COMMUNITY
_IN_COMMUNITY: dict[Kind, Gated] = {
    "all": _exchanges(_ITS, _OF_ITS),
    **{kind: _exchanges(and_(_ITS, condition), _OF_ITS) for kind, condition in _CHOSEN.items()},
}
_ABOUT = _exchanges(things.c.iri.in_(select(discussions.c.thing).where(discussions.c.about == bindparam("about"))), true())
_ABOUT_WHAT = Prepared(
    lambda _: select(discussions.c.about).where(discussions.c.thing == bindparam("thing")).order_by(discussions.c.about)
)
