"""Has what was looked through taken in, or let go of."""

from __future__ import annotations

from federation.messages import Received
from node.actions.bring import stop, take, theirs
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.entries import Audience
from node.domain.household import DONE
from node.errors import NotAllowed
from node.storage.household import first_run, mark
from node.storage.unit_of_work import UnitOfWork
from node.web.bringing import PATH, REACHES
from node.web.forms import back, field_of


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and leads back; raises NotAllowed, NotFound for anybody else's, Conflict when it waits for nothing."""
    if not visit.form_token:
        raise NotAllowed
    number, deed_name = visit.path["numero"], field_of(received, "geste")
    audience = REACHES.get(field_of(received, "qui"), Audience.COMMUNITY)
    takes_probable = field_of(received, "aussi") == "oui"

    def deed(uow: UnitOfWork) -> None:
        row = theirs(uow, number, visit.reader.actor)
        if deed_name == "laisser":
            stop(uow, visit.house, row)
            return
        take(uow, visit.house, row, audience, takes_probable=takes_probable)
        if visit.is_admin and first_run(uow) == "begun":
            mark(uow, "existant", DONE)

    await tools.database.write(deed)
    return back(visit, f"{PATH}/{number}", "")


ENDPOINT = Endpoint(path=f"{PATH}/{{numero:[0-9a-f]+}}", receive=receive)
