"""A curator says that something on their desk needs nothing more."""

from __future__ import annotations

from federation.messages import Received
from node.actions.complete_item import complete_item
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import NotAllowed
from node.web.forms import back, field_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Takes it off the list and leads back; raises NotAllowed, NotFound."""
    if not visit.form_token:
        raise NotAllowed
    iri = field_of(received, "iri")
    await tools.database.write(lambda uow: complete_item(uow, visit.house, iri, visit.reader.actor))
    return back(visit, "/atelier", "complet")


ENDPOINT = Endpoint(path="/atelier", receive=receive)
