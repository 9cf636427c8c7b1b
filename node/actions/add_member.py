"""Gives a person an account here, and a place in a community; or a place to somebody whose account is elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

from node.contracts import House
from node.domain.actors import KeyPair, person_address
from node.domain.rights import ADMINISTRATION, GUEST, MEMBER, role
from node.errors import Conflict, Invalid, NotFound
from node.storage.enrolling import enrol, free_username, fresh_keys
from node.storage.shelves.members import MemberRow, MembershipRow
from node.storage.unit_of_work import UnitOfWork
from vocab.things.person import Person
from vocab.values import Text

_LONGEST_EMAIL = 254
_EMAIL = re.compile(r"[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Who gets an account. `password_hash` is "" for somebody who will sign in by a link."""

    email: str
    name: str
    password_hash: str = ""
    language: str = ""


def add_member(uow: UnitOfWork, house: House, newcomer: Newcomer, *, keys: KeyPair | None = None) -> MemberRow:
    """A new account with its Person actor; the account that has this address already is given back as it is."""
    email = newcomer.email.strip().lower()
    if len(email) > _LONGEST_EMAIL or not _EMAIL.fullmatch(email):
        raise Invalid(f"{newcomer.email!r} is not an e-mail address.")
    known = uow.members.by_email(email)
    if known is not None:
        return known
    if not newcomer.name.strip():
        raise Invalid("A person needs a name.")
    username = free_username(uow, newcomer.name)
    language = newcomer.language or house.language
    person = Person(
        id=person_address(house.url, username),
        preferred_username=username,
        name=Text.of(newcomer.name.strip(), language),
    )
    enrol(uow, person, keys=keys or fresh_keys(), url=house.url, at=house.now)
    row = MemberRow(
        iri=person.id,
        email=email,
        name=newcomer.name.strip(),
        password_hash=newcomer.password_hash,
        language=language,
        created_at=house.now,
    )
    uow.members.add(row)
    return row


def admit(
    uow: UnitOfWork, house: House, person: str, community: str, *, role_name: str = "", consent: bool = False
) -> MembershipRow:
    """Gives a person, of here or elsewhere, a role in a community of ours ("membre" unless said).

    `consent`: may be counted, never named, in what two communities have in common. Raises NotFound or Invalid.
    """
    row = uow.actors.get(community)
    if row is None or not row.is_local or row.type != "Group":
        raise NotFound("There is no such community here.")
    if uow.actors.get(person) is None:
        raise NotFound("Nobody of that address is known here.")
    chosen = role(role_name) if role_name else MEMBER
    if chosen is None:
        raise Invalid(f"There is no role {role_name!r}; use animation, curation, documentation, membre or observation.")
    if chosen != GUEST:
        uow.members.leave_as(person, community, GUEST, house.now)
    return uow.members.join(person, community, chosen, house.now, consent=consent)


def appoint(uow: UnitOfWork, house: House, person: str) -> MembershipRow:
    """Lets somebody with an account here look after the whole node; raises NotFound for anybody else.

    Sessions from before do not get that right: they end, and whoever was signed in comes in again.
    """
    if uow.members.get(person) is None:
        raise NotFound("Only somebody with an account here can look after the node.")
    if ADMINISTRATION not in uow.members.roles(person, house.organisation, house.now):
        uow.sessions.close_all(person)
    return uow.members.join(person, house.organisation, ADMINISTRATION, house.now)


def dismiss(uow: UnitOfWork, house: House, person: str) -> None:
    """Ends that; raises NotFound for somebody who did not look after the node, Conflict for the last one who does."""
    if ADMINISTRATION not in uow.members.roles(person, house.organisation, house.now):
        raise NotFound("This person does not look after the node.")
    if uow.members.count_of(house.organisation, ADMINISTRATION, house.now) == 1:
        raise Conflict("Nobody else looks after the node: appoint somebody first.")
    uow.members.leave(person, house.organisation, house.now)
