"""What we send: a thing wrapped in its activity, the activity sealed as a signed request; and signed fetches.

Spec: ActivityPub §6.
Spec: ActivityPub §7.
Spec: FEP-1b12 §The Announce activity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from federation import signatures
from federation.addressing import without_hidden
from federation.fetching import ACCEPT, MEDIA_TYPE
from federation.messages import Outgoing, SigningKey
from federation.signatures import DRAFT_CAVAGE
from vocab.activities.accept import Accept
from vocab.activities.activity import Activity
from vocab.activities.announce import Announce
from vocab.activities.create import Create
from vocab.activities.delete import Delete
from vocab.activities.follow import Follow
from vocab.activities.ignore import Ignore
from vocab.activities.join import Join
from vocab.activities.leave import Leave
from vocab.activities.move import Move
from vocab.activities.reject import Reject
from vocab.activities.tentative_reject import TentativeReject
from vocab.activities.undo import Undo
from vocab.activities.update import Update
from vocab.namespaces import PUBLIC
from vocab.things.object import Object
from vocab.things.tombstone import Tombstone
from vocab.values import Ref, Text


def wrap_create(thing: Object, actor: str, activity_id: str, at: datetime) -> Create:
    """The Create of a thing by `actor`, addressed as the thing is."""
    return Create(
        id=activity_id,
        actor=Ref(actor),
        object=(without_hidden(thing).ref,),
        published=thing.published or at,
        to=thing.to,
        cc=thing.cc,
        audience=thing.audience,
    )


def wrap_update(thing: Object, actor: str, activity_id: str, at: datetime) -> Update:
    """The Update of a thing, whole: what it does not say any more is gone. Others look at it only when `updated` is new."""
    changed = thing if thing.updated is not None else replace(thing, updated=at)
    return Update(
        id=activity_id,
        actor=Ref(actor),
        object=(without_hidden(changed).ref,),
        published=at,
        to=thing.to,
        cc=thing.cc,
        audience=thing.audience,
    )


def wrap_delete(tombstone: Tombstone, actor: str, activity_id: str, at: datetime, *, to: Sequence[str]) -> Delete:
    """The Delete of what `tombstone` was, addressed to everybody who may have received it."""
    return Delete(id=activity_id, actor=Ref(actor), object=(tombstone.ref,), published=at, to=tuple(Ref(iri) for iri in to))


def announce(passed_on: Activity | Ref | str, group: str, activity_id: str, at: datetime, *, followers: str) -> Announce:
    """A community passes something public on to its followers: a whole activity of a member, or the IRI of a thing.

    Things themselves are never embedded: whoever receives the Announce asks their origin.
    """
    if isinstance(passed_on, Activity):
        target = without_hidden(passed_on).ref
    else:
        target = Ref(passed_on if isinstance(passed_on, str) else passed_on.iri)
    return Announce(id=activity_id, actor=Ref(group), object=(target,), published=at, to=(Ref(PUBLIC),), cc=(Ref(followers),))


def hand_on(activity: Activity | str, group: str, activity_id: str, at: datetime, *, to: str) -> Announce:
    """A community hands on to one of its members what another sent to it for its members alone, or takes it back."""
    target = activity.ref if isinstance(activity, Activity) else Ref(activity)
    return Announce(id=activity_id, actor=Ref(group), object=(target,), published=at, to=(Ref(to),))


def follow(follower: str, target: str, activity_id: str, at: datetime) -> Follow:
    """`follower` asks to receive what `target` publishes."""
    return Follow(id=activity_id, actor=Ref(follower), object=(Ref(target),), published=at, to=(Ref(target),))


def move(actor: str, target: str, activity_id: str, at: datetime, *, followers: str) -> Move:
    """`actor` has gone to `target`, which names it among the accounts that are the same; who followed follows there."""
    return Move(
        id=activity_id,
        actor=Ref(actor),
        object=(Ref(actor),),
        target=Ref(target),
        published=at,
        to=(Ref(followers),),
        cc=(Ref(PUBLIC),),
    )


def accept(asked: Activity, actor: str, activity_id: str, at: datetime) -> Accept:
    """`actor` accepts what was asked, embedded whole: others can not fetch a Follow."""
    return Accept(id=activity_id, actor=Ref(actor), object=(_asked(asked),), published=at, to=_asker(asked))


def reject(asked: Activity, actor: str, activity_id: str, at: datetime) -> Reject:
    """`actor` refuses what was asked, or ends what was accepted; embedded whole."""
    return Reject(id=activity_id, actor=Ref(actor), object=(_asked(asked),), published=at, to=_asker(asked))


def decline(said: Activity, by: str, words: Text, activity_id: str, at: datetime, *, is_final: bool) -> Reject | TentativeReject:
    """`by` does not take what somebody sent to it, or does not yet, and tells them alone why; their activity goes along bare."""
    kind = Reject if is_final else TentativeReject
    return kind(id=activity_id, actor=Ref(by), object=(said.ref,), content=words, published=at, to=_asker(said))


def ignore(asked: Activity, actor: str, activity_id: str, at: datetime) -> Ignore:
    """`actor` takes no such requests; named by its id alone. Spec: FEP-8a8e §Not handling RSVP."""
    return Ignore(id=activity_id, actor=Ref(actor), object=(Ref(asked.id),), published=at, to=_asker(asked))


def join(person: str, event: str, activity_id: str, at: datetime, *, hosts: Sequence[str]) -> Join:
    """`person` asks to take part in an event; `hosts` are those who answer for it."""
    return Join(id=activity_id, actor=Ref(person), object=(Ref(event),), published=at, to=tuple(Ref(iri) for iri in hosts))


def leave(person: str, event: str, activity_id: str, at: datetime, *, hosts: Sequence[str]) -> Leave:
    """`person` no longer takes part in an event."""
    return Leave(id=activity_id, actor=Ref(person), object=(Ref(event),), published=at, to=tuple(Ref(iri) for iri in hosts))


def undo(done: Activity, activity_id: str, at: datetime) -> Undo:
    """The same actor takes back what it did, embedded whole, and tells those who were told."""
    return Undo(id=activity_id, actor=done.actor, object=(without_hidden(done).ref,), published=at, to=done.to, cc=done.cc)


def seal(
    document: bytes,
    inbox: str,
    key: SigningKey,
    at: datetime,
    standard: str = DRAFT_CAVAGE,
    *,
    extra: tuple[tuple[str, str], ...] = (),
) -> Outgoing:
    """The signed POST of these very bytes to an inbox. Sign anew at each try: signatures grow stale.

    `standard` is "draft-cavage", which everybody reads, or "rfc9421" for hosts known to; `extra` are further headers.
    Raises ForbiddenAddress or LocalError.
    """
    headers = (("Content-Type", MEDIA_TYPE), ("Accept", ACCEPT), *extra)
    return signatures.sign(standard, Outgoing(method="POST", url=inbox, headers=headers, body=document), key, at)


def signed_fetch(url: str, key: SigningKey, at: datetime, accept: str = ACCEPT, standard: str = DRAFT_CAVAGE) -> Outgoing:
    """The signed GET of a document, its address without fragment. Raises ForbiddenAddress or LocalError."""
    return signatures.sign(standard, Outgoing(method="GET", url=url, headers=(("Accept", accept),)), key, at)


def _asked(asked: Activity) -> Ref:
    return without_hidden(asked).ref


def _asker(asked: Activity) -> tuple[Ref, ...]:
    return (Ref(asked.actor.iri),) if asked.actor is not None else ()
