"""Who may look after a community of ours, and how its people stand in it."""

from __future__ import annotations

from node.domain.rights import ADMINISTRATION, ANIMATION, Deed, may_look_after
from node.errors import NotFound
from node.storage.here import Here
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork


def may_keep(uow: UnitOfWork, here: Here, person: str, community: str, deed: Deed) -> bool:
    """Whether somebody may do this in a community of ours: by a role there, or because they look after the node."""
    if not person:
        return False
    roles = uow.members.roles(person, community, here.now) | uow.members.roles(person, f"{here.url}/organisation", here.now)
    return may_look_after(roles, deed)


def kept_by(uow: UnitOfWork, here: Here, person: str, community: str, deed: Deed) -> ActorRow:
    """The community, for whoever may do this in it; to anybody else it answers as one that is not there: raises NotFound."""
    row = uow.actors.get(community)
    is_ours = row is not None and row.is_local and row.type == "Group" and row.state == "active"
    if row is None or not is_ours or not may_keep(uow, here, person, community, deed):
        raise NotFound("There is no such community here, or it is not for you to do this.")
    return row


def keepers(uow: UnitOfWork, here: Here) -> list[str]:
    """Those who look after the node."""
    return uow.members.holding(f"{here.url}/organisation", ADMINISTRATION, here.now)


def animators(uow: UnitOfWork, here: Here, community: str) -> list[str]:
    """Who animates a community at the moment, those who began first before the others."""
    held = (row.person for row in uow.members.of(community, here.now) if row.role == ANIMATION)
    return list(dict.fromkeys(held))
