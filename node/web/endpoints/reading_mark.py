"""Somebody has read a resource as it is now: what changes from then on is shown as new to them."""

from __future__ import annotations

from federation.messages import Received
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.visibility import scope_of
from node.errors import NotAllowed, NotFound
from node.storage.unit_of_work import UnitOfWork
from node.web.addresses import Addresses
from node.web.forms import back, field_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Notes it and leads back to the resource; NotFound for what the reader may not see."""
    if not visit.form_token:
        raise NotAllowed
    iri = field_of(received, "iri")

    def mark(uow: UnitOfWork) -> None:
        stored = uow.things.get(iri, scope_of(visit.reader))
        if stored is None or stored.entry.deleted_at is not None:
            raise NotFound
        uow.versions.visit(visit.reader.actor, stored, visit.house.now)

    await tools.database.write(mark)
    return back(visit, Addresses(visit).thing(iri), "lire")


ENDPOINT = Endpoint(path="/lu", receive=receive)
