"""Events by when they begin, as far as a reader may see them: what is next, and what was last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import bindparam, or_, select

from node.domain.visibility import Scope
from node.storage.faceting import is_held_by
from node.storage.scopes import Gated
from node.storage.several import listed, texts
from node.storage.stored import StoredThing, stored_at
from node.storage.tables.columns import BIG
from node.storage.tables.things import GATE, facets, things
from node.storage.unit_of_work import UnitOfWork

_KINDS = ("Meeting", "Event")


def beginning_after(
    uow: UnitOfWork, at: datetime, *, scope: Scope, communities: Sequence[str] | None, limit: int
) -> list[StoredThing]:  # fmt: skip
    """Events that begin after a moment, the nearest first; of those that one of the communities holds."""
    return _found(uow, scope, communities, limit, after=at)


def begun_before(
    uow: UnitOfWork, at: datetime, *, scope: Scope, communities: Sequence[str] | None, limit: int
) -> list[StoredThing]:  # fmt: skip
    """Events that began before a moment, the last first."""
    return _found(uow, scope, communities, limit, before=at)


def _found(
    uow: UnitOfWork,
    scope: Scope,
    communities: Sequence[str] | None,
    limit: int,
    *,
    after: datetime | None = None,
    before: datetime | None = None,
) -> list[StoredThing]:
    wanted = _by_beginning(is_after=after is not None, is_held=communities is not None)
    held = {} if communities is None else {"communities": listed(communities)}
    rows = wanted.rows(uow.ground.connection, scope, moment=after or before, limit=limit, **held)
    iris = list(dict.fromkeys(row["iri"] for row in rows))
    found = stored_at(uow.ground, iris)
    return [found[iri] for iri in iris]


@cache
def _by_beginning(*, is_after: bool, is_held: bool) -> Gated:
    """The events on one side of a moment, the nearest first; perhaps of some communities alone."""
    moment = bindparam("moment", type_=facets.c.moment.type, required=True)
    is_there = facets.c.moment >= moment if is_after else facets.c.moment < moment
    of_theirs = [is_held_by(texts("communities"))] if is_held else []
    living = (
        facets.c.property == "startTime",
        or_(*(things.c.kind == kind for kind in _KINDS)),
        things.c.deleted_at.is_(None),
        is_there,
        *of_theirs,
    )
    begun = select(things.c.iri, facets.c.moment).join(facets, facets.c.thing == things.c.iri).with_hint(things, GATE, "sqlite")
    order = facets.c.moment if is_after else facets.c.moment.desc()
    limit = bindparam("limit", type_=BIG, required=True)
    return Gated(lambda seen: begun.where(*living, seen(things)).order_by(order, things.c.iri).limit(limit))
