"""What was shared here before: the thing of ours that leads to an address, so that nobody begins a second conversation."""

from __future__ import annotations

from node.domain.visibility import PUBLIC_SCOPE
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork

#: The facet of the page that a card leads to; and so many cards of one page are looked at.
_ORIGIN, _FEW = "importedFrom", 5


def first_sharing(uow: UnitOfWork, address: str) -> StoredThing | None:
    """The first thing of a community that everybody may read, and that leads to a page or is it; None when there is none."""
    if not address:
        return None
    itself = uow.things.get(address, PUBLIC_SCOPE)
    found = [*([itself] if itself else []), *reversed(uow.things.with_facet(_ORIGIN, address, scope=PUBLIC_SCOPE, limit=_FEW))]
    living = (each for each in found if each.entry.community and each.entry.deleted_at is None and each.entry.is_local)
    return next(living, None)
