"""Somebody here takes part in an event, of here or elsewhere, or no longer does.

Spec: FEP-8a8e §RSVP.
"""

from __future__ import annotations

from federation import outbox
from federation.addresses import origin
from federation.errors import UnacceptableAnswer
from node.contracts import House, Outside
from node.domain.errands import Errand
from node.domain.participation import EXTERNAL, NONE, SAID_HERE, State, Verdict
from node.domain.sittings import knows_dates, whole
from node.errors import Conflict, Invalid, NotAllowed, NotFound
from node.storage.acquaintance import may_fetch
from node.storage.engine import Database
from node.storage.hosts import host_of
from node.storage.keeping import keep_actor
from node.storage.participating import answerable, asked_for, event_for, left, standing
from node.storage.receivers import inboxes_of
from node.storage.sending import send
from node.storage.shelves.participations import ParticipationRow
from node.storage.stored import StoredThing
from node.storage.taking import take
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.things.actor import Actor
from vocab.things.event import Event


async def find_event(database: Database, outside: Outside, house: House, iri: str) -> None:
    """Has an event elsewhere known here, and those who answer for it; raises Invalid, NotAllowed, or what fetching raises."""
    iri = whole(iri)
    if house.is_local(iri):
        return
    opinion = await database.read(lambda uow: _opinion(uow, house, iri))
    if opinion:
        raise NotAllowed(opinion)
    if await database.read(lambda uow: uow.things.get_any(iri)) is None:
        answer = await outside.document(iri)
        event = jsonld.read(answer.body)
        if not isinstance(event, Event) or event.id != answer.url:
            raise UnacceptableAnswer(f"{iri} is no event")
        reason = await database.write(lambda uow: take(uow, house, Errand(iri=iri, budget=0), event, answer.body))
        if reason:
            raise NotAllowed(f"{iri}: {reason}")
    missing = await database.read(lambda uow: [who for who in answerable(uow, iri) if uow.actors.get(who) is None])
    for who in missing:
        answer = await outside.document(who)
        actor = jsonld.read(answer.body)
        if isinstance(actor, Actor) and actor.id == who:
            await database.write(lambda uow, found=actor, body=answer.body: keep_actor(uow, found, body, house.now))  # type: ignore[misc]


def participate(uow: UnitOfWork, house: House, person: str, iri: str) -> ParticipationRow:
    """A person here asks to take part in an event that is known here; where it stands then.

    Asked again while the answer is awaited, the same Join goes out once more. Raises NotFound, Conflict, NotAllowed or Invalid.
    """
    stored, event = event_for(uow, iri, person, house.now)
    if house.is_local(iri):
        decision = asked_for(uow, house, iri, person, "")
        if decision.verdict in {Verdict.REJECT, Verdict.IGNORE}:
            raise NotAllowed(decision.reason.in_language(house.language))
        return _row(uow, iri, person)
    known = standing(uow, iri, person)
    _must_be_askable(uow, house, (stored, event), iri, known)
    inboxes = inboxes_of(uow, answerable(uow, iri))
    if not inboxes:
        raise NotFound("Nobody who answers for this event can be reached.")
    if known is not None and known.state is State.REQUESTED and uow.outbox.get(known.activity) is not None:
        uow.outbox.deliver_again(known.activity, inboxes, house.now)
        return known
    whom = answerable(uow, iri)
    told = send(uow, house, lambda name, at: outbox.join(person, iri, name, at, hosts=whom), inboxes, about=iri)
    row = ParticipationRow(
        event=iri, person=person, activity=told.id, state=State.REQUESTED, note="", asked_at=house.now, answered_at=None
    )
    uow.participations.put(row)
    if iri == stored.entry.iri:
        uow.participations.clear_dates(iri, person)
    return row


def _must_be_askable(
    uow: UnitOfWork, house: House, found: tuple[StoredThing, Event], iri: str, known: ParticipationRow | None
) -> None:  # fmt: skip
    """Raises Conflict, Invalid or NotAllowed where nobody elsewhere need, or can, be asked."""
    stored, event = found
    _must_know_dates(house, stored, iri)
    if known is not None and known.state is State.ACCEPTED:
        raise Conflict("This registration is confirmed already.")
    if (event.join_mode or "").lower() in {NONE, EXTERNAL}:
        where = f": {event.external_participation_url}" if event.external_participation_url else ""
        raise Invalid(f"One does not register for this event from here{where}")
    if uow.peers.is_blocked(host_of(iri)):
        raise NotAllowed(f"{host_of(iri)} is blocked here; unblock it first.")


def _must_know_dates(house: House, stored: StoredThing, iri: str) -> None:
    """Raises Invalid for one date of an event elsewhere where others than our make would take the answer for all of them."""
    if iri != stored.entry.iri and not house.is_local(iri) and not knows_dates(stored.thing):
        raise Invalid("Their server takes one answer for all the dates.")


def stay_away(uow: UnitOfWork, house: House, person: str, iri: str) -> ParticipationRow:
    """The person no longer takes part, and those who answer for the event are told. Raises NotFound when they did not."""
    if not left(uow, house, iri, person):
        raise NotFound("There is no such registration.")
    whom = answerable(uow, iri)
    inboxes = inboxes_of(uow, whom)
    if not house.is_local(iri) and inboxes:
        send(uow, house, lambda name, at: outbox.leave(person, iri, name, at, hosts=whom), inboxes, about=iri)
    return _row(uow, iri, person)


def say(uow: UnitOfWork, house: House, person: str, iri: str, state: State) -> ParticipationRow:
    """The person says maybe or no: a place asked for or held is given back, and the word is kept here, told to nobody.

    A refusal by those who organise outlasts it. Raises NotFound, or Invalid for any other state.
    """
    if state not in SAID_HERE:
        raise Invalid("One says maybe or no.")
    stored, _ = event_for(uow, iri, person, house.now)
    _must_know_dates(house, stored, iri)
    if iri == stored.entry.iri:
        _give_back_dates(uow, house, person, iri)
    known = standing(uow, iri, person)
    if known is not None and known.state in {State.REQUESTED, State.ACCEPTED}:
        known = stay_away(uow, house, person, iri)
    if known is not None and known.state is State.REFUSED:
        return known
    row = ParticipationRow(event=iri, person=person, activity="", state=state, note="", asked_at=house.now, answered_at=house.now)
    uow.participations.put(row)
    return row


def _give_back_dates(uow: UnitOfWork, house: House, person: str, iri: str) -> None:
    """What they said of single dates no longer counts, and the places they had on them are free."""
    for row in uow.participations.around(iri):
        if row.person == person and row.event != iri and row.state in {State.REQUESTED, State.ACCEPTED}:
            stay_away(uow, house, person, row.event)
    uow.participations.clear_dates(iri, person)


def _opinion(uow: UnitOfWork, house: House, iri: str) -> str:
    if origin(iri) is None:
        raise Invalid(f"{iri!r} is not the address of an event; write it as in https://savoirs.example/rencontres/7")
    opinion = may_fetch(uow, house, host_of(iri))
    return "" if opinion.is_allowed else f"{host_of(iri)} : {opinion.reason.in_language(house.language)}"


def _row(uow: UnitOfWork, event: str, person: str) -> ParticipationRow:
    row = uow.participations.get(event, person)
    if row is None:
        raise NotFound("There is no such registration.")
    return row
