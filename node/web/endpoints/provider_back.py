"""Opens a session for somebody whom their organisation vouches for, in the browser in which they set out."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from federation.messages import Received
from node.actions.come_in import Admitted, let_in, right
from node.actions.vouch import come_back, invited, vouched, whose
from node.contracts import Endpoint, Reply, Tools, Visit
from node.domain.guessing import Way
from node.errors import Invalid, NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.doors import RETURN
from node.web.entering import entered, is_secure, knock, onward, problem
from node.web.forms import field_of
from node.web.middleware import session
from node.web.translations import phrase

_NOBODY = phrase("Trop de temps a passé, ou vous étiez parti·e d’un autre navigateur. Recommencez depuis «\u00a0Entrer\u00a0».")
_SILENT = phrase("Votre organisation n’a pas confirmé que c’est vous. Réessayez dans un moment, ou entrez d’une autre façon.")
_UNKNOWN = phrase(
    "Votre organisation vous reconnaît, mais aucun compte d’ici n’a l’adresse qu’elle nous donne. Demandez une invitation "
    "à cette adresse, ou entrez d’une autre façon."
)


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Lets in, or leads whoever was invited on to their invitation; raises Invalid with what is wrong."""
    who, house = knock(received, visit), visit.house
    kept = session.step_in_headers(received.values("Cookie"), is_secure=is_secure(visit))
    code, state, issuer = (field_of(received, name) for name in ("code", "state", "iss"))
    try:
        errand, row = await tools.database.write(lambda uow: come_back(uow, house, kept, state, issuer))
        voucher = await vouched(tools.outside, house, errand, row, code)
    except NotAllowed as stranger:
        raise problem(visit, "", _NOBODY) from stranger
    except Invalid as doubt:
        raise problem(visit, "", _SILENT) from doubt

    def enter(uow: UnitOfWork) -> Admitted | str:
        person = whose(uow, house, voucher)
        right(uow, errand.tries)
        if not person:
            return invited(uow, house, voucher, errand.back)
        return let_in(uow, house, person, replace(who, back=errand.back), Way.PROVIDER)

    done = await tools.database.write(enter)
    if isinstance(done, Admitted):
        return entered(visit, done)
    if not done:
        raise problem(visit, "", _UNKNOWN)
    return onward(visit, urlsplit(errand.back).path, ("langue", visit.language), ("fait", "reconnu"), step=done)


ENDPOINT = Endpoint(path=RETURN, receive=receive, is_open=True)
