"""The application of this node, which signs what it fetches.

Nobody ever has to sign to read it, or two nodes that ask for signatures would wait for one another's keys.
Spec: FEP-2677 §Discovery.
"""

from __future__ import annotations

from node.contracts import Endpoint, Reply, Visit
from node.errors import NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.negotiation import ACTIVITY


def answer(uow: UnitOfWork, visit: Visit) -> Reply:
    """The application with its keys."""
    row = uow.actors.get(visit.house.application)
    if row is None:
        raise NotFound
    return Reply(body=row.document, media_type=ACTIVITY)


ENDPOINT = Endpoint(path="/noeud", answer=answer, is_open=True)
