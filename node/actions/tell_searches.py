"""Tells somebody of what came that a search of theirs finds, each thing once; their letter brings it with the rest."""

from __future__ import annotations

from node.contracts import House
from node.domain.visibility import Scope
from node.storage.unit_of_work import UnitOfWork
from node.storage.wished import come_since

#: So many things of one search are told at a time: after a thousand came at once, the page of the search says how many.
MOST = 5


def tell_searches(uow: UnitOfWork, house: House, person: str, last: int) -> int:
    """Tells of what came up to a place, as far as they may see it; how much that was. Not what they wrote themselves."""
    scope = Scope(actor=person, communities=uow.members.communities_of(person, house.now))
    told = 0
    for search in uow.search.saved.of(person):
        for found in come_since(uow, search, scope, house.now, MOST):
            entry = found.entry
            told += uow.notices.add(person, "found", entry.iri, house.now, by=entry.author, community=entry.community)
    uow.search.saved.tell(person, last)
    return told
