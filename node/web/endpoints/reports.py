"""What those who look after the node decide about a report: settled, in words, or dismissed."""

from __future__ import annotations

from federation.messages import Received
from node.actions.answer_report import dismiss, settle
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import Invalid, NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import back, field_of, number_of

_DEEDS = {"regler": settle, "classer": dismiss}


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and leads back to the page; raises NotAllowed, NotFound, or Invalid for a deed that is none."""
    if not visit.is_admin:
        raise NotAllowed
    number, decision = number_of(received, "qui"), field_of(received, "decision")
    deed = _DEEDS.get(field_of(received, "geste"))
    if deed is None:
        raise Invalid("Nothing of that name can be done about a report.")

    def decide(uow: UnitOfWork) -> None:
        deed(uow, visit.house, number, visit.reader.actor, decision)

    await tools.database.write(decide)
    return back(visit, "/signalements", "1")


ENDPOINT = Endpoint(path="/signalements", receive=receive)
