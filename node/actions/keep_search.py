"""Somebody keeps a search, looks at what is new in it, or lets go of it."""

from __future__ import annotations

from node.contracts import House
from node.domain.visibility import Reader, scope_of
from node.errors import Invalid, NotFound
from node.storage.shelves.saved_searches import SavedSearch
from node.storage.unit_of_work import UnitOfWork

LONGEST_NAME = 120


def keep_search(uow: UnitOfWork, house: House, reader: Reader, name: str, query: str) -> SavedSearch:
    """Keeps a search; what is there already is not new. Raises Invalid for one that looks for nothing, Conflict for too many."""
    if not query:
        raise Invalid("A search that looks for nothing is not kept.")
    named = name.strip()[:LONGEST_NAME] or query[:LONGEST_NAME]
    return uow.search.saved.add(reader.actor, named, query, uow.search.last(scope=scope_of(reader)), house.now)


def look_at_search(uow: UnitOfWork, reader: Reader, id: int) -> SavedSearch:  # noqa: A002 - the word of the domain
    """Notes that what a search finds by now is known; raises NotFound for one that is not theirs."""
    found = next((each for each in uow.search.saved.of(reader.actor) if each.id == id), None)
    if found is None:
        raise NotFound
    uow.search.saved.see(reader.actor, id, uow.search.last(scope=scope_of(reader)))
    return found


def let_go_of_search(uow: UnitOfWork, reader: Reader, id: int) -> None:  # noqa: A002 - the word of the domain
    """Keeps a search no more; raises NotFound for one that is not theirs."""
    if not uow.search.saved.remove(reader.actor, id):
        raise NotFound
