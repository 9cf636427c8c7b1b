"""One intersection of communities with its evidence, computed from what is public alone."""

from __future__ import annotations

from node.contracts import Endpoint, Reply, Visit
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.negotiation import ACTIVITY


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """The intersection whose IRI is this address."""
    row = uow.intersections.get(f"{visit.house.url}/intersections/{visit.path['id']}")
    if row is None:
        raise NotFound
    return Reply(body=row.document, media_type=ACTIVITY)


ENDPOINT = Endpoint(path="/intersections/{id:[A-Za-z0-9_-]+}", answer=answer)
