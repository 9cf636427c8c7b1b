"""Somebody takes back what they have just shared, by the form of its page."""

from __future__ import annotations

from federation.messages import Received
from node.actions.share import undo
from node.actions.withdraw import withdraw
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import back, field_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Withdraws it and leads to the draft that it is again; raises NotAllowed, NotFound, or Conflict after ten minutes."""
    if not visit.form_token:
        raise NotAllowed
    iri = field_of(received, "iri")

    def take_back(uow: UnitOfWork) -> int:
        return undo(uow, visit.house, iri, visit.reader.actor, withdraw)

    number = await tools.database.write(take_back)
    return back(visit, f"/brouillons?garde={number}", "annule")


ENDPOINT = Endpoint(path="/partager/annuler", receive=receive)
