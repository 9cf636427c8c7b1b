"""Move: an actor elsewhere has gone to another account; whoever here follows it follows there, once both sides have said so.

Spec: ActivityStreams 2.0 §Move.
"""

from __future__ import annotations

from federation.messages import Verified
from node.contracts import Handler, House, Outcome
from node.domain.activities import about
from node.domain.errands import FOLLOW_MOVED, Errand
from node.errors import NotAllowed
from node.storage.unit_of_work import UnitOfWork
from vocab.activities.activity import Activity


def check(uow: UnitOfWork, house: House, verified: Verified) -> None:
    """It is the sender itself that moves, and somewhere."""
    del uow, house
    if about(verified.activity).iri != verified.actor or _target(verified) in {"", verified.actor}:
        raise NotAllowed("One moves oneself, and to somewhere else.")


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """Has both actors read again, when somebody here follows the one who moves: nothing is believed of the message alone."""
    if not any(
        house.is_local(link.follower) for link in uow.followings.to(verified.actor) if link.state in {"accepted", "requested"}
    ):
        return Outcome.IGNORED
    uow.tasks.wake(FOLLOW_MOVED, verified.actor, payload=Errand(iri=_target(verified)).payload())
    return Outcome.DONE


def _target(verified: Verified) -> str:
    activity = verified.activity
    return activity.target.iri if isinstance(activity, Activity) and activity.target is not None else ""


HANDLER = Handler(activity="Move", check=check, receive=receive)
