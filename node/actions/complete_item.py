"""Takes something off the list of what waits to be completed: a curator says that it is."""

from __future__ import annotations

from node.contracts import House
from node.errors import NotAllowed, NotFound
from node.storage.revising import living, may_revise, scope_of_person
from node.storage.unit_of_work import UnitOfWork


def complete_item(uow: UnitOfWork, house: House, iri: str, by: str) -> None:
    """Raises NotFound for what they may not see or does not wait, NotAllowed for what is not theirs to change."""
    stored = living(uow, iri, scope_of_person(uow, house, by))
    if stored is None:
        raise NotFound("There is no such thing of ours.")
    if not may_revise(uow, house, stored.entry, by):
        raise NotAllowed("Only its author, or whoever looks after the repertoire, completes it.")
    if not uow.unfinished.remove(iri):
        raise NotFound("It does not wait for anything.")
