"""Repertoires: what one holds as a tree of digests; whether an Add or Remove from elsewhere is about the sender's own."""

from __future__ import annotations

from federation.comparing import Tree
from federation.messages import Verified
from node.storage.answers import Place
from node.storage.remembering import remembered, state_of
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


def tree_of(uow: UnitOfWork, community: str) -> Tree:
    """What a community shows to everybody, to be compared with what another server knows of it. The same for every reader."""
    ground = uow.ground
    return remembered(ground, ("repertoire", community), state_of(ground), lambda: Tree(uow.holdings.dated(community)))
