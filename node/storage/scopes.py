"""Scope → SQL: the one place where what a reader may see becomes a condition on rows.

It says what `node.domain.visibility.is_within` says, tombstones included; a test compares the two over random entries.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, FromClause, and_, bindparam, false, or_, select
from sqlalchemy.sql import ClauseElement

from node.domain.entries import Audience
from node.domain.visibility import Scope
from node.storage.prepared import Prepared
from node.storage.tables.columns import Words
from node.storage.tables.things import thing_readers, things

#: Somebody or something, or the place of one in a statement that is put together beforehand.
_Named = str | BindParameter[str]

#: Says of `things`, or of an alias of it, that it is within the scope of whoever asks.
Seen = Callable[[FromClause], ColumnElement[bool]]


@lru_cache(maxsize=64)
def within(scope: Scope, said: FromClause = things) -> ColumnElement[bool]:
    """The condition on `things`, or on an alias of it, that holds for what is within `scope`; a page asks it often."""
    return _within(said, [scope.actor] if scope.actor else [], sorted(scope.communities))


def _within(said: FromClause, actor: Sequence[_Named], communities: Sequence[_Named]) -> ColumnElement[bool]:
    wrote = said.c.author == actor[0] if actor else false()
    shared = said.c.audience == Audience.COMMUNITY.value
    of_theirs = and_(shared, said.c.community.in_(communities)) if communities else false()
    readers = thing_readers.c.reader.in_([*communities, *actor])
    named = said.c.iri.in_(select(thing_readers.c.thing).where(readers)) if communities or actor else false()
    return or_(
        said.c.audience == Audience.PUBLIC.value,
        wrote,
        and_(said.c.audience != Audience.SELF.value, or_(of_theirs, named)),
    )


@dataclass(slots=True, eq=False)
class Gated:
    """A statement about what is within a scope, as a `Prepared`: put together once for so many communities, whichever they are.

    `make` is given what says the condition on `things` or an alias of it, and puts a `bindparam` for each other value given.
    """

    make: Callable[[Seen], ClauseElement]
    _prepared: dict[tuple[bool, int], Prepared] = field(default_factory=dict)

    def rows(self, connection: Connection, scope: Scope, **values: object) -> list[dict[str, Any]]:
        """All rows of the answer, by the names of the columns."""
        communities = sorted(scope.communities)
        # a place for each of 1, 2, 4, 8 …: the last one stands in those that are left
        size = 1 << (len(communities) - 1).bit_length() if communities else 0
        filled = communities + communities[-1:] * (size - len(communities))
        prepared = self._prepared.get((bool(scope.actor), size))
        if prepared is None:
            actor, places = [_place("actor")] if scope.actor else [], [_place(number) for number in range(size)]
            prepared = Prepared(lambda _: self.make(lambda said: _within(said, actor, places)))
            self._prepared[bool(scope.actor), size] = prepared
        gate = {f"gate_{name}": said for name, said in (("actor", scope.actor), *enumerate(filled))}
        return prepared.rows(connection, **gate, **values)

    def number(self, connection: Connection, scope: Scope, **values: object) -> int:
        """The one number that is the answer."""
        return next(int(value) for value in self.rows(connection, scope, **values)[0].values())


def _place(name: str | int) -> BindParameter[str]:
    return bindparam(f"gate_{name}", type_=Words(), required=True)
