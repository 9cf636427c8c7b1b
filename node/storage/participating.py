"""Moves participations on: what somebody who asks to take part is answered, and what an answer from elsewhere means here.

Spec: FEP-8a8e §RSVP.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from federation import outbox
from federation.addresses import same_origin
from federation.messages import Verified
from node.domain.activities import about, actor_of, inner
from node.domain.occasions import hosts
from node.domain.participation import SAID_HERE, Decision, State, Verdict, decide, withdrawn
from node.domain.visibility import Scope
from node.errors import NotFound
from node.storage.here import Here
from node.storage.sending import send
from node.storage.shelves.participations import ParticipationRow
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab.activities.activity import Activity
from vocab.things.event import Event

#: What is written down of an answer.
_STATES = {Verdict.ACCEPT: State.ACCEPTED, Verdict.HOLD: State.REQUESTED}


def event_for(uow: UnitOfWork, iri: str, person: str, at: datetime) -> tuple[StoredThing, Event]:
    """An event that a person may see; raises NotFound for any other, and for what is no event."""
    scope = Scope(actor=person, communities=uow.members.communities_of(person, at))
    stored = uow.things.get(iri, scope)
    if stored is None or stored.entry.deleted_at is not None or not isinstance(stored.thing, Event):
        raise NotFound("There is no event of that address here.")
    return stored, stored.thing


def asked_for(uow: UnitOfWork, here: Here, event: StoredThing, person: str, activity: str) -> Decision:
    """Decides about somebody who asks to take part in an event of ours, and notes it; `activity` is their Join, "" for none.

    A refusal by the event's own rules is held against nobody: they may ask again when there is room.
    """
    thing, iri = event.thing, event.entry.iri
    if not isinstance(thing, Event):
        raise NotFound("There is no event of that address here.")
    uow.participations.hold_places(iri)
    known = uow.participations.get(iri, person)
    already = known.state if known is not None else None
    decision = decide(thing, taken=uow.participations.count(iri), already=already, at=here.now)
    state = _STATES.get(decision.verdict)
    if state is not None:
        row = ParticipationRow(
            event=iri,
            person=person,
            activity=activity,
            state=state,
            note=decision.reason.primary,
            asked_at=known.asked_at if known is not None and already is state else here.now,
            answered_at=here.now if state is State.ACCEPTED else None,
        )
        uow.participations.put(row)
        if state is State.REQUESTED:
            uow.notices.add(event.entry.author, "request", iri, here.now, by=person, community=event.entry.community)
    elif known is not None and already is State.REQUESTED:
        ended = withdrawn(known.state, known.note)
        uow.participations.put(replace(known, state=ended, note=decision.reason.primary, answered_at=here.now))
    return decision


def answer(uow: UnitOfWork, here: Here, event: StoredThing, join: Activity, verdict: Verdict) -> None:
    """Tells somebody elsewhere what their Join came to, in the name of whoever wrote the event; what waits is told later."""
    person, by = uow.actors.get(actor_of(join)), event.entry.author
    if person is None or person.is_local or not person.inbox or verdict is Verdict.HOLD:
        return
    wraps = {Verdict.ACCEPT: outbox.accept, Verdict.REJECT: outbox.reject, Verdict.IGNORE: outbox.ignore}
    wrap = wraps[verdict]
    send(uow, here, lambda name, at: wrap(join, by, name, at), [person.inbox], about=join.id)


def left(uow: UnitOfWork, here: Here, event: str, person: str, activity: str = "") -> bool:
    """Somebody no longer takes part; False when they did not. One that overtakes the Join `activity` is remembered."""
    known = uow.participations.get(event, person) if event else uow.participations.by_activity(activity)
    if known is None:
        if not (activity and event and here.is_local(event)) or uow.things.get_any(event) is None:
            return False
        known = ParticipationRow(
            event=event,
            person=person,
            activity=activity,
            state=State.REQUESTED,
            note="",
            asked_at=here.now,
            answered_at=None,
        )
    if known.person != person or known.state not in {State.REQUESTED, State.ACCEPTED}:
        return False
    uow.participations.put(replace(known, state=withdrawn(known.state, known.note), answered_at=here.now))
    return True


def joined(uow: UnitOfWork, here: Here, verified: Verified) -> ParticipationRow | None:
    """The participation of somebody here that an answer is about, None when it is about something else.

    Raises NotFound when it was not asked for by somebody here, or of somebody else than who answers. An answer to an earlier
    request of theirs, one that another took the place of, is about nothing that counts.
    """
    join = inner(verified.activity)
    known = uow.participations.by_activity(join.id) if join.id else None
    is_overtaken = known is None and bool(join.id) and uow.outbox.get(join.id) is not None
    if known is None and join.type == "Join" and not is_overtaken:
        named = [ref.iri for ref in (*join.object, *((join.target,) if join.target else ())) if ref.iri]
        found = (uow.participations.get(event, actor_of(join)) for event in named[:2])
        known = next((row for row in found if row is not None), None)
    if known is None:
        return None
    if not here.is_local(known.person) or verified.actor not in answerable(uow, known.event):
        raise NotFound("No such request was ever sent from here to the one who answers.")
    return known


def answerable(uow: UnitOfWork, event: str) -> tuple[str, ...]:
    """The actors on the server of an event who may answer for it."""
    stored = uow.things.get_any(event)
    if stored is None or not isinstance(stored.thing, Event):
        return (stored.entry.author,) if stored is not None and stored.entry.author else ()
    return tuple(iri for iri in hosts(stored.thing, stored.entry.author) if same_origin(iri, event))


def settle(uow: UnitOfWork, here: Here, row: ParticipationRow, state: State) -> bool:
    """Notes what a participation of somebody here came to; False when that is nothing new, or they left meanwhile."""
    if row.state in {state, State.ENDED, *SAID_HERE}:
        return False
    uow.participations.put(replace(row, state=state, answered_at=here.now))
    uow.notices.add(row.person, "decision", row.event, here.now)
    return True


def turned_away(uow: UnitOfWork, here: Here, verified: Verified) -> bool:
    """Whether somebody who answers for an event took one of ours off the list of those who take part."""
    activity = verified.activity
    target = activity.target.iri if isinstance(activity, Activity) and activity.target is not None else ""
    person = about(activity).iri
    if not target or not here.is_local(person):
        return False
    for row in uow.participations.by_person(person):
        stored = uow.things.get_any(row.event)
        event = stored.thing if stored is not None else None
        if isinstance(event, Event) and event.attendees is not None and event.attendees.iri == target:
            return verified.actor in answerable(uow, row.event) and settle(uow, here, row, State.REFUSED)
    return False
