"""Those who organise a meeting of ours change, move or call it off by the form of its page."""

from __future__ import annotations

from federation.messages import Received
from node.actions.announce import must_organise, rearrange, tell_of_change
from node.actions.publish import publish
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import NotAllowed
from node.storage.unit_of_work import UnitOfWork
from node.web.addresses import Addresses
from node.web.announcing import fields_in
from node.web.forms import back


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Publishes it anew and leads to its page; raises NotAllowed, NotFound, or Invalid with what is wrong by field."""
    if not visit.form_token:
        raise NotAllowed
    fields, house, person = fields_in(received), visit.house, visit.reader.actor
    iri = f"{house.url}/rencontres/{visit.path['id']}"

    def deed(uow: UnitOfWork) -> None:
        known = must_organise(uow, house, person, iri)
        ready = rearrange(known, person, fields, visit.language)
        tell_of_change(uow, house, known[1], publish(uow, house, ready.draft, ready.placement), person)

    await tools.database.write(deed)
    return back(visit, Addresses(visit).thing(iri), "change")


ENDPOINT = Endpoint(path="/rencontres/{id:[A-Za-z0-9_-]+}/modifier", receive=receive)
