"""Somebody here says whether they will be at an event that they see; and who organises it lets people in, by a form of its page.

Spec: FEP-8a8e §RSVP.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from federation.errors import RemoteError
from federation.messages import Received
from node.actions.announce import must_organise
from node.actions.answer_participant import decline, welcome
from node.actions.take_part import find_event
from node.contracts import Endpoint, House, Reply, Tools, Visit
from node.domain.sittings import whole
from node.errors import Conflict, Invalid, NotAllowed, NotFound
from node.storage.participating import event_for
from node.storage.unit_of_work import UnitOfWork
from node.web.addresses import Addresses
from node.web.forms import back, field_of
from node.web.rsvp import OWN_ANSWERS

#: What those who organise answer; given the event and the person who asked.
_ANSWERS: Mapping[str, Callable[[UnitOfWork, House, str, str], object]] = {"accueillir": welcome, "decliner": decline}


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Does it and leads back to the page of the event; raises NotAllowed for strangers, NotFound for what they may not see."""
    person, house, iri, name = visit.reader.actor, visit.house, field_of(received, "iri"), field_of(received, "geste")
    if not visit.form_token:
        raise NotAllowed
    if name not in {*OWN_ANSWERS, *_ANSWERS}:
        raise Invalid("One says whether one will be there, or answers who asked to come.")
    await tools.database.read(lambda uow: event_for(uow, iri, person, house.now))
    who = field_of(received, "qui")
    if name in _ANSWERS:
        await tools.database.read(lambda uow: must_organise(uow, house, person, iri))
    try:
        if name == "inscrire":
            await find_event(tools.database, tools.outside, house, iri)
        await tools.database.write(lambda uow: _do(uow, house, name, (person, iri, who)))
    except (NotFound, NotAllowed, Conflict, Invalid, RemoteError):
        name = "impossible"
    return back(visit, Addresses(visit).thing(whole(iri)), name)


def _do(uow: UnitOfWork, house: House, name: str, about: tuple[str, str, str]) -> object:
    person, iri, who = about
    return _ANSWERS[name](uow, house, iri, who) if name in _ANSWERS else OWN_ANSWERS[name](uow, house, person, iri)


ENDPOINT = Endpoint(path="/participer", receive=receive)
