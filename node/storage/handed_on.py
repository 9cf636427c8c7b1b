"""What a community elsewhere hands on to a member here: believed with its author's own proof, read by that member alone.

Spec: FEP-8b32 §Proof verification.
"""

from __future__ import annotations

from dataclasses import replace

from federation.addressing import is_public
from federation.inbox import proven, proven_method
from federation.messages import Verified
from node.domain.activities import about, topmost
from node.domain.embedded import enclosed
from node.domain.entries import Audience
from node.domain.receiving import tombstone
from node.storage.acquaintance import may_fetch, state_of
from node.storage.here import Here
from node.storage.hosts import host_of
from node.storage.keyring import proving_key
from node.storage.notifying import tell_of_what_opened
from node.storage.stored import StoredThing
from node.storage.tellings import keep_told, told
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.activities.activity import Activity


def member_meant(uow: UnitOfWork, here: Here, verified: Verified) -> str:
    """The person here to whom alone an activity is handed on, "" where an Announce is for more people, or lay elsewhere."""
    activity, person = verified.activity, verified.recipient or ""
    is_whole = isinstance(activity, Activity) and len(activity.object) == 1 and isinstance(activity.object[0].thing, Activity)
    if not person or not is_whole or is_public(activity) or not here.is_local(person):
        return ""
    row = uow.actors.get(person)
    return person if row is not None and row.is_local and row.type == "Person" and row.state == "active" else ""


def author_meant(verified: Verified) -> str:
    """Whose words an Announce of one whole activity carries, as it says itself; "" for any other."""
    inner = verified.activity.object[0].thing if isinstance(verified.activity, Activity) and verified.activity.object else None
    return inner.actor.iri if isinstance(inner, Activity) and inner.actor is not None else ""


def take_handed_on(uow: UnitOfWork, here: Here, verified: Verified, person: str) -> bool:
    """Lets a member read what their community hands on to them, or no more; False when nothing came of it.

    An end is the community's own word: what it handed on it may take back.
    """
    ref = about(verified.activity)
    known = uow.things.get_any(topmost(ref))
    is_theirs = known is not None and known.entry.community == verified.actor and known.entry.audience is Audience.COMMUNITY
    if known is not None and (not is_theirs or known.entry.deleted_at is not None):
        return False
    if ref.thing is not None and ref.thing.type == "Delete":
        return known is not None and _let_go(uow, here, known, person)
    if ref.thing is None or ref.thing.type not in {"Create", "Update"}:
        return False
    if known is not None and known.entry.is_local:
        return _open(uow, known, person)
    return _keep(uow, here, verified, person)


def _let_go(uow: UnitOfWork, here: Here, known: StoredThing, person: str) -> bool:
    if known.entry.is_local:
        left = known.entry.readers - {person}  # its author goes on reading it
        uow.things.put(replace(known.entry, readers=left), known.document)
        return left != known.entry.readers
    uow.things.bury(known.entry.iri, jsonld.dump(tombstone(known.entry.iri, known.entry.type, here.now)), here.now)
    return True


def _open(uow: UnitOfWork, known: StoredThing, person: str) -> bool:
    """Somebody of this node wrote it, for a community that alone knows who else of this node belongs to it."""
    if person in known.entry.readers | {known.entry.author}:
        return False
    entry = replace(known.entry, readers=known.entry.readers | {person})
    uow.things.put(entry, known.document)
    tell_of_what_opened(uow, entry, known.thing, person)
    return True


def _keep(uow: UnitOfWork, here: Here, verified: Verified, person: str) -> bool:
    document = enclosed(verified.body)
    key = proving_key(uow, proven_method(document, verified.at))
    inner = proven(document, key, verified.at, person, handed_on_by=verified.actor) if key is not None else None
    if inner is None or state_of(uow, inner.actor) != "active":
        return False
    if is_public(inner.activity) or not may_fetch(uow, here, host_of(inner.actor), is_vouched=True).is_allowed:
        return False
    tale = told(uow, here, inner)
    if tale is None or tale.community or tale.entry.audience is not Audience.COMMUNITY:
        return False
    entry = replace(tale.entry, community=verified.actor, readers=frozenset({person}))
    return keep_told(uow, here, inner, replace(tale, entry=entry))
