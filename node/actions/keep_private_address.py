"""A member makes an address by which a program reads one list as they may see it, and takes it back.

It opens what is for the communities of its owner, nothing of what is for them alone: no draft, and nothing sent to one person.
"""

from __future__ import annotations

import re

from node.contracts import House
from node.domain.visibility import Opened, Reader
from node.errors import Conflict, Invalid, NotAllowed, NotFound
from node.storage.unit_of_work import UnitOfWork

#: So many may one person have; so long is the address of a list, and what one is called.
MOST, LONGEST, LONGEST_NAME = 50, 1_000, 200

#: A path of this node, perhaps with a query: nothing that a browser would take for another host.
_LIST = re.compile(r"/(?![/\\])[!-\[\]-~]*")


def is_list(address: str) -> bool:
    """Whether this may be the address of a list of this node."""
    return len(address) <= LONGEST and _LIST.fullmatch(address) is not None


def make(uow: UnitOfWork, house: House, person: str, list_address: str, name: str) -> str:
    """Makes a private address of a list and gives its secret, this once; raises NotAllowed, Invalid or Conflict."""
    if uow.members.get(person) is None:
        raise NotAllowed("Only people who have their account here make private addresses.")
    if not is_list(list_address):
        raise Invalid("This is no list of this site.")
    if uow.private_addresses.count(person) >= MOST:
        raise Conflict(f"{MOST} private addresses are many; revoke one first.")
    return uow.private_addresses.add(person, list_address, " ".join(name.split())[:LONGEST_NAME] or list_address, house.now)


def revoke(uow: UnitOfWork, number: int, person: str | None = None) -> None:
    """Takes one back (one of that person), at once and for good; raises NotFound."""
    if not uow.private_addresses.revoke(number, person):
        raise NotFound("There is no such private address.")


def opened(uow: UnitOfWork, house: House, token: str) -> Opened:
    """What a private address opens; raises NotFound for one that is not in force."""
    row = uow.private_addresses.find(token)
    actor = uow.actors.get(row.person) if row else None
    if row is None or actor is None or actor.state != "active" or uow.members.get(row.person) is None:
        raise NotFound
    # An actor that nobody is, so that what its owner alone may see stays closed; its name cannot be guessed and written to.
    nobody = f"{house.url}/adresses-privees#{row.digest}"
    reader = Reader(actor=nobody, communities=uow.members.communities_of(row.person, house.now))
    return Opened(number=row.id, reader=reader, address=row.list)
