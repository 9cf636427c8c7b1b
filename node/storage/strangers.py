"""The first answer of somebody who was never seen here waits for a look, before it stands below something of a community."""

from __future__ import annotations

from node.domain.entries import Audience, Entry
from node.domain.peers import Trust
from node.storage.acquaintance import acquaintance
from node.storage.gathering import is_group_of_ours
from node.storage.here import Here
from node.storage.hosts import host_of
from node.storage.unit_of_work import UnitOfWork
from vocab.things.object import Object

#: Under what it is remembered that a community looks at such answers first.
HOLDS = "community.holds-strangers:"


def holds_first_answers(uow: UnitOfWork, community: str) -> bool:
    """Whether the first answers of strangers wait in a community: they do where somebody of it chose so."""
    return bool(uow.state.get(f"{HOLDS}{community}"))


def hold_first_answers(uow: UnitOfWork, community: str, *, is_held: bool) -> None:
    """Has them wait, or not."""
    uow.state.set(f"{HOLDS}{community}", "oui" if is_held else "")


def spoken_in(uow: UnitOfWork, thing: Object) -> str:
    """The community of ours in whose public conversation a thing is an answer, "" for none."""
    for answered in thing.in_reply_to[:1]:
        place = uow.threads.get(answered.iri)
        begun = uow.threads.beginning(place.context) if place is not None and place.context else ""
        for known in (uow.things.get_any(answered.iri), uow.things.get_any(begun) if begun else None):
            if known is not None and known.entry.audience is Audience.PUBLIC and is_group_of_ours(uow, known.entry.community):
                return known.entry.community
    return ""


def waits_for_a_look(uow: UnitOfWork, here: Here, entry: Entry, community: str) -> bool:
    """Whether an answer from elsewhere is the first that is heard of its author, of a server nobody here has to do with.

    Only where the community looks at such first, and not of whoever follows it: they have asked, and were let in.
    """
    if not community or not holds_first_answers(uow, community):
        return False
    asked = uow.followings.get(entry.author, community)
    if asked is not None and asked.state == "accepted":
        return False
    known = acquaintance(uow, host_of(entry.author))
    if known.trust is Trust.APPROVED or known.is_followed or uow.members.held(entry.author, here.now):
        return False
    return not uow.things.written_by(entry.author, 1)
