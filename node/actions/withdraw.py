"""Withdraws a thing of ours: a tombstone here, and a Delete to everybody who may have it."""

from __future__ import annotations

from node.contracts import House
from node.domain.receiving import tombstone
from node.domain.rights import Deed, may
from node.errors import NotAllowed, NotFound
from node.storage.receivers import reached
from node.storage.spreading import take_back
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld


def withdraw(uow: UnitOfWork, house: House, iri: str, by: str) -> None:
    """Deletes a thing in the name of `by`, its author or whoever may edit there; deleted before, nothing happens."""
    known = uow.things.get_any(iri)
    if known is None or not known.entry.is_local:
        raise NotFound("There is no such thing of ours.")
    entry = known.entry
    if entry.deleted_at is not None:
        return
    rows = uow.members.of(entry.community, house.now) if entry.community else []
    roles = [row.role for row in rows if row.person == by]
    if by not in {entry.author, house.organisation} and not may(roles, Deed.EDIT_ANY):
        raise NotAllowed("Only its author, or whoever looks after the repertoire, may withdraw it.")
    take_back(uow, house, entry, reached(uow, entry))
    uow.things.bury(iri, jsonld.dump(tombstone(iri, entry.type, house.now)), house.now)
