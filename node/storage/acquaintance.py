"""What is known of another server, and of its actors, when something comes from it or is to be fetched there."""

from __future__ import annotations

from dataclasses import dataclass

from node.domain.neighbours import Measure
from node.domain.peers import Opinion, Trust, may_fetch_from
from node.storage.here import Here
from node.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquaintance:
    """How far a server is trusted; `is_followed`: somebody here follows, or has asked to follow, somebody there."""

    trust: Trust
    is_followed: bool
    measure: Measure = Measure.NONE


def acquaintance(uow: UnitOfWork, host: str) -> Acquaintance:
    """What is known of the server `host`. Links are looked at only for a server about which nobody has said anything."""
    known = uow.ground.known.get(("server", host))
    if known is None:
        known = uow.ground.known["server", host] = _looked_up(uow, host)
    found: Acquaintance = known
    return found


def may_fetch(uow: UnitOfWork, here: Here, host: str, *, is_vouched: bool = False) -> Opinion:
    """Whether something is fetched from the server `host`, as domain.peers.may_fetch_from says."""
    known = acquaintance(uow, host)
    return may_fetch_from(here.mode, known.trust, is_followed=known.is_followed, is_vouched=is_vouched)


def state_of(uow: UnitOfWork, actor: str) -> str:
    """The state of an actor (active, gone, suspended), "" when it is not known here."""
    known = uow.ground.known.get(("actor", actor))
    if known is None:
        known = uow.ground.known["actor", actor] = uow.actors.state_of(actor)
    return str(known)


def _looked_up(uow: UnitOfWork, host: str) -> Acquaintance:
    peer = uow.peers.get(host)
    measure = Measure(peer.measure) if peer is not None else Measure.NONE
    if uow.peers.is_blocked(host):
        return Acquaintance(trust=Trust.BLOCKED, is_followed=False, measure=measure)
    if peer is not None and peer.state == "approved":
        return Acquaintance(trust=Trust.APPROVED, is_followed=False, measure=measure)
    return Acquaintance(trust=Trust.UNKNOWN, is_followed=uow.followings.reaches(host), measure=measure)
