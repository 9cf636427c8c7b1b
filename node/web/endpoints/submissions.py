"""What those who look after a community's repertoire decide about what is proposed to it from elsewhere."""

from __future__ import annotations

from federation.messages import Received
from node.actions.answer_submission import accept, refuse
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import Conflict, Invalid, NotFound
from node.storage.gathering import may_decide
from node.storage.unit_of_work import UnitOfWork
from node.web.forms import back, field_of, number_of

LONGEST_REASON = 1_000


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Publishes or declines one, and leads back; raises NotFound for whoever does not decide here, Invalid for no such deed."""
    slug = visit.path["slug"]
    house, community, by = visit.house, f"{visit.house.url}/communautes/{slug}", visit.reader.actor
    if not await tools.database.read(lambda uow: may_decide(uow, by, community, house.now)):
        raise NotFound
    deed, number = field_of(received, "geste"), number_of(received, "qui")
    reason = field_of(received, "raison").strip()
    if deed not in {"accepter", "decliner"} or len(reason) > LONGEST_REASON:
        raise Invalid("This is no answer to a proposal.")

    def decide(uow: UnitOfWork) -> str:
        row = uow.submissions.get(number)
        if row is None or row.community != community or row.state != "waiting":
            return "deja"
        if deed == "accepter":
            accept(uow, house, row.id, by)
            return "accepte"
        refuse(uow, house, row.id, by, reason)
        return "decline"

    try:
        outcome = await tools.database.write(decide)
    except Conflict:
        outcome = "change"
    return back(visit, f"/communautes/{slug}/propositions", outcome)


ENDPOINT = Endpoint(path="/communautes/{slug:[a-z0-9-]+}/propositions", receive=receive)
