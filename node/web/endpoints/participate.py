"""Somebody here registers for an event that they see, or withdraws, by a form of its page.

Spec: FEP-8a8e §RSVP.
"""

from __future__ import annotations

from federation.errors import RemoteError
from federation.messages import Received
from node.actions.take_part import find_event, participate, stay_away
from node.contracts import Endpoint, Reply, Tools, Visit
from node.errors import Conflict, Invalid, NotAllowed, NotFound
from node.storage.participating import event_for
from node.web.addresses import Addresses
from node.web.forms import back, field_of

_DEEDS = {"inscrire": participate, "desister": stay_away}


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and leads back to the page of the event; raises NotAllowed for strangers, NotFound for what they may not see."""
    person, house, iri, name = visit.reader.actor, visit.house, field_of(received, "iri"), field_of(received, "geste")
    if not visit.form_token:
        raise NotAllowed
    if name not in _DEEDS:
        raise Invalid("One registers for an event, or withdraws.")
    await tools.database.read(lambda uow: event_for(uow, iri, person, house.now))
    try:
        if name == "inscrire":
            await find_event(tools.database, tools.outside, house, iri)
        await tools.database.write(lambda uow: _DEEDS[name](uow, house, person, iri))
    except (NotFound, NotAllowed, Conflict, Invalid, RemoteError):
        name = "impossible"
    return back(visit, Addresses(visit).thing(iri), name)


ENDPOINT = Endpoint(path="/participer", receive=receive)
