"""What those who coordinate a community of ours do from elsewhere, and what follows when something leaves that community.

Spec: FEP-1b12 §Group moderation.
"""

from __future__ import annotations

from dataclasses import replace

from federation.messages import Verified
from node.domain.entries import Entry
from node.storage.gathering import announce_done, is_moderator
from node.storage.passing import Passage
from node.storage.sending import Here
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork


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


def withdraw_submissions(uow: UnitOfWork, here: Here, thing: str, author: str) -> None:
    """What its author takes away waits for nobody any more."""
    for row in uow.submissions.of_thing(thing):
        if row.author == author:
            uow.submissions.decide(row.id, "withdrawn", author, here.now)


def _tell(uow: UnitOfWork, here: Here, verified: Verified, entry: Entry) -> None:
    passage = Passage(community=entry.community, activity=verified.activity.id, document=verified.body, thing=entry.iri)
    announce_done(uow, here, passage, by=verified.actor)
