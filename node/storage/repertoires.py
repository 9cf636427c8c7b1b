"""Repertoires: what one holds as a tree of digests; whether an Add or Remove from elsewhere is about the sender's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from federation.addresses import same_origin
from federation.comparing import Tree
from federation.messages import Verified
from node.domain.errands import FETCH, Errand
from node.storage.here import Here
from node.storage.remembering import remembered, state_of
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.activities.activity import Activity
from vocab.errors import VocabError
from vocab.things.actor import Actor

#: How far apart things are fetched that an actor lists and that lie on servers of others.
STEP = timedelta(seconds=0.5)


def followed_repertoire(uow: UnitOfWork, here: Here, verified: Verified) -> bool:
    """Whether the target is the repertoire of the actor who signed, and somebody here follows that actor."""
    activity = verified.activity
    target = activity.target.iri if isinstance(activity, Activity) and activity.target is not None else ""
    actor = uow.actors.get(verified.actor)
    if actor is None or not target or actor.repertoire != target:
        return False
    return any(here.is_local(link.follower) for link in uow.followings.to(verified.actor, "accepted"))


def acts_for(uow: UnitOfWork, actor: str, group: str, iri: str) -> bool:
    """Whether what somebody tells of a thing of a followed group on their own server is asked of that server.

    Mobilizon attributes an event to a group, and tells of it in the name of the person who organises it.
    """
    if actor == group or not same_origin(actor, group) or not same_origin(group, iri):
        return False
    row = uow.actors.get(group)
    return row is not None and row.type == "Group" and bool(uow.followings.to(group, "accepted"))


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


def fetch_listed(uow: UnitOfWork, here: Here, target: str, iris: Sequence[str]) -> None:
    """Has what an actor lists fetched: what lies on its own server soon, the rest at a walk.

    A list costs its server one request, and names a thousand addresses of whomever it likes.
    """
    # due now, not since ever: what is announced meanwhile comes first
    known = uow.tasks.waiting(FETCH, here.now + timedelta(days=1), f" {target}") - uow.tasks.waiting(
        FETCH, here.now, f" {target}"
    )
    at = here.now + known * STEP
    for iri in iris:
        is_near = same_origin(iri, target)
        errand = Errand(iri=iri, community=target, is_vouched=True)
        uow.tasks.wake(FETCH, errand.subject, due_at=here.now if is_near else at, payload=errand.payload())
        at += timedelta() if is_near else STEP


def tree_of(uow: UnitOfWork, community: str) -> Tree:
    """What a community shows to everybody, to be compared with what another server knows of it. The same for every reader."""
    ground = uow.ground
    return remembered(ground, ("repertoire", community), state_of(ground), lambda: Tree(uow.holdings.dated(community)))
