"""Communities of other nodes that one of ours follows, or that follow it: to these alone something may be shared by name."""

from __future__ import annotations

from node.storage.hosts import host_of
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork


def befriended(uow: UnitOfWork, community: str) -> list[ActorRow]:
    """Those with which a link of this community is in force, in either direction, by name; none of a server that is blocked."""
    if not community:
        return []
    theirs = {link.target for link in uow.followings.of(community, "accepted")} | set(uow.followings.followers(community))
    rows = (uow.actors.get(iri) for iri in theirs)
    found = [row for row in rows if row is not None and not row.is_local and row.type == "Group" and row.state == "active"]
    return sorted((row for row in found if not uow.peers.is_blocked(row.host)), key=lambda row: (row.name.casefold(), row.iri))


def is_befriended(uow: UnitOfWork, community: str, actor: str) -> bool:
    """Whether an actor is of a server on which a community has such a link with this one of ours."""
    return host_of(actor) in {host_of(row.iri) for row in befriended(uow, community)}
