"""Makes a node: the organisation that runs it, and the application that signs its fetches."""

from __future__ import annotations

from node.contracts import House
from node.domain.actors import KeyPair
from node.domain.legible import paragraph
from node.errors import Conflict
from node.storage.enrolling import enrol, free_username, fresh_keys
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.state import ADDRESS
from node.storage.unit_of_work import UnitOfWork
from vocab.things.application import Application
from vocab.things.formal_organization import FormalOrganization
from vocab.values import Text


def make_node(uow: UnitOfWork, house: House, *, summary: str = "", keys: tuple[KeyPair, KeyPair] | None = None) -> ActorRow:
    """Makes both actors and gives the organisation; raises Conflict when the node is made already.

    `keys` are those of the organisation and of the application; made here when not given, which takes a moment.
    """
    if uow.actors.get(house.organisation) is not None or uow.state.get(ADDRESS):
        raise Conflict("This node is made already.")
    pairs = keys or (fresh_keys(), fresh_keys())
    organisation = FormalOrganization(
        id=house.organisation,
        preferred_username=free_username(uow, house.name),
        name=Text.of(house.name, house.language),
        summary=paragraph(summary or house.name, house.language),
        is_indexable=True,
    )
    application = Application(
        id=house.application,
        preferred_username="noeud",
        name=Text.of(f"Maillage · {house.name}", house.language),
        summary=paragraph(house.name, house.language),
    )
    row = enrol(uow, organisation, keys=pairs[0], url=house.url, at=house.now)
    enrol(uow, application, keys=pairs[1], url=house.url, at=house.now)
    uow.state.set(ADDRESS, house.url)
    return row
