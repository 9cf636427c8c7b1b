"""Whether somebody may write in a community at the moment, or is asked to wait: they, or everybody in it or in an exchange."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from node.domain.moderating import hindrance
from node.domain.rights import Deed, may
from node.errors import NotAllowed
from node.storage.here import Here
from node.storage.shelves.restraints import RestraintRow
from node.storage.tables.columns import Moment
from node.storage.tables.things import things
from node.storage.tables.threads import threads
from node.storage.unit_of_work import UnitOfWork
from vocab.values import Text

#: Of whom something is asked that is asked of everybody.
EVERYBODY = ""


def held_back(uow: UnitOfWork, here: Here, person: str, community: str, over: str = "") -> Text | None:
    """Why a person may not write in a community now, as an answer to `over` where that is said; None when they may.

    Those who moderate it are held back by nothing that is asked of everybody.
    """
    if not community:
        return None
    asked = uow.restraints.in_force(community, here.now)
    is_free = may(uow.members.roles(person, community, here.now), Deed.MODERATE)
    kinds = [row.kind for row in asked if row.person == person or (row.person == EVERYBODY and not is_free)]
    reason = hindrance(kinds, _last(uow, things.c.author == person, things.c.community == community), here.now) if kinds else None
    thread = thread_of(uow, over) if over and not is_free else ""
    if reason is not None or not thread or calmed(uow, here, thread) is None:
        return reason
    said_there = things.c.iri.in_(select(threads.c.thing).where(threads.c.context == _context(uow, thread)))
    return hindrance(["slow"], _last(uow, things.c.author == person, said_there), here.now)


def must_be_free(uow: UnitOfWork, here: Here, person: str, community: str, over: str = "") -> None:
    """Raises NotAllowed, with its reason, for whoever is asked to wait."""
    reason = held_back(uow, here, person, community, over)
    if reason is not None:
        raise NotAllowed(reason.in_language("en"))


def calmed(uow: UnitOfWork, here: Here, subject: str) -> RestraintRow | None:
    """What is asked of everybody in a community, or in the exchange that begins with a thing; None for nothing."""
    return next(iter(uow.restraints.in_force(subject, here.now, EVERYBODY)), None)


def thread_of(uow: UnitOfWork, iri: str) -> str:
    """What began the exchange in which a thing stands: itself, where it stands in none."""
    context = _context(uow, iri)
    return (uow.threads.beginning(context) if context else "") or iri


def _context(uow: UnitOfWork, iri: str) -> str:
    place = uow.threads.get(iri)
    return place.context if place is not None else ""


def _last(uow: UnitOfWork, *which: ColumnElement[bool]) -> datetime | None:
    """When something of that was said last."""
    row = uow.ground.row(select(func.max(things.c.published_at, type_=Moment()).label("at")).where(*which))
    return row["at"] if row else None
