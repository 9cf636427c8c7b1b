"""Those who look after the node write down the agreement behind a link."""

from __future__ import annotations

from federation.messages import Received
from node.actions.agree import LIMITS, agree
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import Invalid, NotAllowed, NotFound
from node.storage.hosts import normal
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import back, field_of

PATH = "/liens/noeud"
_SLACK = 10


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Keeps it and leads back; raises NotAllowed, NotFound for a server that is not known, or Invalid by field."""
    if not visit.is_admin:
        raise NotAllowed
    if field_of(received, "geste") != "entente":
        raise Invalid("An agreement is written down here, and nothing else.")
    host = normal(field_of(received, "serveur"))
    fields = {name: field_of(received, name)[: most + _SLACK] for name, most in LIMITS.items()}

    def deed(uow: UnitOfWork) -> None:
        if not host or uow.peers.get(host) is None:
            raise NotFound("This server is not known here.")
        agree(uow, visit.house, host, fields, visit.reader.actor)

    await tools.database.write(deed)
    return back(visit, f"{PATH}?serveur={host}", "1")


ENDPOINT = Endpoint(path=PATH, receive=receive)
