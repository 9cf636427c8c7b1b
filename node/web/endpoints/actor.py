"""The actors of this node but the application: the organisation, its communities and people; public, and so are their keys.

A node may ask for signatures even here: those of the application, whose own document is never closed.
"""

from __future__ import annotations

from http import HTTPStatus

from node.contracts import Endpoint, Reply, Visit
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.negotiation import ACTIVITY
from vocab import jsonld
from vocab.things.tombstone import Tombstone


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """The actor whose IRI is this address; 410 with a tombstone for one that left."""
    row = uow.actors.get(f"{visit.house.url}/{visit.path['actor']}")
    if row is None or not row.is_local or row.state == "suspended":
        raise NotFound
    if row.state == "gone":
        body = jsonld.dump(Tombstone(id=row.iri, former_type=(row.type,)))
        return Reply(body=body, media_type=ACTIVITY, status=HTTPStatus.GONE)
    return Reply(body=row.document, media_type=ACTIVITY)


ENDPOINT = Endpoint(
    path="/{actor:organisation|communautes/[a-z0-9-]+|personnes/[a-z0-9-]+}", answer=answer, is_open=True, may_close=True
)
