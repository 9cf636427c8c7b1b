"""Exchanges: which are about which thing, and which went on last in a community; read within scope."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select

from node.domain.publishing import no_wider
from node.domain.visibility import Scope
from node.storage.ground import Shelf
from node.storage.scopes import within
from node.storage.shelves.threads import Threads
from node.storage.stored import StoredThing, stored
from node.storage.tables.discussions import discussions
from node.storage.tables.things import things
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
        contexts = select(threads.c.context).where(threads.c.thing.in_(ours))
        return self._listed(threads.c.context.in_(contexts), things.c.iri.in_(ours), scope, limit)

    def in_community(self, community: str, scope: Scope, kind: Kind = "all", limit: int = 30, skip: int = 0) -> list[Exchange]:
        """The exchanges of a community, the one that went on last first: messages that began one, and what was answered."""
        its = things.c.community == community
        return self._listed(its, and_(its, _CHOSEN[kind]) if kind in _CHOSEN else its, scope, limit, skip)

    def _listed(
        self, spoken: ColumnElement[bool], begun: ColumnElement[bool], scope: Scope, limit: int, skip: int = 0
    ) -> list[Exchange]:  # fmt: skip
        seen = within(scope), things.c.deleted_at.is_(None)
        activity = (
            select(threads.c.context, func.count().label("said"), func.max(threads.c.at).label("last_at"))
            .join_from(threads, things, things.c.iri == threads.c.thing)
            .where(spoken, threads.c.context != "", *seen)
            .group_by(threads.c.context)
            .subquery("activity")
        )
        opening = (
            select(things, activity.c.last_at)
            .join_from(things, threads, threads.c.thing == things.c.iri)
            .join(activity, activity.c.context == threads.c.context)
            .where(begun, threads.c.parent == "", *seen, or_(_MESSAGE, activity.c.said > 1))
            .order_by(activity.c.last_at.desc(), things.c.seq.desc())
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
