"""Scope → SQL: the one place where what a reader may see becomes a condition on rows.

It says what `node.domain.visibility.is_within` says, tombstones included; a test compares the two over random entries.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_, select

from node.domain.entries import Audience
from node.domain.visibility import Scope
from node.storage.tables.things import thing_readers, things


def within(scope: Scope) -> ColumnElement[bool]:
    """The condition on `things` that holds for what is within `scope`."""
    wrote = things.c.author == scope.actor if scope.actor else false()
    shared = things.c.audience == Audience.COMMUNITY.value
    of_theirs = and_(shared, things.c.community.in_(sorted(scope.communities))) if scope.communities else false()
    readers = sorted(scope.communities | ({scope.actor} - {""}))
    named = things.c.iri.in_(select(thing_readers.c.thing).where(thing_readers.c.reader.in_(readers))) if readers else false()
    return or_(
        things.c.audience == Audience.PUBLIC.value,
        wrote,
        and_(things.c.audience != Audience.SELF.value, or_(of_theirs, named)),
    )
