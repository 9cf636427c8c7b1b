"""What an author tells of a thing of their own, in a Create or an Update: believed, addressed, and kept; or to be fetched."""

from __future__ import annotations

from dataclasses import dataclass, replace

from federation.addresses import same_origin
from federation.addressing import is_public, recipients
from federation.inbox import proven_method
from federation.messages import Verified
from federation.trust import may_be_taken_as_said
from node.domain.activities import about
from node.domain.addressees import audience_and_readers
from node.domain.embedded import embedded_document, with_object
from node.domain.entries import Audience, Entry
from node.domain.errands import FETCH, Errand
from node.domain.receiving import entry_of, is_newer, is_surely_newer, joins_repertoire, may_be_kept
from node.domain.repertoire import mode_for
from node.errors import Invalid, NodeError, NotAllowed
from node.storage.befriended import is_befriended
from node.storage.gathering import Contribution, gathered_in, take_in
from node.storage.handing_on import is_for_members, keep_answer, said_within
from node.storage.here import Here
from node.storage.keeping import keep_thing, with_proven_community
from node.storage.moderating import let_go_when_narrowed
from node.storage.repertoires import acts_for
from node.storage.stored import StoredThing
from node.storage.strangers import spoken_in, waits_for_a_look
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.addressed import Addressed
from vocab.errors import VocabError
from vocab.thing import Thing
from vocab.things.object import Object


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


def told(uow: UnitOfWork, here: Here, verified: Verified) -> Told | None:
    """The thing inside a Create or Update, when it may be believed; None when it has to be asked for at its own server.

    Raises NotAllowed when it is somebody else's, or one of ours; Invalid when it is no thing.
    """
    ref = about(verified.activity)
    if here.is_local(ref.iri):
        raise NotAllowed("This thing lives here; nobody elsewhere may change it.")
    thing = ref.thing
    if thing is None:
        return None
    if not isinstance(thing, Object) or not may_be_kept(thing):
        raise Invalid("What is sent along is no thing to be kept.")
    owners = [owner.iri for owner in thing.attributed_to]
    if owners and owners != [verified.actor] and not _is_theirs_too(uow, verified.actor, thing.id, owners):
        raise NotAllowed("This thing is attributed to somebody else.")
    if len(owners) != 1 or not may_be_taken_as_said(verified.actor, iri=thing.id, owner=owners[0]):
        return None
    known = uow.things.get_any(thing.id)
    if known is not None and known.entry.type and known.entry.author not in {"", verified.actor}:
        raise NotAllowed("This thing was written by somebody else.")
    named = _named_here(uow, here, verified, thing)
    people = [iri for iri, type_ in named.items() if type_ == "Person"]
    audience, readers = audience_and_readers(
        is_public=is_public(_addressed(thing, verified.activity)), recipient=verified.recipient, named=named, people_here=people
    )
    entry = entry_of(thing, audience=audience, author=verified.actor, at=here.now, readers=readers)
    document = embedded_document(verified.body)
    if known is not None and known.document != document and _is_doubtful(verified, entry, known.entry):
        return None
    return _placed(uow, here, verified, Told(thing=thing, document=document, entry=entry, known=known), named)


def _is_theirs_too(uow: UnitOfWork, actor: str, iri: str, owners: list[str]) -> bool:
    """Whether the server of a thing is asked about it: the sender is one of several authors there, or acts for a group there.

    PeerTube attributes a video to an account and its channel.
    """
    if len(owners) == 1:
        return acts_for(uow, actor, owners[0], iri)
    return actor in owners and all(same_origin(owner, iri) for owner in owners)


def _is_doubtful(verified: Verified, entry: Entry, stored: Entry) -> bool:
    """Whether words that somebody else passed on may be older than those that are here, and no date tells: their server knows.

    What is older by its date, or was deleted, is not even asked for.
    """
    is_undecided = is_newer(entry, stored) and not is_surely_newer(entry, stored)
    return is_undecided and stored.deleted_at is None and verified.key_id == proven_method(verified.body, verified.at)


def _placed(uow: UnitOfWork, here: Here, verified: Verified, tale: Told, named: dict[str, str]) -> Told:
    """In the community of ours that it is meant for, else in the one that it is proven to belong to."""
    groups = [iri for iri, type_ in named.items() if type_ == "Group" and iri in _openly_named(tale.thing, verified.activity)]
    is_open = tale.entry.audience is Audience.PUBLIC
    within = said_within(uow, here, groups, tale.entry, tale.thing) if groups and not is_open else None
    if within is not None:
        return replace(tale, community=within.community, entry=within)
    if not is_open:
        # Shared with a community of ours by name, from a server with whose community it has a link: for its members alone.
        # What is said in an exchange of its members goes the way of `said_within`, and round nobody.
        own = is_for_members(uow, here, groups, tale.thing)
        chosen = frozenset(group for group in groups if group != own and is_befriended(uow, group, verified.actor))
        tale = replace(tale, entry=replace(tale.entry, readers=tale.entry.readers | chosen))
    community = gathered_in(uow, groups, tale.entry, tale.thing, tale.known) if is_open else ""
    if not community and is_open and tale.known is None:
        spoken = spoken_in(uow, tale.thing)
        community = spoken if waits_for_a_look(uow, here, tale.entry, spoken) else ""
    if community:
        return replace(tale, community=community, entry=replace(tale.entry, community=community))
    return replace(tale, entry=with_proven_community(uow, tale.entry, here.now))


def keep_told(uow: UnitOfWork, here: Here, verified: Verified, tale: Told) -> bool:
    """Stores what was told, unless it is for nobody here, is older than what is stored, or was deleted before.

    What is meant for a community of ours is published by it, or waits until somebody decides.
    """
    if tale.community:
        return _gather(uow, here, verified, tale)
    known = tale.known
    entry = tale.entry
    if entry.audience is not Audience.PUBLIC:
        was_open = known is not None and known.entry.audience is Audience.PUBLIC
        entry = replace(entry, readers=entry.readers | _others_meant(entry, known))
        if not entry.readers and not was_open:  # for nobody here; what everybody saw is at least not shown any more
            return False
    if not is_newer(entry, known.entry if known is not None else None):
        return False
    entry = let_go_when_narrowed(uow, here, entry, known)
    keep_thing(uow, entry, tale.thing, tale.document)
    since = entry.published_at or entry.stored_at
    # Whoever publishes in no community, as people do elsewhere, has a list of their own.
    is_open = entry.audience is Audience.PUBLIC
    holder = entry.community or (entry.author if is_open else "")
    is_listed = joins_repertoire(replace(entry, community=holder)) and not tale.thing.in_reply_to
    if since and is_listed and uow.followings.is_followed(holder):
        uow.holdings.add(holder, entry.iri, mode_for(entry, holder).value, since)
    return True


def _others_meant(entry: Entry, known: StoredThing | None) -> frozenset[str]:
    """Who else here may read it: each of those whom this version is for is sent it in a message of their own.

    Whom a later version comes to no more (somebody who left the community) does not read its words.
    """
    if known is None or known.entry.audience is Audience.PUBLIC:
        return frozenset()
    return frozenset() if entry.readers and is_surely_newer(entry, known.entry) else known.entry.readers


def _gather(uow: UnitOfWork, here: Here, verified: Verified, tale: Told) -> bool:
    contribution = Contribution(
        entry=tale.entry,
        thing=tale.thing,
        document=tale.document,
        activity=verified.activity.id,
        body=verified.body,
    )
    if tale.entry.audience is not Audience.PUBLIC:
        return keep_answer(uow, here, contribution, tale.known)
    return take_in(uow, here, contribution, tale.known)


def ask_for(uow: UnitOfWork, verified: Verified) -> None:
    """Has a thing fetched from its own server; what its author only named counts then as if it had been sent along."""
    ref = about(verified.activity)
    is_named = ref.thing is None and same_origin(ref.iri, verified.actor)
    errand = Errand(iri=ref.iri, told=verified.activity.id if is_named else "")
    uow.tasks.wake(FETCH, errand.subject, payload=errand.payload())


def told_at_last(uow: UnitOfWork, here: Here, errand: Errand, document: bytes) -> str | None:
    """What becomes of a thing that its author only named, now that it was fetched, when it is meant for a community of ours.

    "" when it is kept, in words why not; None when it is no such thing.
    """
    found = _retold(uow, here, errand.told, document) if errand.told else None
    if found is None:
        return None
    verified, tale = found
    if tale.known is not None and not is_surely_newer(tale.entry, tale.known.entry):
        return ""
    try:
        return "" if keep_told(uow, here, verified, tale) else "it is here already, or was refused before"
    except NodeError as refused:
        return str(refused)


def _retold(uow: UnitOfWork, here: Here, activity: str, document: bytes) -> tuple[Verified, Told] | None:
    """An activity that came, with the thing that it only named in it; None when that is not for a community of ours."""
    row = uow.inbox.get(activity)
    if row is None or not row.body:
        return None
    whole = with_object(row.body, document)
    try:
        verified = replace(uow.inbox.verified(row), body=whole, activity=jsonld.read(whole))
        tale = told(uow, here, verified)
    except (NodeError, VocabError):
        return None
    return (verified, tale) if tale is not None and tale.community else None


def _addressed(thing: Object, activity: Thing) -> Thing:
    """What says for whom a thing is: it itself, or the activity that it came in where it names nobody, as Mastodon reads it."""
    return thing if any((thing.to, thing.cc, thing.bto, thing.bcc)) else activity


def _openly_named(*things: Thing) -> set[str]:
    """Everybody whom these name for all to see: who is named in secret is not written to in public."""
    named = [ref.iri for thing in things if isinstance(thing, Addressed) for ref in (*thing.to, *thing.cc, *thing.audience)]
    return set(named)


def _named_here(uow: UnitOfWork, here: Here, verified: Verified, thing: Object) -> dict[str, str]:
    """The actors of ours that a thing or its activity names, or in whose inbox it lay, and the type of each."""
    named = (*recipients(thing), *recipients(verified.activity), verified.recipient or "")
    rows = [uow.actors.get(iri) for iri in dict.fromkeys(named) if iri and here.is_local(iri)]
    return {row.iri: row.type for row in rows if row is not None and row.is_local}
