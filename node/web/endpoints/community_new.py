"""Opens a community, which whoever opens it animates."""

from __future__ import annotations

from federation.messages import Received
from node.actions.add_community import add_community, say_time
from node.actions.add_member import admit
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.rights import ANIMATION
from node.errors import NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import back
from node.web.founding import said_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Opens it and leads there; raises NotAllowed for whoever does not look after the node, Invalid by field."""
    if not visit.is_admin:
        raise NotAllowed
    said = said_of(received, visit)

    def deed(uow: UnitOfWork) -> str:
        row = add_community(uow, visit.house, said.name, summary=said.sentence)
        if said.time:
            say_time(uow, visit.house, row.iri, said.time)
        admit(uow, visit.house, visit.reader.actor, row.iri, role_name=ANIMATION)
        return row.username

    slug = await tools.database.write(deed)
    return back(visit, f"/communautes/{slug}", "ouverte")


ENDPOINT = Endpoint(path="/nouvelle-communaute", receive=receive)
