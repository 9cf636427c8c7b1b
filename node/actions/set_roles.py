"""Gives people of a community roles, from when to when, and ends them: several at once, and never the last who gives them."""

from __future__ import annotations

from datetime import datetime

from node.contracts import House
from node.domain.offices import GIVEN, is_last
from node.domain.rights import ANIMATION, Deed, role
from node.errors import Conflict, Invalid, NotFound
from node.storage.office import animators, kept_by
from node.storage.shelves.members import MembershipRow
from node.storage.unit_of_work import UnitOfWork


def give_role(  # noqa: PLR0913, PLR0917 -- who, whom, where, what, from when, until when
    uow: UnitOfWork, house: House, by: str, person: str, community: str, role_name: str, since: datetime, until: datetime | None
) -> MembershipRow:
    """Gives a member of a community one more role; raises NotFound for whoever may not, Invalid for an unknown role or dates."""
    kept_by(uow, house, by, community, Deed.SET_ROLES)
    if person not in {row.person for row in uow.members.ever(community)}:
        raise NotFound("Roles are given to people of the community: invite them first.")
    chosen = role(role_name)
    if chosen is None or chosen not in GIVEN:
        raise Invalid("There is no such role to be given.")
    if until is not None and until <= max(since, house.now):
        raise Invalid("A role ends after it begins, and not in the past.")
    row = uow.members.join(person, community, chosen, since, consent=_consents(uow, house, person, community))
    return (uow.members.last_until(row.id, until) or row) if until != row.until else row


def end_role(uow: UnitOfWork, house: House, by: str, community: str, number: int) -> MembershipRow:
    """Ends one role of somebody; one may always end one's own. Raises NotFound, or Conflict for the last who animates."""
    row = next((each for each in uow.members.ever(community) if each.id == number), None)
    if row is None or (row.until is not None and row.until <= house.now):
        raise NotFound("This role has ended already.")
    if row.person != by:
        kept_by(uow, house, by, community, Deed.SET_ROLES)
    _must_not_be_last(uow, house, community, row.person, row.role)
    ended = uow.members.last_until(row.id, max(house.now, row.since))
    return ended or row


def leave(uow: UnitOfWork, house: House, person: str, community: str) -> int:
    """Ends all that somebody is in a community: they leave it, or are taken out; how many roles ended. Raises Conflict."""
    _must_not_be_last(uow, house, community, person, ANIMATION)
    return uow.members.leave(person, community, house.now)


def take_out(uow: UnitOfWork, house: House, by: str, person: str, community: str) -> int:
    """The same of somebody else; raises NotFound for whoever may not."""
    kept_by(uow, house, by, community, Deed.SET_ROLES)
    return leave(uow, house, person, community)


def _must_not_be_last(uow: UnitOfWork, house: House, community: str, person: str, held: str) -> None:
    if held == ANIMATION and is_last(animators(uow, house, community), person):
        raise Conflict("Nobody else animates this community: give somebody else this role first.")


def _consents(uow: UnitOfWork, house: House, person: str, community: str) -> bool:
    """What the person said before holds for each further role."""
    held = [row.consent for row in uow.members.of(community, house.now) if row.person == person]
    return bool(held) and all(held)
