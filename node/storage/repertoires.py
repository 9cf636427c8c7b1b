"""Whether an Add or Remove from elsewhere is about the sender's own repertoire, and of interest here."""

from __future__ import annotations

from federation.messages import Verified
from node.storage.answers import Place
from node.storage.unit_of_work import UnitOfWork
from vocab.activities.activity import Activity


def followed_repertoire(uow: UnitOfWork, place: Place, verified: Verified) -> bool:
    """Whether the target is the repertoire of the actor who signed, and somebody here follows that actor."""
    activity = verified.activity
    target = activity.target.iri if isinstance(activity, Activity) and activity.target is not None else ""
    actor = uow.actors.get(verified.actor)
    if actor is None or not target or actor.repertoire != target:
        return False
    return any(place.is_local(link.follower) for link in uow.followings.to(verified.actor, "accepted"))
