"""What people elsewhere send to a community here: published by it when they belong to it, else kept until somebody of it decides.

Spec: FEP-1b12 §The Announce activity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from node.domain.activities import actor_of
from node.domain.entries import Audience, Entry
from node.domain.receiving import is_newer, joins_repertoire
from node.domain.repertoire import Mode
from node.domain.rights import ANIMATION, Deed, may
from node.errors import NotAllowed
from node.storage.declining import WAITS, Refusal, decline
from node.storage.here import Here
from node.storage.keeping import keep_thing
from node.storage.passing import Passage, pass_on
from node.storage.receivers import followers_inboxes, inboxes_of
from node.storage.restraining import held_back
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.activities.activity import Activity
from vocab.things.group import Group
from vocab.things.object import Object
from vocab.values import Text

#: What waits lies here for as long as nobody decides; so many bytes of each are more than anybody writes.
LONGEST_PROPOSAL = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """A thing that its author elsewhere sends to a community here, in the activity `activity` with these very bytes (`body`).

    `entry` names that community; `document` is the thing's own JSON.
    """

    entry: Entry
    thing: Object
    document: bytes
    activity: str
    body: bytes


def gathered_in(uow: UnitOfWork, groups: Sequence[str], entry: Entry, thing: Object, known: StoredThing | None) -> str:
    """The community of ours that a public thing from elsewhere belongs to, or is meant for; "" for none.

    Once published by a community it stays there; else it is for the first of `groups`, the communities of ours that it names, in
    order; an answer of a member belongs where what it answers belongs, unless that is hidden: it would tell everybody of it.
    """
    if known is not None and is_group_of_ours(uow, known.entry.community):
        return known.entry.community
    if groups:
        return groups[0]
    if known is None and entry.updated_at is not None:
        waiting = [row.community for row in uow.submissions.of_thing(entry.iri) if row.author == entry.author]
        if waiting:
            return waiting[0]
    for answered in thing.in_reply_to[:1]:
        over = uow.things.get_any(answered.iri)
        community = over.entry.community if over is not None and over.entry.audience is Audience.PUBLIC else ""
        if is_group_of_ours(uow, community) and entry.stored_at and may_contribute(uow, entry.author, community, entry):
            return community
    return ""


def may_contribute(uow: UnitOfWork, person: str, community: str, entry: Entry) -> bool:
    """Whether what a person sends to a community of ours is published by it at once: a member may, or coordinators alone."""
    at = entry.stored_at
    roles = uow.members.roles(person, community, at) if at else frozenset[str]()
    return may(roles, Deed.PUBLISH) and (ANIMATION in roles or not is_restricted(uow, community))


def may_decide(uow: UnitOfWork, person: str, community: str, at: datetime) -> bool:
    """Whether a person decides about what is proposed to a community of ours: who looks after its repertoire."""
    return bool(person) and is_group_of_ours(uow, community) and may(uow.members.roles(person, community, at), Deed.INTEGRATE)


def is_moderator(uow: UnitOfWork, here: Here, person: str, community: str) -> bool:
    """Whether a person is listed as one of those who coordinate this very community of ours."""
    return bool(community) and is_group_of_ours(uow, community) and ANIMATION in uow.members.roles(person, community, here.now)


def is_restricted(uow: UnitOfWork, community: str) -> bool:
    """Whether a community, of here or elsewhere, says that only those who coordinate it publish in it."""
    row = uow.actors.get(community)
    group = jsonld.read(row.document) if row is not None and b"postingRestrictedToMods" in row.document else None
    return isinstance(group, Group) and bool(group.is_restricted_to_moderators)


def is_taken_out(uow: UnitOfWork, community: str, entry: Entry) -> bool:
    """Whether somebody else than its author took a thing out of a community of ours: the last that it passed on of that."""
    rows = [row for row in uow.outbox.about(entry.iri) if row.actor == community and row.type == "Announce"]
    said = [ref.thing for row in rows for ref in getattr(jsonld.read(row.document), "object", ())]
    turns = [each for each in said if isinstance(each, Activity) and _turns(each)]
    return bool(turns) and turns[-1].type == "Delete" and actor_of(turns[-1]) != entry.author


def _turns(activity: Activity) -> bool:
    """Whether an activity has a thing appear, or go, or come back; a reaction that is taken back does not."""
    if activity.type != "Undo":
        return activity.type in {"Create", "Update", "Delete"}
    return any(ref.thing is not None and ref.thing.type == "Delete" for ref in activity.object)


def take_in(uow: UnitOfWork, here: Here, contribution: Contribution, known: StoredThing | None) -> bool:
    """Publishes a contribution or lets it wait; False when nothing came of it: an old version, a copy, or too many that wait.

    A change of what was published waits like anything else, when its author does not belong to the community (any more), and
    so does one of what a coordinator took out: it does not come back by being edited.
    """
    entry = contribution.entry
    is_published = _is_published(known, entry.community)
    if known is not None and is_published and known.document == contribution.document:
        return False
    if not is_newer(entry, known.entry if known is not None else None):
        return False
    is_out = known is not None and not is_published and is_taken_out(uow, entry.community, entry)
    hindered = _hindered(uow, here, contribution, known)
    if may_contribute(uow, entry.author, entry.community, entry) and not is_out and hindered is None:
        publish_contribution(uow, here, contribution, is_new=not is_published)
        for row in uow.submissions.of_thing(entry.iri):
            if (row.community, row.author) == (entry.community, entry.author):  # they are a member now: nothing is left to decide
                uow.submissions.decide(row.id, "accepted", "", here.now)
        return True
    return submit(uow, here, contribution, hindered or WAITS)


def _hindered(uow: UnitOfWork, here: Here, contribution: Contribution, known: StoredThing | None) -> Text | None:
    """Why a new thing waits with whoever is asked to wait; None when they are not."""
    over = next((ref.iri for ref in contribution.thing.in_reply_to), "")
    entry = contribution.entry
    return held_back(uow, here, entry.author, entry.community, over) if known is None else None


def is_settled(uow: UnitOfWork, entry: Entry, known: StoredThing | None) -> bool:
    """Whether a community of ours published an earlier version, of somebody who does not belong to it (any more).

    Then no other takes its place before somebody of it has seen that one: what their Update says waits.
    """
    is_ours = _is_published(known, entry.community) and is_group_of_ours(uow, entry.community)
    return is_ours and entry.audience is Audience.PUBLIC and not may_contribute(uow, entry.author, entry.community, entry)


def _is_published(known: StoredThing | None, community: str) -> bool:
    is_open = known is not None and known.entry.deleted_at is None and known.entry.audience is Audience.PUBLIC
    return known is not None and is_open and known.entry.community == community


def publish_contribution(uow: UnitOfWork, here: Here, contribution: Contribution, *, is_new: bool) -> None:
    """Keeps a contribution as the community's, lists it when it is no answer to something, and announces it."""
    entry = contribution.entry
    keep_thing(uow, entry, contribution.thing, contribution.document)
    if is_new and joins_repertoire(entry) and not contribution.thing.in_reply_to:
        since = min(entry.published_at or here.now, here.now)
        uow.holdings.add(entry.community, entry.iri, Mode.OWN.value, since, contribution.activity)
    announce_done(uow, here, _passage(contribution, is_new=is_new), by=entry.author)


def announce_done(uow: UnitOfWork, here: Here, passage: Passage, *, by: str) -> None:
    """The community announces to its followers, and to whoever did it, what was done in it."""
    inboxes = [*followers_inboxes(uow, passage.community), *inboxes_of(uow, [by])]
    pass_on(uow, here, passage, inboxes)


def submit(uow: UnitOfWork, here: Here, contribution: Contribution, why: Text = WAITS) -> bool:
    """Lets a contribution wait for the coordinators, and its author know; what they refused before does not come back.

    Raises NotAllowed when it is too long, or when too much waits already.
    """
    entry = contribution.entry
    if len(contribution.body) > LONGEST_PROPOSAL:
        raise NotAllowed("This is too long to wait for this community's answer.")
    if any(row.community == entry.community for row in uow.submissions.of_thing(entry.iri, "refused")):
        return False
    is_kept = uow.submissions.add(
        entry.community,
        thing=entry.iri,
        activity=contribution.activity,
        author=entry.author,
        body=contribution.body,
        at=here.now,
    )
    if not is_kept:
        raise NotAllowed("Too much waits for this community's answer already.")
    decline(uow, here, _waits(contribution, why))
    for row in uow.members.of(entry.community, here.now):
        if may({row.role}, Deed.INTEGRATE):
            uow.notices.add(row.person, "proposal", f"{entry.community}/propositions", here.now, community=entry.community)
    return True


def _waits(contribution: Contribution, why: Text) -> Refusal:
    entry = contribution.entry
    return Refusal(
        community=entry.community, person=entry.author, thing=entry.iri, activity=contribution.activity, words=why, is_final=False
    )


def _passage(contribution: Contribution, *, is_new: bool) -> Passage:
    return Passage(
        community=contribution.entry.community,
        activity=contribution.activity,
        document=contribution.body,
        thing=contribution.entry.iri,
        is_new=is_new,
    )


def is_group_of_ours(uow: UnitOfWork, community: str) -> bool:
    """Whether an address is that of a community of ours."""
    row = uow.actors.get(community) if community else None
    return row is not None and row.is_local and row.type == "Group"
