"""Somebody here says of a summary that it is what was understood."""

from __future__ import annotations

from federation.messages import Received
from node.actions.confirm import confirm
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.addresses import Addresses
from node.web.forms import back, field_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Notes it and leads back to the exchange; raises NotAllowed, or NotFound for what may not be seen."""
    if not visit.form_token:
        raise NotAllowed
    iri = field_of(received, "iri")

    def agree(uow: UnitOfWork) -> str:
        confirm(uow, visit.house, visit.reader.actor, iri)
        place = uow.threads.get(iri)
        return (place.parent if place is not None else "") or iri

    above = await tools.database.write(agree)
    return back(visit, f"{Addresses(visit).thing(above)}#conversations", "compris")


ENDPOINT = Endpoint(path="/compris", receive=receive)
