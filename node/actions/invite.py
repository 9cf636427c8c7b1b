"""Invites people into a community: the letters are prepared, looked at, and then sent; an invitation is answered once."""

from __future__ import annotations

from dataclasses import dataclass

from node.contracts import House
from node.domain.invitations import MOST_OPEN, Round, personal
from node.domain.letters import Letter
from node.domain.offices import GIVEN
from node.domain.rights import MEMBER, Deed, role
from node.errors import Conflict, Invalid, NotFound
from node.storage.office import administers, animators, kept_by
from node.storage.shelves.invitations import InvitationRow
from node.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came of a round: to how many a letter goes, and who is a member already."""

    letters: int
    known: tuple[str, ...] = ()


def prepare(uow: UnitOfWork, house: House, by: str, community: str, found: Round) -> None:
    """Keeps a round until it is sent; raises NotFound for whoever may not invite, Invalid for a role that is not given."""
    kept_by(uow, house, by, community, Deed.INVITE)
    if role(found.role or MEMBER) not in GIVEN:
        raise Invalid("There is no such role to be given.")
    uow.state.set(_place(by, community), found.payload())


def prepared(uow: UnitOfWork, by: str, community: str) -> Round:
    """The round that somebody is preparing; an empty one when there is none."""
    return Round.of(uow.state.get(_place(by, community)) or "")


def send(uow: UnitOfWork, house: House, by: str, community: str) -> Sent:
    """Sends the prepared round, once; raises Conflict when there is none, or too many invitations stand open."""
    kept_by(uow, house, by, community, Deed.INVITE)
    found = prepared(uow, by, community)
    if not found.to:
        raise Conflict("There is nothing to send: it was sent already.")
    if uow.invitations.count(community) + len(found.to) > MOST_OPEN:
        raise Conflict("Too many invitations of this community are open: take some back first.")
    members = {email for email in found.to if _is_member(uow, house, email, community)}
    wanted = [email for email in found.to if email not in members]
    for email in wanted:
        _write(uow, house, email, by, community, found)
    uow.state.set(_place(by, community), "")
    return Sent(letters=len(wanted), known=tuple(sorted(members)))


def again(uow: UnitOfWork, house: House, by: str, number: int, found: Round) -> InvitationRow:
    """Sends the letter of an open invitation once more, with a new link; the former one opens nothing any more."""
    row = _open(uow, house, by, number)
    _write(uow, house, row.email, by, row.community, found)
    return row


def by_hand(uow: UnitOfWork, house: House, by: str, number: int) -> str:
    """The token of a new link of an open invitation, to be handed over where no letter arrives; the former one opens nothing.

    Only for whoever looks after the node, who could make any account. Raises NotFound for anybody else.
    """
    row = _open(uow, house, by, number)
    if not administers(uow, house, by):
        raise NotFound("Only whoever looks after the node hands links over.")
    return uow.invitations.add(row.community, row.email, row.role, language=row.language, by=row.by, at=house.now)


def withdraw(uow: UnitOfWork, house: House, by: str, number: int) -> InvitationRow:
    """Takes an open invitation back; raises NotFound when there is none, or for whoever may not."""
    row = _open(uow, house, by, number)
    uow.invitations.withdraw(row.id, house.now)
    return row


def answer(uow: UnitOfWork, house: House, token: str, person: str) -> InvitationRow:
    """Uses an invitation up for a person, and tells those who animate; raises NotFound for one that opens nothing any more."""
    row = uow.invitations.get(token)
    if row is None or not uow.invitations.accept(row.id, person, house.now):
        raise NotFound("This invitation was used already, was taken back, or is too old.")
    for animator in animators(uow, house, row.community):
        uow.notices.add(animator, "join", person, house.now, by=person, community=row.community)
    return row


def _write(uow: UnitOfWork, house: House, email: str, by: str, community: str, found: Round) -> None:
    token = uow.invitations.add(community, email, found.role or MEMBER, language=found.language, by=by, at=house.now)
    text = personal(found.text, f"{house.url}/invitation/{token}")
    sender = uow.members.get(by)
    uow.letters.put(
        Letter(
            to=email,
            subject=found.subject,
            text=text,
            language=found.language,
            kind="invitation",
            reply_to=sender.email if sender else "",
        )
    )


def _open(uow: UnitOfWork, house: House, by: str, number: int) -> InvitationRow:
    row = uow.invitations.numbered(number)
    if row is None or not row.is_open(house.now):
        raise NotFound("This invitation does not stand open any more.")
    kept_by(uow, house, by, row.community, Deed.INVITE)
    return row


def _is_member(uow: UnitOfWork, house: House, email: str, community: str) -> bool:
    member = uow.members.by_email(email)
    return member is not None and uow.members.is_member(member.iri, community, house.now)


def _place(by: str, community: str) -> str:
    return f"invite:{community}:{by}"
