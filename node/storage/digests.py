"""What a letter that gathers brings beside notices: what is new in somebody's communities, and what takes place soon."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select

from node.domain.visibility import Scope
from node.storage.scopes import within
from node.storage.tables.holdings import holdings
from node.storage.tables.notices import hidden_people
from node.storage.tables.things import facets, things
from node.storage.tables.threads import threads
from node.storage.unit_of_work import UnitOfWork

#: What nobody reads for itself.
_QUIET = ("Concept", "Mapping", "Place")
Item = tuple[str, str, str, datetime]


def news(uow: UnitOfWork, scope: Scope, since: datetime, until: datetime, limit: int) -> list[Item]:
    """What others published in one's communities in that time, exchanges too, without answers: (IRI, name, community, moment).

    Nothing of those whom one does not want to read.
    """
    hidden = select(hidden_people.c.subject).where(hidden_people.c.person == scope.actor)
    answers = select(threads.c.thing).where(threads.c.parent != "")
    chosen = _mine(scope.communities, scope).where(
        things.c.published_at > since,
        things.c.published_at <= until,
        things.c.author != scope.actor,
        things.c.author.not_in(hidden),
        things.c.kind.not_in(_QUIET),
        things.c.iri.not_in(answers),
    )
    rows = uow.ground.rows(chosen.order_by(things.c.community, things.c.published_at.desc()).limit(limit))
    return [(row["iri"], row["name"], row["community"], row["published_at"]) for row in rows]


def soon(uow: UnitOfWork, scope: Scope, since: datetime, until: datetime, limit: int) -> list[Item]:
    """What takes place in that time in one's communities, the first first: (IRI, name, community, moment)."""
    begins = facets.c.property == "startTime", facets.c.moment > since, facets.c.moment <= until
    chosen = (
        _mine(scope.communities, scope).join(facets, facets.c.thing == things.c.iri).add_columns(facets.c.moment).where(*begins)
    )
    rows = uow.ground.rows(chosen.order_by(facets.c.moment).limit(limit))
    return [(row["iri"], row["name"], row["community"], row["moment"]) for row in rows]


def _mine(communities: Collection[str], scope: Scope) -> Select[*tuple[Any, ...]]:
    held = select(holdings.c.thing).where(holdings.c.community.in_(sorted(communities)))
    theirs = or_(things.c.community.in_(sorted(communities)), things.c.iri.in_(held))
    chosen = select(things.c.iri, things.c.name, things.c.community, things.c.published_at)
    return chosen.where(within(scope), things.c.deleted_at.is_(None), theirs)
