"""What communities show first: the lists of those that are followed from here, and those of ours.

Spec: FEP-1b12 §Group.
"""

from __future__ import annotations

from federation.addresses import same_origin
from federation.messages import Verified
from node.domain.activities import about
from node.domain.entries import Audience
from node.domain.errands import FETCH, Errand
from node.storage.gathering import announce_done, is_moderator
from node.storage.here import Here
from node.storage.passing import Passage
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.activities.activity import Activity
from vocab.errors import VocabError
from vocab.things.actor import Actor


def featured_of(uow: UnitOfWork, community: str) -> str:
    """The address of the list of what an actor shows first, on its own server; "" when it has none."""
    row = uow.actors.get(community)
    try:
        thing = jsonld.read(row.document) if row is not None else None
    except VocabError:
        return ""
    iri = thing.featured.iri if isinstance(thing, Actor) and thing.featured is not None else ""
    return iri if same_origin(iri, community) else ""


def is_featured_list(uow: UnitOfWork, community: str, target: str) -> bool:
    """Whether an address is that of the list of what this very actor shows first."""
    return bool(target) and target == featured_of(uow, community)


def choose(uow: UnitOfWork, here: Here, community: str, thing: str, *, is_added: bool) -> bool:
    """Puts a thing on the list of a community or takes it off; has it fetched when it is not here. False when nothing changed."""
    if not is_added:
        return uow.featured.remove(community, thing)
    if not uow.featured.add(community, thing, here.now):
        return False
    if uow.things.get_any(thing) is None:
        errand = Errand(iri=thing, is_vouched=True)
        uow.tasks.wake(FETCH, errand.subject, payload=errand.payload())
    return True


def chosen_by(uow: UnitOfWork, here: Here, verified: Verified, *, is_added: bool) -> bool | None:
    """Acts on an Add or Remove about what a community shows first: its own word, or that of who coordinates one of ours.

    False when nothing changed; None when it is about no such list, or when the sender has no say in it.
    """
    activity, thing = verified.activity, about(verified.activity).iri
    target = activity.target.iri if isinstance(activity, Activity) and activity.target is not None else ""
    if is_featured_list(uow, verified.actor, target):
        is_followed = bool(uow.followings.to(verified.actor, "accepted"))
        return choose(uow, here, verified.actor, thing, is_added=is_added) if is_followed else None
    for community in uow.members.communities_of(verified.actor, here.now):
        if is_moderator(uow, here, verified.actor, community) and is_featured_list(uow, community, target):
            return _chosen_in(uow, here, verified, community, thing, is_added=is_added)
    return None


def _chosen_in(uow: UnitOfWork, here: Here, verified: Verified, community: str, thing: str, *, is_added: bool) -> bool:
    """A coordinator of one of ours chose; those who follow it are told, of what they may see."""
    stored = uow.things.get_any(thing)
    is_theirs = stored is not None and community in {stored.entry.community, *uow.holdings.holders(thing)}
    if (is_added and not is_theirs) or not choose(uow, here, community, thing, is_added=is_added):
        return False
    if stored is not None and stored.entry.audience is Audience.PUBLIC:
        passage = Passage(community=community, activity=verified.activity.id, document=verified.body, thing=thing)
        announce_done(uow, here, passage, by=verified.actor)
    return True
