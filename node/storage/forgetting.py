"""Lets go of what is no longer needed: bytes of old messages, traces of old deliveries, finished work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, delete, func, or_, select, update

from node.domain.errands import LOOK_AT_PEER
from node.storage.tables.actors import actors
from node.storage.tables.followings import followings
from node.storage.tables.inbox import inbox
from node.storage.tables.letters import letters
from node.storage.tables.outbox import deliveries
from node.storage.tables.peers import peers
from node.storage.tables.tasks import tasks
from node.storage.unit_of_work import UnitOfWork

#: So many rows of a table at a time, so that nobody waits for long.
PORTION = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Moments: what ended before them is let go of; and how many servers are known that nobody has to do with."""

    inbox_bodies: datetime
    deliveries: datetime
    parked: datetime
    tasks: datetime
    strangers: datetime
    most_strangers: int


def forget(uow: UnitOfWork, limits: Limits) -> int:
    """Lets go of a portion; how many rows it touched (0: nothing is left to do)."""
    return (
        _blank_bodies(uow, limits.inbox_bodies)
        + _delete(uow, deliveries, deliveries.c.state.in_(("delivered", "dropped")), _ended() < limits.deliveries)
        + _delete(uow, deliveries, deliveries.c.state == "parked", _ended() < limits.parked)
        + _delete(uow, tasks, tasks.c.state.in_(("done", "parked")), tasks.c.due_at < limits.tasks)
        + _delete(uow, letters, letters.c.state != "due", letters.c.done_at < limits.tasks)
        + _forget_strangers(uow, limits)
        + uow.changes.forget_marks(PORTION)
    )


def _blank_bodies(uow: UnitOfWork, before: datetime) -> int:
    old = select(inbox.c.id).where(inbox.c.state.in_(("done", "ignored")), inbox.c.done_at < before, inbox.c.body != b"")
    return uow.ground.run(update(inbox).where(inbox.c.id.in_(old.limit(PORTION))).values(body=b""))


def _delete(uow: UnitOfWork, table: Table, *conditions: ColumnElement[bool]) -> int:
    old = select(table.c.id).where(*conditions).limit(PORTION)
    return uow.ground.run(delete(table).where(table.c.id.in_(old)))


def _forget_strangers(uow: UnitOfWork, limits: Limits) -> int:
    """Lets go of servers that nobody here has to do with: those not heard of for long, and the oldest of too many."""
    linked = select(actors.c.host).join(
        followings, or_(followings.c.follower == actors.c.iri, followings.c.target == actors.c.iri)
    )
    is_stranger = and_(
        peers.c.state == "unknown",
        peers.c.note == "",
        peers.c.measure == "",
        peers.c.host.not_in(linked.where(followings.c.state.in_(("requested", "accepted", "paused")))),
        peers.c.host.not_in(select(deliveries.c.host).where(deliveries.c.state == "due")),
    )
    signs = (peers.c.first_seen_at, peers.c.last_in_at, peers.c.last_out_at, peers.c.last_error_at)
    is_old = and_(*(or_(sign.is_(None), sign < limits.strangers) for sign in signs))
    surplus = uow.ground.number(select(func.count()).select_from(peers).where(is_stranger)) - limits.most_strangers
    old = select(peers.c.host).where(is_stranger, is_old).limit(PORTION)
    latest = func.coalesce(peers.c.last_in_at, peers.c.last_out_at, peers.c.first_seen_at)
    superfluous = select(peers.c.host).where(is_stranger).order_by(latest, peers.c.host).limit(min(max(surplus, 0), PORTION))
    hosts = {*uow.ground.texts(old), *(uow.ground.texts(superfluous) if surplus > 0 else ())}
    if not hosts:
        return 0
    uow.ground.run(delete(tasks).where(tasks.c.kind == LOOK_AT_PEER, tasks.c.subject.in_(hosts), tasks.c.leased_by.is_(None)))
    return uow.ground.run(delete(peers).where(peers.c.host.in_(hosts)))


def _ended() -> ColumnElement[datetime]:
    """When a delivery ended; of one that was dropped before its time, when it was due."""
    return func.coalesce(deliveries.c.done_at, deliveries.c.due_at)
