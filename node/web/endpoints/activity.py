"""One activity that this node sent: public, or addressed to whoever asks."""

from __future__ import annotations

from node.contracts import Endpoint, Reply, Visit
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.negotiation import ACTIVITY
from node.web.sent import may_see_sent


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """The activity whose IRI is this address, as far as the reader may see it and what it is about."""
    row = uow.outbox.get(f"{visit.house.url}/activites/{visit.path['id']}")
    if row is None or not may_see_sent(uow, visit.reader, row):
        raise NotFound
    return Reply(body=row.document, media_type=ACTIVITY)


ENDPOINT = Endpoint(path="/activites/{id:[A-Za-z0-9_-]+}", answer=answer)
