"""Whether the node answers and its database can be read: for whoever watches over it."""

from __future__ import annotations

from node.contracts import Endpoint, Reply, Visit
from node.storage.unit_of_work import UnitOfWork
from node.web.negotiation import JSON


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """One word. Nothing is counted here."""
    uow.actors.get(visit.house.application)
    return Reply(body=b'{"status":"ok"}\n', media_type=JSON, headers=(("Cache-Control", "no-store"),))


ENDPOINT = Endpoint(path="/sante", answer=answer, is_open=True)
