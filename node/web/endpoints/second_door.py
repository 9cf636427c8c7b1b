"""The second door: opens the session of somebody whose password or letter was right, and whose code is."""

from __future__ import annotations

from federation.messages import Received
from node.actions.come_in import Admitted, pass_second_door
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.doors import SECOND_DOOR
from node.web.entering import entered, is_secure, knock, problem, refusal
from node.web.forms import field_of
from node.web.middleware import session
from node.web.translations import phrase

_WRONG = phrase(
    "Ce code n’est pas le bon, ou il a déjà servi. Attendez que votre application en montre un autre, et recopiez-le."
)
_LATE = phrase("Trop de temps a passé. Recommencez depuis le début.")


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Lets in; raises Invalid with what is wrong."""
    step = session.step_in_headers(received.values("Cookie"), is_secure=is_secure(visit))
    code, who, house = field_of(received, "code"), knock(received, visit), visit.house

    def enter(uow: UnitOfWork) -> Admitted:
        return pass_second_door(uow, house, step, code, who)

    try:
        admitted = await tools.database.write(enter)
    except NotAllowed as late:
        raise problem(visit, "", _LATE) from late
    if admitted.refused:
        raise refusal(visit, admitted.refused, _WRONG)
    return entered(visit, admitted)


ENDPOINT = Endpoint(path=SECOND_DOOR, receive=receive, is_open=True)
