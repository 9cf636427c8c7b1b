"""What those who coordinate a community of ours do from elsewhere, and what follows when something leaves that community.

Spec: FEP-1b12 §Group moderation.
"""

from __future__ import annotations

from dataclasses import replace

from federation.messages import Verified
from node.domain.entries import Audience, Entry
from node.domain.receiving import joins_repertoire
from node.domain.repertoire import Mode
from node.storage.gathering import announce_done, is_group_of_ours, is_moderator, is_taken_out
from node.storage.handing_on import take_back_answer
from node.storage.here import Here
from node.storage.passing import Passage, take_back_announcements
from node.storage.receivers import followers_inboxes
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld


def moderates(uow: UnitOfWork, here: Here, verified: Verified, entry: Entry) -> bool:
    """Whether an actor acts as a coordinator of the community of ours that a thing of somebody else belongs to."""
    return entry.author != verified.actor and is_moderator(uow, here, verified.actor, entry.community)


def take_out(uow: UnitOfWork, here: Here, verified: Verified, known: StoredThing) -> None:
    """Takes a thing out of its community, which tells its followers; what lives elsewhere goes on living there.

    Of ours the author's own copy stays in its place; only the repertoire lets go of it.
    """
    entry = known.entry
    uow.holdings.remove(entry.community, entry.iri)
    uow.featured.remove(entry.community, entry.iri)
    uow.changes.touch(entry.iri, here.now)
    if not entry.is_local:
        uow.things.put(replace(entry, community=""), known.document)
    _tell(uow, here, verified, entry)


def tell_of_removal(uow: UnitOfWork, here: Here, verified: Verified, entry: Entry) -> None:
    """A community of ours passes on that the author of something in it took it away; `entry` is as it was."""
    uow.featured.remove(entry.community, entry.iri)
    uow.reactions.forget_thing(entry.iri)
    community = uow.actors.get(entry.community) if entry.community else None
    if community is not None and community.is_local:
        _tell(uow, here, verified, entry)


def let_go(uow: UnitOfWork, here: Here, entry: Entry) -> None:
    """What follows when the server of a thing says that it is gone, and its author did not: nobody's word can be passed on."""
    uow.featured.remove(entry.community, entry.iri)
    uow.reactions.forget_thing(entry.iri)
    if is_group_of_ours(uow, entry.community):
        take_back_announcements(uow, here, entry.community, entry.iri, followers_inboxes(uow, entry.community))


def let_go_when_narrowed(uow: UnitOfWork, here: Here, entry: Entry, known: StoredThing | None) -> Entry:
    """The entry of a version from elsewhere; no longer for everybody, it leaves the community of ours that had published it."""
    was_open = known is not None and known.entry.deleted_at is None and known.entry.audience is Audience.PUBLIC
    if known is None or not was_open or entry.audience is Audience.PUBLIC or not is_group_of_ours(uow, known.entry.community):
        return entry
    uow.holdings.remove(known.entry.community, entry.iri)
    let_go(uow, here, known.entry)
    return replace(entry, community="")


def put_back(uow: UnitOfWork, here: Here, verified: Verified, iri: str) -> bool:
    """Puts a thing back into the community of ours that a coordinator of it took it out of; False when that is not so."""
    known = uow.things.get_any(iri)
    if known is None or known.entry.deleted_at is not None or known.entry.audience is not Audience.PUBLIC:
        return False
    for community in uow.members.communities_of(verified.actor, here.now):
        if is_moderator(uow, here, verified.actor, community) and is_taken_out(uow, community, known.entry):
            entry = replace(known.entry, community=community)
            if not entry.is_local:
                uow.things.put(entry, known.document)
            if joins_repertoire(entry) and not getattr(known.thing, "in_reply_to", ()):
                uow.holdings.add(community, iri, Mode.OWN.value, min(entry.published_at or here.now, here.now))
            uow.changes.touch(iri, here.now)
            tell_of_return(uow, here, verified, community, iri)
            return True
    return False


def tell_of_return(uow: UnitOfWork, here: Here, verified: Verified, community: str, iri: str) -> None:
    """A community of ours passes on that the end of something is taken back, and shows it again to whoever knows only things."""
    undone = jsonld.read(verified.body).id
    announce_done(
        uow,
        here,
        Passage(community=community, activity=undone, document=verified.body, thing=iri, is_new=True),
        by=verified.actor,
    )


def withdraw_submissions(uow: UnitOfWork, here: Here, thing: str, author: str) -> None:
    """What its author takes away waits for nobody any more."""
    for row in uow.submissions.of_thing(thing):
        if row.author == author:
            uow.submissions.decide(row.id, "withdrawn", author, here.now)


def _tell(uow: UnitOfWork, here: Here, verified: Verified, entry: Entry) -> None:
    if entry.audience is not Audience.PUBLIC:
        take_back_answer(uow, here, entry)  # followers never heard of it
        return
    passage = Passage(community=entry.community, activity=verified.activity.id, document=verified.body, thing=entry.iri)
    announce_done(uow, here, passage, by=verified.actor)
    take_back_announcements(uow, here, entry.community, entry.iri, followers_inboxes(uow, entry.community))
