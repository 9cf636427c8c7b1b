"""Delete: an author takes a thing of their own away, a coordinator takes one out of their community, or an actor leaves for good.

Spec: ActivityPub §7.4.
"""

from __future__ import annotations

from dataclasses import replace

from federation.messages import Verified
from federation.trust import may_change
from node.contracts import Handler, House, Outcome
from node.domain.activities import about
from node.domain.entries import Audience
from node.domain.errands import FETCH, Errand
from node.domain.receiving import tombstone
from node.errors import NotAllowed
from node.storage.farewells import end_of
from node.storage.gathering import is_group_of_ours, may_contribute
from node.storage.moderating import moderates, put_back, take_out, tell_of_removal, tell_of_return, withdraw_submissions
from node.storage.repertoires import acts_for
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.activities.activity import Activity


def check(uow: UnitOfWork, house: House, verified: Verified) -> None:
    """Only whoever wrote a thing may delete it. One never seen counts as the sender's when it is on the sender's server.

    Whoever coordinates a community of ours may take out of it what others published there.
    """
    iri = about(verified.activity).iri
    known = uow.things.get_any(iri)
    if known is not None and known.entry.deleted_at is None and moderates(uow, house, verified, known.entry):
        return
    owner = known.entry.author if known is not None and known.entry.type and known.entry.author else verified.actor
    if acts_for(uow, verified.actor, owner, iri):
        return
    if house.is_local(iri) or not may_change(verified.actor, iri=iri, owner=owner):
        raise NotAllowed("Only its author may delete a thing.")


def receive(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """Leaves a tombstone, also of what was never seen: its Create may still be under way."""
    iri = about(verified.activity).iri
    if iri == verified.actor:
        end_of(uow, iri, house.now)
        return Outcome.DONE
    withdraw_submissions(uow, house, iri, verified.actor)
    known = uow.things.get_any(iri)
    if known is None or known.entry.deleted_at is not None:
        return _again(uow, house, verified, known)
    if moderates(uow, house, verified, known.entry):
        take_out(uow, house, verified, known)
        return Outcome.DONE
    if acts_for(uow, verified.actor, known.entry.author, iri):
        uow.tasks.wake(FETCH, iri, payload=Errand(iri=iri, is_vouched=True).payload())
        return Outcome.DONE
    uow.things.bury(iri, jsonld.dump(tombstone(iri, known.entry.type, house.now)), house.now, by=verified.actor)
    tell_of_removal(uow, house, verified, known.entry)
    return Outcome.DONE


def undo(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
    """An author brings a thing back, or a coordinator puts one back into their community. What there is of it its server says."""
    activity = verified.activity
    iri = activity.object[0].iri if isinstance(activity, Activity) and len(activity.object) == 1 else ""
    if not iri:
        return Outcome.IGNORED
    if put_back(uow, house, verified, iri):
        return Outcome.DONE
    known = uow.things.get_any(iri)
    if known is None or known.entry.deleted_at is None or house.is_local(iri):
        return Outcome.IGNORED
    if not may_change(verified.actor, iri=iri, owner=known.entry.author or verified.actor):
        return Outcome.IGNORED
    community = known.entry.community if is_group_of_ours(uow, known.entry.community) else ""
    is_at_once = bool(community) and may_contribute(uow, verified.actor, community, replace(known.entry, stored_at=house.now))
    if is_at_once and known.entry.audience is Audience.PUBLIC:
        tell_of_return(uow, house, verified, community, iri)
    uow.things.unbury(iri)
    # What waited for a community when it was taken away waits again; so does what it once accepted of somebody who is no member.
    proposed = [*uow.submissions.of_thing(iri, "withdrawn"), *([] if is_at_once else uow.submissions.of_thing(iri, "accepted"))]
    told = next((row.activity for row in proposed if row.author == verified.actor), "")
    errand = Errand(iri=iri, community=community if is_at_once else "", is_back=True, told=told)
    uow.tasks.wake(FETCH, errand.subject, payload=errand.payload())
    return Outcome.DONE


def _again(uow: UnitOfWork, house: House, verified: Verified, known: StoredThing | None) -> Outcome:
    """Of what was never seen, or is gone already: remembered once, and with two who say so whoever wrote it."""
    iri = about(verified.activity).iri
    if known is None:
        uow.things.bury(iri, jsonld.dump(tombstone(iri, "", house.now)), house.now, by=verified.actor)
        return Outcome.DONE
    if known.entry.type or known.entry.author in {"", verified.actor}:
        return Outcome.IGNORED
    uow.things.unbury(iri)  # two say that it is gone: from now on it is, whoever wrote it
    uow.things.bury(iri, known.document, house.now)
    return Outcome.DONE


HANDLER = Handler(activity="Delete", check=check, receive=receive, undo=undo)
