"""Scope → SQL: the one place where what a reader may see becomes a condition on rows.

It says what `node.domain.visibility.is_within` says, tombstones included; a test compares the two over random entries.
"""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import ColumnElement, FromClause, and_, false, or_, select

from node.domain.entries import Audience
from node.domain.visibility import Scope
from node.storage.tables.things import thing_readers, things


@lru_cache(maxsize=64)
def within(scope: Scope, said: FromClause = things) -> ColumnElement[bool]:
    """The condition on `things`, or on an alias of it, that holds for what is within `scope`; a page asks it often."""
    wrote = said.c.author == scope.actor if scope.actor else false()
    shared = said.c.audience == Audience.COMMUNITY.value
    of_theirs = and_(shared, said.c.community.in_(sorted(scope.communities))) if scope.communities else false()
    readers = sorted(scope.communities | ({scope.actor} - {""}))
    named = said.c.iri.in_(select(thing_readers.c.thing).where(thing_readers.c.reader.in_(readers))) if readers else false()
    return or_(
        said.c.audience == Audience.PUBLIC.value,
        wrote,
        and_(said.c.audience != Audience.SELF.value, or_(of_theirs, named)),
    )
