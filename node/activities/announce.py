"""Announce: a community that is followed from here passes on what is new, changed or gone in its repertoire.

What is inside is believed when its author's own proof goes with it; else the thing is fetched from its own server.
Spec: ActivityPub §7.11.
Spec: FEP-8b32 §Proof verification.
Spec: FEP-1b12 §The Announce activity.
"""

from __future__ import annotations

from federation.inbox import proven, proven_method
from federation.messages import Verified
from node.contracts import Handler, House, Outcome
from node.domain.activities import about, topmost
from node.domain.embedded import enclosed
from node.domain.errands import FETCH, Errand
from node.storage.keyring import proving_key
from node.storage.taking import take_proven
from node.storage.unit_of_work import UnitOfWork
from vocab.activities.activity import Activity

#: What a community passes on that says something about a thing.
NEWS = frozenset({"Create", "Update", "Delete", "Add", "Announce"})


def check(uow: UnitOfWork, house: House, verified: Verified) -> None:
    """It is about one thing that has an address."""
    del uow, house
    about(verified.activity)


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """Takes the proven copy, or has the thing fetched, when somebody here follows the one who announces it."""
    ref = about(verified.activity)
    if not any(house.is_local(link.follower) for link in uow.followings.to(verified.actor, "accepted")):
        return Outcome.IGNORED
    if isinstance(ref.thing, Activity) and ref.thing.type not in NEWS:
        return Outcome.IGNORED
    iri = topmost(ref)
    if not iri:
        return Outcome.IGNORED
    errand = Errand(iri=iri, community=verified.actor, activity=verified.activity.id, is_vouched=True)
    inner = _proven(uow, verified)
    if inner is None or not take_proven(uow, house, errand, inner):
        uow.tasks.wake(FETCH, errand.subject, payload=errand.payload())
    return Outcome.DONE


def _proven(uow: UnitOfWork, verified: Verified) -> Verified | None:
    """The activity inside, when a key of its author that is known here has proven it."""
    document = enclosed(verified.body)
    key = proving_key(uow, proven_method(document, verified.at)) if document else None
    return proven(document, key, verified.at) if key is not None else None


def undo(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """The community no longer holds the thing."""
    del house
    activity = verified.activity
    objects = activity.object if isinstance(activity, Activity) else ()
    removed = [uow.holdings.remove(verified.actor, topmost(ref)) for ref in objects]
    return Outcome.DONE if any(removed) else Outcome.IGNORED


HANDLER = Handler(activity="Announce", check=check, receive=receive, undo=undo)
