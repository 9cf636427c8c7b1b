"""Who may look after a community of ours, and how its people stand in it."""

from __future__ import annotations

from node.domain.rights import ADMINISTRATION, ANIMATION, Deed, may_look_after
from node.domain.second_factor import is_asked_of_keepers
from node.errors import NotFound
from node.storage.here import Here
from node.storage.household import is_first_day
from node.storage.shelves.accounts import Accounts
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork


def administers(uow: UnitOfWork, here: Here, person: str) -> bool:
    """Whether somebody looks after the node, and may act as such: with a second proof of who they are, where one is needed."""
    return is_keeper(uow, here, person) and not must_prove(uow, here, person)


def is_keeper(uow: UnitOfWork, here: Here, person: str) -> bool:
    """Whether the node was given to somebody to look after."""
    return ADMINISTRATION in uow.members.roles(person, f"{here.url}/organisation", here.now)


def must_prove(uow: UnitOfWork, here: Here, person: str) -> bool:
    """Whether somebody still lacks what those who look after the node need: a code, or a passkey, which is two proofs in one."""
    if not is_asked_of_keepers(here.url) or is_first_day(uow, here.now):
        return False
    accounts = Accounts(uow.ground)
    return accounts.second.get(person) is None and not accounts.passkeys.of(person)


def may_keep(uow: UnitOfWork, here: Here, person: str, community: str, deed: Deed) -> bool:
    """Whether somebody may do this in a community of ours: by a role there, or because they look after the node."""
    if not person:
        return False
    held = uow.members.roles(person, community, here.now)
    return may_look_after(held, deed) or (administers(uow, here, person) and may_look_after({ADMINISTRATION}, deed))


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
