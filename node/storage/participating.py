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
from node.domain.sittings import parted, sitting, whole
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
    """An event that a person may see, as it is on the date that is meant; raises NotFound for any other, and for what is none."""
    scope = Scope(actor=person, communities=uow.members.communities_of(person, at))
    address, day = parted(iri)
    stored = uow.things.get(address, scope)
    if stored is None or stored.entry.deleted_at is not None or not isinstance(stored.thing, Event):
        raise NotFound("There is no event of that address here.")
    event = stored.thing if day is None else sitting(stored.thing, day)
    if event is None:
        raise NotFound("It does not take place on that day.")
    return stored, event


def standing(uow: UnitOfWork, iri: str, person: str) -> ParticipationRow | None:
    """Where a person stands about an event, or one date of it: what was said of that date goes before what was said of all."""
    known, (address, day) = uow.participations.get(iri, person), parted(iri)
    if known is not None or day is None:
        return known
    every = uow.participations.get(address, person)
    return replace(every, event=iri, activity="") if every is not None else None


def taken(uow: UnitOfWork, iri: str, *, but: str = "") -> int:
    """How many places are taken on a date; of all dates, on the one on which most are. `but`: by others than somebody."""
    address, day = parted(iri)
    rows = [row for row in uow.participations.around(address) if row.person != but]
    every = {row.person for row in rows if row.event == address and row.state is State.ACCEPTED}
    said: dict[str, dict[str, State]] = {}
    for row in rows:
        if row.event != address:
            said.setdefault(row.event, {})[row.person] = row.state
    counts = {
        event: len((every - by.keys()) | {who for who, state in by.items() if state is State.ACCEPTED})
        for event, by in said.items()
    }
    return counts.get(iri, len(every)) if day is not None else max([len(every), *counts.values()])


def asked_for(uow: UnitOfWork, here: Here, iri: str, person: str, activity: str) -> Decision:
    """Decides about somebody who asks to take part in an event of ours, or in one date of it, and notes it.

    `activity` is their Join, "" for none. A refusal by the event's own rules is held against nobody: they may ask again when
    there is room. Raises NotFound for what they may not see.
    """
    event, thing = event_for(uow, iri, person, here.now)
    uow.participations.hold_places(event.entry.iri)
    known = standing(uow, iri, person)
    already = known.state if known is not None else None
    decision = decide(thing, taken=taken(uow, iri, but=person), already=already, at=here.now)
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
        if iri == event.entry.iri:  # what is said of all dates takes the place of what was said of some
            uow.participations.clear_dates(iri, person)
        if state is State.REQUESTED:
            uow.notices.add(event.entry.author, "request", event.entry.iri, here.now, by=person, community=event.entry.community)
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
    known = standing(uow, event, person) if event else uow.participations.by_activity(activity)
    if event and not _takes_place(uow, event):
        return False
    if known is None:
        if not (activity and event and here.is_local(event)):
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
    if parted(known.event)[1] is None:
        uow.participations.clear_dates(known.event, person)
    return True


def _takes_place(uow: UnitOfWork, iri: str) -> bool:
    """Whether there is such an event, or such a date of it."""
    address, day = parted(iri)
    stored = uow.things.get_any(address)
    if stored is None or day is None:
        return stored is not None
    return isinstance(stored.thing, Event) and sitting(stored.thing, day) is not None


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
    stored = uow.things.get_any(whole(event))
    if stored is None or not isinstance(stored.thing, Event):
        return (stored.entry.author,) if stored is not None and stored.entry.author else ()
    return tuple(iri for iri in hosts(stored.thing, stored.entry.author) if same_origin(iri, event))


def settle(uow: UnitOfWork, here: Here, row: ParticipationRow, state: State) -> bool:
    """Notes what a participation of somebody here came to; False when that is nothing new, or they left meanwhile."""
    if row.state in {state, State.ENDED, *SAID_HERE}:
        return False
    uow.participations.put(replace(row, state=state, answered_at=here.now))
    uow.notices.add(row.person, "decision", whole(row.event), here.now)
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
