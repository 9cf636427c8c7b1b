"""A member looks at the events of an address, and puts those that they choose beside the meetings of a community."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from federation.errors import RemoteError
from federation.messages import Received
from node.actions.add_aside import events_at, ready
from node.actions.announce import rooms
from node.actions.publish import publish
from node.actions.take_part import find_event
from node.contracts import Endpoint, House, Reply, Tools, Visit
from node.domain.asides import Aside, kept, of_text
from node.domain.entries import Audience
from node.domain.placing import Placement
from node.errors import Invalid, NodeError, NotAllowed
from node.storage.participating import event_for
from node.storage.unit_of_work import UnitOfWork
from node.web.addresses import Addresses
from node.web.announcing import ADD
from node.web.forms import back, field_of, fields_of
from node.web.seeking import meeting_words

#: So many addresses may one person have looked at within an hour; so many events are added at once.
MOST_LOOKS, LOOKS_WITHIN, MOST_ADDED = 40, timedelta(hours=1), 20
_LONGEST, _MOST_DIGITS = 1_000, 18


async def receive(tools: Tools, received: Received, visit: Visit) -> Reply:
    """Looks, or adds what was ticked; raises NotAllowed for strangers, Invalid with what is wrong in words."""
    if not visit.form_token:
        raise NotAllowed
    if field_of(received, "geste") == "ajouter":
        return await _add(tools, received, visit)
    return await _look(tools, visit, field_of(received, "adresse").strip()[:_LONGEST])


async def _look(tools: Tools, visit: Visit, address: str) -> Reply:
    person, house = visit.reader.actor, visit.house
    looks = await tools.database.read(lambda uow: uow.previews.count(person, house.now - LOOKS_WITHIN))
    if looks >= MOST_LOOKS:
        raise Invalid("This is enough for an hour.", problems=_wrong("This is enough for an hour.", visit))
    try:
        if not address:
            raise Invalid("not written like an address")
        if await _is_known(tools, house, address, person):
            return back(visit, Addresses(visit).thing(address), "deja-la")
        found = await events_at(tools.outside, house, address)
    except (RemoteError, NodeError) as problem:
        await tools.database.write(lambda uow: uow.previews.add(person, "rien", address, "{}", house.now))
        raise Invalid(str(problem), problems=_wrong(str(problem), visit)) from problem
    # Where the calendar itself can be followed, its address stands first.
    said = kept(found.events)
    number = await tools.database.write(lambda uow: uow.previews.add(person, "rencontres", found.address, said, house.now))
    return back(visit, f"{ADD}?n={number}", "vu")


async def _is_known(tools: Tools, house: House, address: str, person: str) -> bool:
    """Whether there is an event at that address that this person sees and can answer: better than what its page says."""
    try:
        await find_event(tools.database, tools.outside, house, address)
        await tools.database.read(lambda uow: event_for(uow, address, person, house.now))
    except (RemoteError, NodeError):
        return False
    return True


async def _add(tools: Tools, received: Received, visit: Visit) -> Reply:
    person, house, number = visit.reader.actor, visit.house, field_of(received, "n")
    is_number = number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS
    row = await tools.database.read(lambda uow: uow.previews.get(int(number), person)) if is_number else None
    if row is None or row.kind != "rencontres":
        raise Invalid("This was too long ago.", problems={"adresse": meeting_words("", visit.language)})
    places = {place for place in fields_of(received).get("choix", []) if place.isascii() and place.isdecimal()}
    chosen = [each for place, each in enumerate(of_text(row.found)) if str(place) in places][:MOST_ADDED]
    audience = Audience.PUBLIC if field_of(received, "pour") == "public" else Audience.COMMUNITY
    community = field_of(received, "communaute")
    deed = partial(_publish, house=house, chosen=chosen, placed=Placement(author=person, community=community, audience=audience))
    count = await tools.database.write(deed)
    return back(visit, "/agenda", "ajoutees" if count else "aucune")


def _publish(uow: UnitOfWork, house: House, chosen: list[Aside], placed: Placement) -> int:
    if placed.community not in dict(rooms(uow, placed.author, house.now)):
        raise NotAllowed("One adds events to communities in which one publishes.")
    return len([publish(uow, house, draft, placed) for draft in ready(uow, house, chosen, placed.community)])


def _wrong(problem: str, visit: Visit) -> dict[str, str]:
    return {"adresse": meeting_words(problem, visit.language)}


ENDPOINT = Endpoint(path=ADD, receive=receive)
