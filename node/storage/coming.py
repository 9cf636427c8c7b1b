"""Events by when they begin, as far as a reader may see them: what is next, and what was last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from node.domain.visibility import Scope
from node.storage.faceting import is_held_by
from node.storage.scopes import within
from node.storage.stored import StoredThing, stored_at
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
    chosen = select(things.c.iri, facets.c.moment).join(facets, facets.c.thing == things.c.iri).with_hint(things, GATE, "sqlite")
    chosen = chosen.where(
        facets.c.property == "startTime", things.c.kind.in_(_KINDS), within(scope), things.c.deleted_at.is_(None)
    )
    if communities is not None:
        chosen = chosen.where(is_held_by(communities))
    chosen = chosen.where(facets.c.moment >= after) if after else chosen.where(facets.c.moment < before)
    order = facets.c.moment if after else facets.c.moment.desc()
    iris = [row["iri"] for row in uow.ground.rows(chosen.order_by(order, things.c.iri).limit(limit))]
    found = stored_at(uow.ground, iris)
    return [found[iri] for iri in dict.fromkeys(iris)]
