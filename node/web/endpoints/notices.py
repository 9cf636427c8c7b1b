"""Whoever reads has looked at a conversation, or at all; or wants to hear no more of one."""

from __future__ import annotations

from federation.messages import Received
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import Invalid, NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import back, field_of

LONGEST = 2_000


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and leads back to the notices; raises NotAllowed without session, Invalid for a deed that is none."""
    person, now = visit.reader.actor, visit.house.now
    deed, subject = field_of(received, "geste"), field_of(received, "sujet")[:LONGEST]
    if not visit.form_token:
        raise NotAllowed
    if deed not in {"lu", "tout", "sourdine"} or (deed != "tout" and not subject):
        raise Invalid("Nothing of that name can be done about a notice.")

    def change(uow: UnitOfWork) -> None:
        if deed == "sourdine":
            uow.notices.mute(person, subject, now)
        else:
            uow.notices.see(person, now, "" if deed == "tout" else subject)

    await tools.database.write(change)
    return back(visit, "/avis", deed)


ENDPOINT = Endpoint(path="/avis", receive=receive)
