"""Exchanges: which are about which thing, and which went on last in a community; read within scope."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, and_, delete, desc, func, insert, or_, select, true

from node.domain.publishing import no_wider
from node.domain.visibility import Scope
from node.storage.ground import Shelf
from node.storage.scopes import within
from node.storage.shelves.threads import Threads
from node.storage.stored import StoredThing, stored
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
        return self.ground.texts(select(discussions.c.about).where(discussions.c.thing == thing).order_by(discussions.c.about))

    def about(self, iri: str, scope: Scope, limit: int = 20) -> list[Exchange]:
        """The exchanges about a thing, the one that went on last first."""
        ours = select(discussions.c.thing).where(discussions.c.about == iri)
        return self._listed(things.c.iri.in_(ours), true(), scope, limit)

    def in_community(self, community: str, scope: Scope, kind: Kind = "all", limit: int = 30, skip: int = 0) -> list[Exchange]:
        """The exchanges of a community, the one that went on last first: messages that began one, and what was answered."""
        its = things.c.community == community
        begun = and_(its, _CHOSEN[kind]) if kind in _CHOSEN else its
        return self._listed(begun, _SAID.c.community == community, scope, limit, skip)

    def _listed(
        self, begun: ColumnElement[bool], spoken: ColumnElement[bool], scope: Scope, limit: int, skip: int = 0
    ) -> list[Exchange]:  # fmt: skip
        heard = (
            select(_TURN.c.at)
            .join_from(_TURN, _SAID, _SAID.c.iri == _TURN.c.thing)
            .with_hint(_SAID, GATE, "sqlite")
            .where(_TURN.c.context == threads.c.context, spoken, within(scope, _SAID), _SAID.c.deleted_at.is_(None))
            .correlate(threads)
        )
        last_at = heard.with_only_columns(func.max(_TURN.c.at)).scalar_subquery()
        count = heard.with_only_columns(func.count()).scalar_subquery()
        opening = (
            select(things.c.iri, last_at.label("last_at"))
            .join_from(things, threads, threads.c.thing == things.c.iri)
            .where(begun, threads.c.parent == "", threads.c.context != "", within(scope), things.c.deleted_at.is_(None))
            .where(or_(_MESSAGE, count > 1))
            .order_by(desc("last_at"), things.c.seq.desc())
            .limit(limit)
            .offset(skip)
        )
        rows = self.ground.rows(opening)
        last = {row["iri"]: row["last_at"] for row in rows}
        found = stored(self.ground, select(things).where(things.c.iri.in_(last)))
        by_iri = {each.entry.iri: each for each in found}
        return [Exchange(thing=by_iri[iri], answers=self._answers(by_iri[iri], scope), last_at=at) for iri, at in last.items()]

    def _answers(self, opening: StoredThing, scope: Scope) -> int:
        """How many answers its page lists."""
        conversations = Threads(self.ground)
        place = conversations.get(opening.entry.iri)
        context = place.context if place is not None else ""
        return max(conversations.count(context, scope=scope, audiences=no_wider(opening.entry.audience)) - 1, 0)
