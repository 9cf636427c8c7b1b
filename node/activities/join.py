"""Join: somebody elsewhere asks to take part in an event of ours; and its Undo.

Spec: FEP-8a8e §RSVP.
"""

from __future__ import annotations

from federation.messages import Verified
from node.contracts import Handler, House, Outcome
from node.domain.activities import about
from node.domain.participation import State, Verdict
from node.errors import Invalid, NotFound
from node.storage.participating import answer, asked_for, event_for, left
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab.activities.activity import Activity


def check(uow: UnitOfWork, house: House, verified: Verified) -> None:
    """The event is ours and the one who asks may see it, and has an inbox to be answered at."""
    _event(uow, house, verified)
    person = uow.actors.get(verified.actor)
    if person is None or not person.inbox:
        raise NotFound("The actor who asks to take part cannot be read, or has no inbox.")


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """Accepts, holds, rejects or ignores; asked again by somebody accepted, accepts again."""
    join, event = verified.activity, _event(uow, house, verified)
    iri = _named(join) if isinstance(join, Activity) else ""
    known = uow.participations.get(iri, verified.actor)
    if known is not None and known.state is State.ENDED and known.activity == join.id:
        return Outcome.IGNORED  # taken back before it arrived
    decision = asked_for(uow, house, iri, verified.actor, join.id)
    if isinstance(join, Activity):
        answer(uow, house, event, join, decision.verdict)
    return Outcome.IGNORED if decision.verdict is Verdict.IGNORE else Outcome.DONE


def undo(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """They no longer take part. Taken back before it came, it is remembered."""
    join = verified.activity
    event = _named(join) if isinstance(join, Activity) else ""
    return Outcome.DONE if left(uow, house, event, verified.actor, join.id) else Outcome.IGNORED


def _event(uow: UnitOfWork, house: House, verified: Verified) -> StoredThing:
    """The event, as the one who asks may see it: one that they may not is as if it were not there."""
    join = verified.activity
    iri = _named(join) if isinstance(join, Activity) else ""
    if not iri:
        raise Invalid("This activity names no event.")
    if not house.is_local(iri):
        raise NotFound("There is no event of that address here.")
    return event_for(uow, iri, verified.actor, house.now)[0]


def _named(join: Activity) -> str:
    """The event: the object, or the target where it stands there. Spec: FEP-8a8e §Not handling RSVP."""
    if join.object:
        return about(join).iri
    return join.target.iri if join.target is not None else ""


HANDLER = Handler(activity="Join", check=check, receive=receive, undo=undo)
