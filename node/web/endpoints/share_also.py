"""A member shares in one more of their communities what everybody may read, by the form of its page."""

from __future__ import annotations

from federation.messages import Received
from node.actions.integrate import share_also
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.addresses import Addresses
from node.web.forms import back, field_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and leads back; raises NotAllowed, or NotFound for what not everybody may read."""
    if not visit.form_token:
        raise NotAllowed
    iri, community = field_of(received, "iri"), field_of(received, "communaute")

    def share(uow: UnitOfWork) -> None:
        share_also(uow, visit.house, iri, community, visit.reader.actor)

    await tools.database.write(share)
    return back(visit, Addresses(visit).thing(iri), "aussi")


ENDPOINT = Endpoint(path="/partager/aussi", receive=receive)
