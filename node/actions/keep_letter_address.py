"""A member asks for the address to which they write what they share, says who will see it, and takes it back."""

from __future__ import annotations

from node.contracts import House
from node.domain.entries import Audience
from node.domain.letters import Letter, is_address
from node.domain.post import private_address
from node.domain.publishing import may_publish
from node.domain.receipts import told_address
from node.errors import Invalid, NotAllowed, NotFound
from node.storage.unit_of_work import UnitOfWork


def make(uow: UnitOfWork, house: House, person: str, community: str, page: str) -> str:
    """Gives them a new address in the place of any that they had; its secret, this once. They get it by letter too.

    Raises NotAllowed, NotFound where the node takes no letters, or Invalid for a community in which they may not publish.
    """
    member = uow.members.get(person)
    if member is None:
        raise NotAllowed("Only people who have their account here have such an address.")
    if not house.letterbox:
        raise NotFound("This node takes no letters.")
    _must_be_open(uow, house, person, community)
    secret = uow.letterbox.make(person, community, house.now)
    if is_address(member.email):
        address, language = private_address(house.letterbox, secret), member.language or house.language
        subject, text = told_address(language, name=house.name, address=address, page=page)
        uow.letters.put(
            Letter(to=member.email, subject=subject, text=text, language=language, kind="partage", reply_to=address)
        )  # fmt: skip
    return secret


def choose(uow: UnitOfWork, house: House, person: str, community: str) -> None:
    """Says which community sees what comes there ("": they alone); raises Invalid or NotFound."""
    _must_be_open(uow, house, person, community)
    if not uow.letterbox.choose(person, community):
        raise NotFound("There is no such address.")


def revoke(uow: UnitOfWork, person: str) -> None:
    """Takes the address away, at once and for good; raises NotFound."""
    if not uow.letterbox.revoke(person):
        raise NotFound("There is no such address.")


def _must_be_open(uow: UnitOfWork, house: House, person: str, community: str) -> None:
    if (
        community
        and not may_publish(uow.members.roles(person, community, house.now), Audience.COMMUNITY, community=community).is_given
    ):
        raise Invalid("They may not publish there.")
