"""What an author tells of a thing of their own, in a Create or an Update: believed, addressed, and kept; or to be fetched."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from federation.addressing import is_public, recipients
from federation.messages import Verified
from federation.trust import may_be_taken_as_said
from node.domain.activities import about
from node.domain.addressees import audience_and_readers
from node.domain.embedded import embedded_document
from node.domain.entries import Audience, Entry
from node.domain.errands import FETCH, Errand
from node.domain.receiving import entry_of, is_newer, joins_repertoire, may_be_kept
from node.domain.repertoire import Mode
from node.errors import Invalid, NotAllowed
from node.storage.gathering import Contribution, gathered_in, take_in
from node.storage.keeping import keep_thing, with_proven_community
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab.addressed import Addressed
from vocab.thing import Thing
from vocab.things.object import Object


class Place(Protocol):
    """Where and when: contracts.House."""

    @property
    def url(self) -> str:
        """Address of the node."""
        ...

    @property
    def now(self) -> datetime:
        """The moment of the deed."""
        ...

    def is_local(self, iri: str) -> bool:
        """Whether an IRI is one of this node's."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A thing that its author sent along, and what the node notes of it. `readers` in the entry: for whom here it is.

    `community` is the one of ours that it belongs to or is meant for, "" for none; `known` is what was here before.
    """

    thing: Object
    document: bytes
    entry: Entry
    community: str = ""
    known: StoredThing | None = None


def told(uow: UnitOfWork, place: Place, verified: Verified) -> Told | None:
    """The thing inside a Create or Update, when it may be believed; None when it has to be asked for at its own server.

    Raises NotAllowed when it is somebody else's, or one of ours; Invalid when it is no thing.
    """
    ref = about(verified.activity)
    if place.is_local(ref.iri):
        raise NotAllowed("This thing lives here; nobody elsewhere may change it.")
    thing = ref.thing
    if thing is None:
        return None
    if not isinstance(thing, Object) or not may_be_kept(thing):
        raise Invalid("What is sent along is no thing to be kept.")
    owners = [owner.iri for owner in thing.attributed_to]
    if owners and owners != [verified.actor]:
        raise NotAllowed("This thing is attributed to somebody else.")
    if not owners or not may_be_taken_as_said(verified.actor, iri=thing.id, owner=owners[0]):
        return None
    known = uow.things.get_any(thing.id)
    if known is not None and known.entry.type and known.entry.author not in {"", verified.actor}:
        raise NotAllowed("This thing was written by somebody else.")
    named = _named_here(uow, place, verified, thing)
    people = [iri for iri, type_ in named.items() if type_ == "Person"]
    audience, readers = audience_and_readers(
        is_public=is_public(thing), recipient=verified.recipient, named=named, people_here=people
    )
    entry = entry_of(thing, audience=audience, author=verified.actor, at=place.now, readers=readers)
    tale = Told(thing=thing, document=embedded_document(verified.body), entry=entry, known=known)
    groups = [iri for iri, type_ in named.items() if type_ == "Group" and iri in _openly_named(thing, verified.activity)]
    community = gathered_in(uow, groups, entry, thing, known) if audience is Audience.PUBLIC else ""
    if community:
        return replace(tale, community=community, entry=replace(entry, community=community))
    return replace(tale, entry=with_proven_community(uow, entry, place.now))


def keep_told(uow: UnitOfWork, place: Place, verified: Verified, tale: Told) -> bool:
    """Stores what was told, unless it is for nobody here, is older than what is stored, or was deleted before.

    What is meant for a community of ours is published by it, or waits until somebody decides.
    """
    if tale.community:
        return _gather(uow, place, verified, tale)
    known = tale.known
    entry = tale.entry
    if entry.audience is not Audience.PUBLIC:
        before = known.entry.readers if known is not None and known.entry.audience is not Audience.PUBLIC else frozenset()
        entry = replace(entry, readers=entry.readers | before)
        if not entry.readers:
            return False
    if not is_newer(entry, known.entry if known is not None else None):
        return False
    keep_thing(uow, entry, tale.thing, tale.document)
    since = entry.published_at or entry.stored_at
    is_listed = joins_repertoire(entry) and not tale.thing.in_reply_to
    if since and is_listed and uow.followings.to(entry.community, "accepted"):
        uow.holdings.add(entry.community, entry.iri, Mode.OWN.value, since)
    return True


def _gather(uow: UnitOfWork, place: Place, verified: Verified, tale: Told) -> bool:
    contribution = Contribution(
        entry=tale.entry,
        thing=tale.thing,
        document=tale.document,
        activity=verified.activity.id,
        body=verified.body,
    )
    return take_in(uow, place, contribution, tale.known)


def ask_for(uow: UnitOfWork, iri: str) -> None:
    """Has a thing fetched from its own server."""
    errand = Errand(iri=iri)
    uow.tasks.wake(FETCH, errand.subject, payload=errand.payload())


def _openly_named(*things: Thing) -> set[str]:
    """Everybody whom these name for all to see: who is named in secret is not written to in public."""
    named = [ref.iri for thing in things if isinstance(thing, Addressed) for ref in (*thing.to, *thing.cc, *thing.audience)]
    return set(named)


def _named_here(uow: UnitOfWork, place: Place, verified: Verified, thing: Object) -> dict[str, str]:
    """The actors of ours that a thing or its activity names, or in whose inbox it lay, and the type of each."""
    named = (*recipients(thing), *recipients(verified.activity), verified.recipient or "")
    here = [iri for iri in dict.fromkeys(named) if iri and place.is_local(iri)]
    rows = [uow.actors.get(iri) for iri in here]
    return {row.iri: row.type for row in rows if row is not None and row.is_local}
