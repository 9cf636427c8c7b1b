"""What is known of another server when something comes from it or is to be fetched there."""

from __future__ import annotations

from dataclasses import dataclass

from node.domain.peers import Trust
from node.storage.hosts import host_of
from node.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquaintance:
    """How far a server is trusted; `is_followed`: somebody here follows, or has asked to follow, somebody there."""

    trust: Trust
    is_followed: bool


def acquaintance(uow: UnitOfWork, host: str) -> Acquaintance:
    """What is known of the server `host`. Links are looked at only for a server about which nobody has said anything."""
    if uow.peers.is_blocked(host):
        return Acquaintance(trust=Trust.BLOCKED, is_followed=False)
    if uow.peers.is_approved(host):
        return Acquaintance(trust=Trust.APPROVED, is_followed=False)
    links = [*uow.followings.all("accepted"), *uow.followings.all("requested")]
    return Acquaintance(trust=Trust.UNKNOWN, is_followed=any(host_of(link.target) == host for link in links))
