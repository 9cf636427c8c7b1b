"""Repertoires: what one holds as a tree of digests; whether an Add or Remove from elsewhere is about the sender's own."""

from __future__ import annotations

from federation.addresses import same_origin
from federation.comparing import Tree
from federation.messages import Verified
from node.storage.here import Here
from node.storage.remembering import remembered, state_of
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.activities.activity import Activity
from vocab.errors import VocabError
from vocab.things.actor import Actor


def followed_repertoire(uow: UnitOfWork, here: Here, verified: Verified) -> bool:
    """Whether the target is the repertoire of the actor who signed, and somebody here follows that actor."""
    activity = verified.activity
    target = activity.target.iri if isinstance(activity, Activity) and activity.target is not None else ""
    actor = uow.actors.get(verified.actor)
    if actor is None or not target or actor.repertoire != target:
        return False
    return any(here.is_local(link.follower) for link in uow.followings.to(verified.actor, "accepted"))


def lists_of(actor: ActorRow) -> tuple[str, ...]:
    """Where an actor lists what it holds or published, on its own server: its repertoire, or what it features and its outbox."""
    if actor.repertoire:
        return (actor.repertoire,)
    try:
        thing = jsonld.read(actor.document)
    except VocabError:
        return (actor.outbox,) if actor.outbox else ()
    featured = thing.featured.iri if isinstance(thing, Actor) and thing.featured is not None else ""
    return tuple(iri for iri in (featured if same_origin(featured, actor.iri) else "", actor.outbox) if iri)


def tree_of(uow: UnitOfWork, community: str) -> Tree:
    """What a community shows to everybody, to be compared with what another server knows of it. The same for every reader."""
    ground = uow.ground
    return remembered(ground, ("repertoire", community), state_of(ground), lambda: Tree(uow.holdings.dated(community)))
