"""Which thing answers which, and what belongs to one conversation: read within scope, in the order in which it was said."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select, tuple_, update

from node.domain.entries import Audience
from node.domain.visibility import Scope
from node.errors import Invalid
from node.storage.ground import Shelf, made
from node.storage.hosts import above
from node.storage.prepared import Prepared
from node.storage.scopes import Gated, within
from node.storage.stored import StoredThing, stored_at
from node.storage.tables.peers import peers
from node.storage.tables.things import things
from node.storage.tables.threads import threads

#: Further down and wider than this, a conversation is not put in order at once.
MOST_LEVELS = 20
MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadRow:
    """Where a thing stands: `parent` is what it answers and `context` its conversation, "" for none; `at` when it was said."""

    thing: str
    parent: str
    context: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A thing in a conversation, and what it answers."""

    thing: StoredThing
    parent: str
    at: datetime

    @property
    def cursor(self) -> str:
        """Where a listing goes on from after this one; opaque."""
        return base64.urlsafe_b64encode(f"{self.at.isoformat()} {self.thing.entry.iri}".encode()).decode()


class Threads(Shelf):
    """Conversations. What was withdrawn, may not be seen or lives on a blocked server is neither listed nor counted."""

    def put(self, row: ThreadRow) -> None:
        """Places a thing; what is known to hang on it comes along into its conversation."""
        values = {"parent": row.parent, "context": row.context, "at": row.at}
        self.ground.upsert(threads, ["thing"], {"thing": row.thing, **values})
        if row.context:
            self._draw(row.thing, row.context)

    def get(self, thing: str) -> ThreadRow | None:
        """Where a thing stands."""
        row = _PLACE.row(self.ground.connection, thing=thing)
        return made(ThreadRow, row) if row else None

    def first(self, context: str, *, scope: Scope) -> str:
        """The thing with which a conversation begins, "" where that is not here or may not be read."""
        found = _FIRST.rows(self.ground.connection, scope, context=context) if context else ()
        return next((str(row["thing"]) for row in found), "")

    def beginning(self, context: str) -> str:
        """The thing with which a conversation begins, whoever may see it. For the machinery, never for an answer."""
        opening = select(threads.c.thing).where(threads.c.context == context, threads.c.parent == "")
        return next(iter(self.ground.texts(opening.order_by(threads.c.at).limit(1))), "")

    def has_answers(self, thing: str) -> bool:
        """Whether anything answers it, whoever may see that. For the machinery, never for an answer."""
        return self.ground.row(select(threads.c.thing).where(threads.c.parent == thing).limit(1)) is not None

    def of(
        self, context: str, *, scope: Scope, audiences: Collection[Audience], limit: int = 50, after: str | None = None
    ) -> list[Turn]:
        """What belongs to a conversation, the first said first; `after` is the cursor of the last one seen."""
        return self._listed(threads.c.context == context, scope, audiences, limit, after)

    def count(self, context: str, *, scope: Scope, audiences: Collection[Audience]) -> int:
        """How much `of` would list in all."""
        return self._counted(threads.c.context == context, scope, audiences)

    def answers(
        self, thing: str, *, scope: Scope, audiences: Collection[Audience], limit: int = 50, after: str | None = None
    ) -> list[Turn]:
        """What answers a thing itself, the first said first."""
        return self._listed(threads.c.parent == thing, scope, audiences, limit, after)

    def count_answers(self, thing: str, *, scope: Scope, audiences: Collection[Audience]) -> int:
        """How much `answers` would list in all."""
        return self._counted(threads.c.parent == thing, scope, audiences)

    def below(self, thing: str, *, scope: Scope, audiences: Collection[Audience], limit: int) -> list[Turn]:
        """What hangs on a thing, over several levels, at most `limit` of it: each after what it answers."""
        found: list[Turn] = []
        level = [thing]
        for _ in range(MOST_LEVELS):
            if not level or len(found) >= limit:
                break
            # Each thing answers one: only the first can come by again, where things say that they answer one another.
            answering = and_(threads.c.parent.in_(level), threads.c.thing != thing)
            shown = self._listed(answering, scope, audiences, limit - len(found), None)
            every = select(threads.c.thing).where(answering).order_by(threads.c.at).limit(MOST_AT_ONCE)
            # What may be seen leads on in any case: however much else is said there, it takes no room from it.
            level = list(dict.fromkeys([*(turn.thing.entry.iri for turn in shown), *self.ground.texts(every)]))
            found += shown
        return found

    def goes_on(self, found: Sequence[Turn], *, scope: Scope, audiences: Collection[Audience]) -> bool:
        """Whether more answers these than is among them."""
        iris = [turn.thing.entry.iri for turn in found]
        further = and_(threads.c.parent.in_(iris), threads.c.thing.not_in([*iris, *(turn.parent for turn in found)]))
        return bool(iris) and self._counted(further, scope, audiences) > 0

    def _draw(self, thing: str, context: str) -> None:
        level = [thing]
        for _ in range(MOST_LEVELS):
            hanging = threads.c.parent.in_(level), threads.c.context != context
            level = self.ground.texts(select(threads.c.thing).where(*hanging).limit(MOST_AT_ONCE))
            if not level:
                return
            self.ground.run(update(threads).where(threads.c.thing.in_(level)).values(context=context))

    def _listed(
        self,
        which: ColumnElement[bool],
        scope: Scope,
        audiences: Collection[Audience],
        limit: int,
        after: str | None,
    ) -> list[Turn]:
        wanted = self._visible(select(threads), which, scope, audiences)
        if after is not None:
            wanted = wanted.where(tuple_(threads.c.at, threads.c.thing) > tuple_(*_bound(after)))
        rows = self.ground.rows(wanted.order_by(threads.c.at, threads.c.thing).limit(limit))
        found = stored_at(self.ground, [row["thing"] for row in rows])
        return [Turn(thing=found[row["thing"]], parent=row["parent"], at=row["at"]) for row in rows]

    def _counted(self, which: ColumnElement[bool], scope: Scope, audiences: Collection[Audience]) -> int:
        return self.ground.number(self._visible(select(func.count()).select_from(threads), which, scope, audiences))

    def _visible(
        self,
        statement: Select[*tuple[Any, ...]],
        which: ColumnElement[bool],
        scope: Scope,
        audiences: Collection[Audience],
    ) -> Select[*tuple[Any, ...]]:
        joined = statement.join_from(threads, things, things.c.iri == threads.c.thing)
        reach = things.c.audience.in_(sorted(each.value for each in audiences))
        return joined.where(which, within(scope), reach, things.c.deleted_at.is_(None), *self._unblocked(which))

    def _unblocked(self, which: ColumnElement[bool]) -> list[ColumnElement[bool]]:
        blocked = set(_BLOCKED.texts(self.ground.connection))
        if not blocked:
            return []
        hosts = select(things.c.host).join_from(threads, things, things.c.iri == threads.c.thing).where(which).distinct()
        shunned = [host for host in self.ground.texts(hosts) if not blocked.isdisjoint(above(host))]
        return [or_(things.c.is_local, things.c.host.not_in(shunned))]


def _bound(cursor: str) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    try:
        said, _, iri = base64.urlsafe_b64decode(cursor.encode()).decode().partition(" ")
        at = datetime.fromisoformat(said)
    except (ValueError, binascii.Error):
        raise Invalid("This page of the collection does not exist.") from None
    if at.tzinfo is None:
        raise Invalid("This page of the collection does not exist.")
    return bindparam(None, at, type_=threads.c.at.type), bindparam(None, iri, type_=threads.c.thing.type)


_PLACE = Prepared(lambda _: select(threads).where(threads.c.thing == bindparam("thing")))
_BLOCKED = Prepared(lambda _: select(peers.c.host).where(peers.c.state == "blocked"))
_FIRST = Gated(
    lambda seen: (
        select(threads.c.thing)
        .join_from(threads, things, things.c.iri == threads.c.thing)
        .where(threads.c.context == bindparam("context"), threads.c.parent == "", seen(things), things.c.deleted_at.is_(None))
        .order_by(threads.c.at)
        .limit(1)
    )
)
