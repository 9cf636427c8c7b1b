"""Opens a community, which whoever opens it animates."""

from __future__ import annotations

from federation.messages import Received
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import NotAllowed
from node.web.forms import back
from node.web.founding import found, said_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Opens it and leads there; raises NotAllowed for whoever does not look after the node, Invalid by field."""
    if not visit.is_admin:
        raise NotAllowed
    said = said_of(received, visit)
    slug = await tools.database.write(lambda uow: found(uow, visit, said).username)
    return back(visit, f"/communautes/{slug}", "ouverte")


ENDPOINT = Endpoint(path="/nouvelle-communaute", receive=receive)
