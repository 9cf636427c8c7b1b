"""Which servers went silent that were there until then, and who has been told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import or_, select

from node.domain.neighbours import Measure, trouble
from node.domain.silence import AFTER, DAYS, WITHIN, Silence, is_told
from node.storage.hosts import host_of
from node.storage.shelves.agreements import AgreementRow
from node.storage.shelves.peers import PeerRow
from node.storage.tables.inbox import inbox
from node.storage.unit_of_work import UnitOfWork


def silences(uow: UnitOfWork, now: datetime) -> list[Silence]:
    """Those that nobody was told of yet: servers with a link in force that fail, or send nothing, for two days."""
    linked = {host_of(iri) for row in uow.followings.all("accepted") for iri in (row.follower, row.target)}
    found = [silence for peer in uow.peers.all() if peer.host in linked and (silence := _silence(uow, peer, now)) is not None]
    return [each for each in found if not is_told(each.since, _told(uow, each.host))]


def mark_told(uow: UnitOfWork, host: str, at: datetime) -> None:
    """Those who look after the node were told of a silence."""
    uow.agreements.put(replace(uow.agreements.get(host) or AgreementRow(host=host), told_at=at))


def _silence(uow: UnitOfWork, peer: PeerRow, now: datetime) -> Silence | None:
    if peer.measure == Measure.PAUSED or uow.peers.is_blocked(peer.host):
        return None
    if peer.failing_since is not None:
        is_long = now - peer.failing_since >= AFTER
        return Silence(host=peer.host, since=peer.failing_since, trouble=trouble(peer.last_error)) if is_long else None
    heard = peer.last_in_at
    if heard is None or now - heard < AFTER or _days(uow, peer.host, heard) < DAYS:
        return None
    return Silence(host=peer.host, since=heard)


def _days(uow: UnitOfWork, host: str, until: datetime) -> int:
    """On how many days before that moment something came from there."""
    theirs = or_(*(inbox.c.actor.startswith(f"{scheme}://{host}/", autoescape=True) for scheme in ("https", "http")))
    moments = select(inbox.c.received_at).where(theirs, inbox.c.received_at > until - WITHIN).order_by(inbox.c.id.desc())
    return len({row["received_at"].date() for row in uow.ground.rows(moments.limit(2_000))})


def _told(uow: UnitOfWork, host: str) -> datetime | None:
    known = uow.agreements.get(host)
    return known.told_at if known is not None else None
