"""Whether somebody may write in a community at the moment, or is asked to wait."""

from __future__ import annotations

from sqlalchemy import func, select

from node.domain.moderating import hindrance
from node.errors import NotAllowed
from node.storage.here import Here
from node.storage.tables.columns import Moment
from node.storage.tables.things import things
from node.storage.unit_of_work import UnitOfWork
from vocab.values import Text


def held_back(uow: UnitOfWork, here: Here, person: str, community: str) -> Text | None:
    """Why a person may not write in a community now, None when they may."""
    kinds = [row.kind for row in uow.restraints.in_force(community, here.now, person)] if community else []
    if not kinds:
        return None
    last = select(func.max(things.c.published_at, type_=Moment()).label("at")).where(
        things.c.author == person, things.c.community == community
    )
    row = uow.ground.row(last)
    return hindrance(kinds, row["at"] if row else None, here.now)


def must_be_free(uow: UnitOfWork, here: Here, person: str, community: str) -> None:
    """Raises NotAllowed, with its reason, for whoever is asked to wait."""
    reason = held_back(uow, here, person, community)
    if reason is not None:
        raise NotAllowed(reason.in_language("en"))
