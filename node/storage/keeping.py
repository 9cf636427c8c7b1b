"""Keeps what was received or made here, in one way whoever does it: a thing with all that hangs on it, an actor as a row."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from federation.published_keys import keys_of
from node.domain.embedded import without_hidden
from node.domain.entries import Audience, Entry
from node.domain.errands import FETCH, REFRESH_ACTOR, Errand
from node.domain.html import plain, visible
from node.domain.receiving import is_buried_by_another
from node.domain.uploads import named_in
from node.domain.versions import Saved
from node.storage.conversations import place_in_conversation
from node.storage.hosts import host_of
from node.storage.notifying import tell_people
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.mappings import MappingRow
from node.storage.shelves.public_keys import PublicKeyRow
from node.storage.unit_of_work import UnitOfWork
from vocab.namespaces import CONCEPTS, SKOS
from vocab.thing import Thing
from vocab.things.actor import Actor
from vocab.things.endpoints import Endpoints
from vocab.things.group import Group
from vocab.things.mapping import Mapping
from vocab.things.object import Object
from vocab.values import Ref

LONGEST_NAME = 500
#: So many territories of one actor are looked at.
MOST_PLACES = 5
#: What belongs to an actor costs so many fetches at most: its territories, and the organisation behind it.
MOST_BELONGINGS = MOST_PLACES + 1
#: What is known of the organisation behind a community is looked up again after so long.
STALE_AFTER = timedelta(days=7)

#: Its author saved it, and said nothing about it.
_SILENTLY = Saved()
_STATES = CONCEPTS + "etats-de-correspondance/"


def keep_thing(uow: UnitOfWork, entry: Entry, thing: Thing, document: bytes, saved: Saved = _SILENTLY) -> None:
    """Stores a thing and, when it is a mapping, what it maps. A tombstone stays one. `saved` tells who changed it, and why."""
    known = uow.things.get_any(entry.iri)
    if known is not None and known.entry.deleted_at is not None:
        if not is_buried_by_another(entry, known.entry):
            return
        uow.things.unbury(entry.iri)
    uow.things.put(entry, without_hidden(document), thing=thing, saved=saved)
    if entry.is_local:
        uow.media.use(entry.iri, named_in(document), has_versions=True)
    if isinstance(thing, Object) and (thing.in_reply_to or thing.context_):
        place_in_conversation(uow, entry, thing)
    tell_people(uow, entry, thing, known)
    mapping = mapping_of(thing, entry)
    if mapping is not None:
        uow.mappings.put(mapping)
    elif known is not None and known.entry.kind == "Mapping":
        uow.mappings.remove(entry.iri)


def with_proven_community(uow: UnitOfWork, entry: Entry, at: datetime, *, announced_by: str = "") -> Entry:
    """A received entry without the community it only claims to belong to.

    A community is believed when it is on the thing's own server, when it was the one that announced the thing, now or before, or
    when the author is one of its members as far as this node knows. One of ours publishes what is public itself: until then
    nothing is its own, and afterwards it stays, whatever the copy says.
    """
    community, is_open = entry.community, entry.audience is Audience.PUBLIC
    known = uow.things.get_any(entry.iri)
    if is_open and known is not None and known.entry.community != community and _is_ours(uow, known.entry.community):
        return replace(entry, community=known.entry.community)
    is_proven = (
        not community
        or community == announced_by
        or host_of(community) == host_of(entry.iri)
        or (known is not None and known.entry.community == community)
        or (uow.members.is_member(entry.author, community, at) and not (is_open and _is_ours(uow, community)))
    )
    return entry if is_proven else replace(entry, community="")


def _is_ours(uow: UnitOfWork, community: str) -> bool:
    row = uow.actors.get(community) if community else None
    return row is not None and row.is_local


def keep_actor(
    uow: UnitOfWork, actor: Actor, document: bytes, at: datetime, *, proven: str = "", goes_on: bool = True
) -> ActorRow:
    """Stores another server's actor as its document says it; what was decided about it here (suspended, gone) stays.

    One of ours is never written anew from what came over the network, be it from ourselves. `proven` is the id of a key that is
    known to be the actor's although it has a document of its own. `goes_on` has what belongs to the actor fetched too.
    """
    known = uow.actors.get(actor.id)
    if known is not None and known.is_local:
        return known
    keys = frozenset({proven, known.key_id if known else ""})
    row = actor_row(actor, document, at=at, state=known.state if known else "active", proven=keys)
    uow.actors.put(row)
    uow.public_keys.put(actor.id, _further_keys(actor, row, keys, at))
    if known is not None:
        _redirect(uow, known, row)
    if goes_on:
        _fetch_what_belongs(uow, actor, row, at)
    return row


def _redirect(uow: UnitOfWork, before: ActorRow, row: ActorRow) -> None:
    """What waits for an inbox that an actor has left goes to the new one."""
    for old, new in ((before.inbox, row.inbox), (before.shared_inbox, row.shared_inbox)):
        if old and new and old != new:
            uow.deliveries.redirect(old, new)


def _fetch_what_belongs(uow: UnitOfWork, actor: Actor, row: ActorRow, at: datetime) -> None:
    """Has the territories of an actor and the organisation behind a community fetched, and nothing that those name in turn."""
    for place in actor.territory[:MOST_PLACES]:
        if host_of(place.iri) == row.host and uow.things.get_any(place.iri) is None:
            errand = Errand(iri=place.iri, is_vouched=True, budget=0)
            uow.tasks.wake(FETCH, errand.subject, payload=errand.payload())
    if isinstance(actor, Group) and actor.hosted_by is not None and host_of(actor.hosted_by.iri) == row.host:
        _look_up(uow, actor.hosted_by.iri, at)


def _look_up(uow: UnitOfWork, organisation: str, at: datetime) -> None:
    """Has the organisation behind a community fetched: people are told its name, not its address."""
    known = uow.actors.get(organisation)
    if known is None or (not known.is_local and (known.fetched_at is None or at - known.fetched_at > STALE_AFTER)):
        uow.tasks.wake(REFRESH_ACTOR, organisation, payload=Errand(iri=organisation, budget=0).payload())


def actor_row(
    actor: Actor,
    document: bytes,
    *,
    at: datetime,
    is_local: bool = False,
    state: str = "active",
    proven: frozenset[str] = frozenset(),
) -> ActorRow:
    """The row of an actor. The key is the first in its publicKey that is its own."""
    key = next((named.key for named in keys_of(actor, proven) if not named.may_prove), None)
    shared = actor.endpoints.thing if actor.endpoints else None
    return ActorRow(
        iri=actor.id,
        type=actor.type,
        kind=type(actor).KIND[0] if type(actor).KIND else actor.type,
        document=document,
        name=_name(actor),
        username="".join(visible(actor.preferred_username or "").split())[:LONGEST_NAME],
        host=host_of(actor.id),
        is_local=is_local,
        inbox=_own_address(actor.inbox, actor),
        shared_inbox=_own_address(shared.shared_inbox, actor) if isinstance(shared, Endpoints) else "",
        followers=_own_address(actor.followers, actor),
        outbox=_own_address(actor.outbox, actor),
        repertoire=_own_address(actor.repertoire, actor) if isinstance(actor, Group) else "",
        key_id=key.iri if key else "",
        key_pem=key.pem if key else "",
        state=state,
        moved_to=actor.moved_to.iri if actor.moved_to else "",
        fetched_at=at,
        created_at=actor.published,
    )


def mapping_of(thing: Thing, entry: Entry) -> MappingRow | None:
    """What a mapping says, None for every other thing, and for one that does not say which relation or between what."""
    if not isinstance(thing, Mapping) or thing.subject is None or thing.relationship is None or not thing.object:
        return None
    relation = thing.relationship.iri.removeprefix(SKOS).removeprefix("skos:")
    state = thing.mapping_state.iri.removeprefix(_STATES) if thing.mapping_state else "proposee"
    if relation not in {"exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"}:
        return None
    return MappingRow(
        thing=entry.iri,
        subject=thing.subject.iri,
        relation=relation,  # type: ignore[arg-type]  # one of the five, as just seen
        object=thing.object[0].iri,
        confidence=min(max(1.0 if thing.confidence is None else float(thing.confidence), 0.0), 1.0),
        state=_STATE_NAMES.get(state, "proposed"),  # type: ignore[arg-type]  # values of the table below
        author=entry.author,
    )


_STATE_NAMES = {"proposee": "proposed", "acceptee": "accepted", "contestee": "contested"}


def _further_keys(actor: Actor, row: ActorRow, proven: frozenset[str], at: datetime) -> list[PublicKeyRow]:
    """The actor's keys but the one in its row."""
    return [
        PublicKeyRow(
            iri=named.key.iri,
            actor=actor.id,
            kind="assertionMethod" if named.may_prove else "publicKey",
            pem=named.key.pem,
            fetched_at=at,
        )
        for named in keys_of(actor, proven)
        if named.key.iri != row.key_id
    ]


def _own_address(ref: Ref | None, actor: Actor) -> str:
    """An address of an actor, only when it is on the actor's own server: a message for it goes nowhere else."""
    return ref.iri if ref is not None and host_of(ref.iri) == host_of(actor.id) else ""


def _name(actor: Actor) -> str:
    words = plain(actor.name.primary) if actor.name else ""
    return " ".join((words or visible(actor.preferred_username or "") or actor.id).split())[:LONGEST_NAME]
