"""Answers those who ask to take part in an event of ours; and takes a place back from somebody who has one."""

from __future__ import annotations

from dataclasses import replace

from node.contracts import House
from node.domain.participation import State, Verdict
from node.domain.sittings import whole
from node.errors import Conflict, NotFound
from node.storage.participating import answer, taken
from node.storage.shelves.participations import ParticipationRow
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.activities.activity import Activity
from vocab.activities.join import Join
from vocab.things.event import Event
from vocab.values import Ref


def welcome(uow: UnitOfWork, house: House, event: str, person: str) -> ParticipationRow:
    """Lets somebody take part who asked to; raises NotFound, or Conflict when there is no room left."""
    stored = uow.things.get_any(whole(event))
    thing = stored.thing if stored is not None else None
    uow.participations.hold_places(whole(event))
    capacity = thing.maximum_attendee_capacity or 0 if isinstance(thing, Event) else 0
    if capacity and taken(uow, event, but=person) >= capacity:
        raise Conflict("There is no room left; publish the event with more places first.")
    return _answer(uow, house, event, person, State.ACCEPTED)


def decline(uow: UnitOfWork, house: House, event: str, person: str) -> ParticipationRow:
    """Refuses somebody who asked to take part, or who was let in before. Raises NotFound."""
    return _answer(uow, house, event, person, State.REFUSED)


def _answer(uow: UnitOfWork, house: House, event: str, person: str, state: State) -> ParticipationRow:
    stored, known = uow.things.get_any(whole(event)), uow.participations.get(event, person)
    awaited = {State.REQUESTED, State.ACCEPTED} if state is State.REFUSED else {State.REQUESTED, State.REFUSED}
    if stored is None or not house.is_local(event) or known is None or known.state not in awaited:
        raise NotFound("Nobody of that address waits for an answer about this event.")
    row = replace(known, state=state, answered_at=house.now, note="")
    uow.participations.put(row)
    uow.notices.add(person, "decision", stored.entry.iri, house.now, community=stored.entry.community)
    answer(uow, house, stored, _join(uow, row), Verdict.ACCEPT if state is State.ACCEPTED else Verdict.REJECT)
    return row


def _join(uow: UnitOfWork, row: ParticipationRow) -> Activity:
    """The Join as it came, to be embedded in the answer; made again when its bytes are no longer here."""
    came = uow.inbox.get(row.activity) if row.activity else None
    read = jsonld.read(came.body) if came is not None and came.body else None
    if isinstance(read, Activity):
        return read
    return Join(id=row.activity, actor=Ref(row.person), object=(Ref(row.event),))
