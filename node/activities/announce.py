"""Announce: a community that is followed from here passes on what is new, changed or gone; a person, what they like of ours.

What is inside is believed when its author's own proof goes with it; else the thing is fetched from its own server.
Spec: ActivityPub §7.11.
Spec: FEP-8b32 §Proof verification.
Spec: FEP-1b12 §The Announce activity.
"""

from __future__ import annotations

from federation.inbox import proven, proven_method
from federation.messages import Verified
from node.contracts import Handler, House, Outcome, names_one_thing
from node.domain.activities import about, topmost
from node.domain.embedded import enclosed
from node.domain.errands import FETCH, Errand
from node.storage.declining import taken
from node.storage.featuring import choose, is_featured_list
from node.storage.handed_on import member_meant, take_handed_on
from node.storage.keyring import proving_key
from node.storage.reacting import react, take_back_reaction
from node.storage.taking import take_proven
from node.storage.unit_of_work import UnitOfWork
from vocab.activities.activity import Activity
from vocab.values import Ref

#: What a community passes on that says something about a thing.
NEWS = frozenset({"Create", "Update", "Delete", "Undo", "Add", "Announce"})
#: What it passes on that changes its own lists.
CHOICES = frozenset({"Add", "Remove"})


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """Takes the proven copy, or has the thing fetched, when somebody here follows the one who announces it."""
    ref = about(verified.activity)
    if house.is_local(topmost(ref)):
        taken(uow, verified.actor, topmost(ref))
    person = member_meant(uow, house, verified)
    if person:
        return Outcome.DONE if take_handed_on(uow, house, verified, person) else Outcome.IGNORED
    if ref.thing is None and react(uow, house, verified, "Announce", but_groups=True):
        return Outcome.DONE
    return _passed_on(uow, house, verified, ref)


def _passed_on(uow: UnitOfWork, house: House, verified: Verified, ref: Ref) -> Outcome:
    if not any(house.is_local(link.follower) for link in uow.followings.to(verified.actor, "accepted")):
        return Outcome.IGNORED
    if isinstance(ref.thing, Activity) and ref.thing.target is not None and ref.thing.type in CHOICES:
        return _choose(uow, house, verified, ref.thing)
    if isinstance(ref.thing, Activity) and ref.thing.type not in NEWS:
        return Outcome.IGNORED
    return _learn(uow, house, verified, ref)


def _learn(uow: UnitOfWork, house: House, verified: Verified, ref: Ref) -> Outcome:
    is_back = ref.thing is not None and ref.thing.type == "Undo"
    iri = topmost(_undone(ref) if is_back else ref)
    if not iri:
        return Outcome.IGNORED
    errand = Errand(iri=iri, community=verified.actor, activity=verified.activity.id, is_vouched=True, is_back=is_back)
    if ref.thing is not None and ref.thing.type == "Delete":
        # Gone from that community, by its author or by who coordinates it; whether it is gone altogether its own server knows.
        is_held = uow.holdings.remove(verified.actor, iri)
        uow.featured.remove(verified.actor, iri)
        if _is_gone(uow, iri):
            return Outcome.DONE if is_held else Outcome.IGNORED
        errand = Errand(iri=iri, is_vouched=True)
    inner = _proven(uow, verified)
    if inner is None or not take_proven(uow, house, errand, inner):
        uow.tasks.wake(FETCH, errand.subject, payload=errand.payload())
    return Outcome.DONE


def _undone(ref: Ref) -> Ref:
    """The Delete that an Undo takes back; nothing for an Undo of anything else."""
    inner = ref.thing.object if isinstance(ref.thing, Activity) else ()
    is_end = len(inner) == 1 and inner[0].thing is not None and inner[0].thing.type == "Delete"
    return inner[0] if is_end else Ref("")


def _is_gone(uow: UnitOfWork, iri: str) -> bool:
    known = uow.things.get_any(iri)
    return known is not None and known.entry.deleted_at is not None


def _choose(uow: UnitOfWork, house: House, verified: Verified, inner: Activity) -> Outcome:
    """What a community says of its own lists is its own word, whoever among its people did it."""
    thing = inner.object[0].iri if len(inner.object) == 1 else ""
    target = inner.target.iri if inner.target is not None else ""
    if not thing or not is_featured_list(uow, verified.actor, target):
        return Outcome.IGNORED
    is_changed = choose(uow, house, verified.actor, thing, is_added=inner.type == "Add")
    return Outcome.DONE if is_changed else Outcome.IGNORED


def _proven(uow: UnitOfWork, verified: Verified) -> Verified | None:
    """The activity inside, when a key of its author that is known here has proven it."""
    document = enclosed(verified.body)
    key = proving_key(uow, proven_method(document, verified.at)) if document else None
    return proven(document, key, verified.at) if key is not None else None


def undo(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """The community no longer holds the thing, or the person takes back that they passed it on."""
    if take_back_reaction(uow, house, verified, "Announce"):
        return Outcome.DONE
    activity = verified.activity
    objects = activity.object if isinstance(activity, Activity) else ()
    removed = [uow.holdings.remove(verified.actor, topmost(ref)) for ref in objects]
    return Outcome.DONE if any(removed) else Outcome.IGNORED


HANDLER = Handler(activity="Announce", check=names_one_thing, receive=receive, undo=undo)
