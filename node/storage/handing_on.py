"""A community of ours hands on to its members what a member elsewhere says to them alone: an answer, or what begins an exchange.

It alone knows who belongs to it. What is said is sent to it, with its author's proof; it is kept for its members, an answer for
those who may read what is answered, and each of them who is elsewhere is told in a message of their own.
Spec: FEP-1b12 §The Announce activity.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from federation import outbox
from federation.inbox import proven_method
from node.domain.embedded import without_hidden
from node.domain.entries import Audience, Entry
from node.domain.receiving import is_newer, tombstone
from node.domain.rights import Deed, may
from node.domain.visibility import Scope, is_within
from node.storage.declining import NO_MEMBER, READS_ONLY, NotTaken
from node.storage.gathering import Contribution, is_group_of_ours
from node.storage.here import Here
from node.storage.keeping import keep_thing
from node.storage.notifying import tell_of_a_discussion
from node.storage.receivers import receivers
from node.storage.restraining import held_back
from node.storage.sending import Wrapped, send
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.addressed import Addressed
from vocab.things.note import Note
from vocab.things.object import Object


def said_within(uow: UnitOfWork, here: Here, groups: Sequence[str], entry: Entry, thing: Object) -> Entry | None:
    """The entry of what somebody elsewhere says to the members of a community of ours (one of `groups`) alone, None for the rest.

    Raises NotTaken for whoever has a place in it, but may not write in it, or not now.
    """
    within = answer_within if thing.in_reply_to else _begun_within
    return within(uow, here, groups, entry, thing)


def _begun_within(uow: UnitOfWork, here: Here, groups: Sequence[str], entry: Entry, thing: Object) -> Entry | None:
    community = begun_in(groups, thing)
    known = uow.things.get_any(entry.iri)
    if not community or (known is not None and known.entry.community != community):
        return None
    roles = uow.members.roles(entry.author, community, here.now)
    if not roles:
        return None
    if not may(roles, Deed.DISCUSS):
        raise NotTaken(community, entry.author, entry.iri, READS_ONLY if may(roles, Deed.READ) else NO_MEMBER)
    if known is None:
        _must_be_free(uow, here, entry, community)
    return replace(entry, audience=Audience.COMMUNITY, community=community, readers=frozenset())


def begun_in(groups: Iterable[str], thing: Object) -> str:
    """The community among `groups` to which a message is addressed that answers nothing, "" for none."""
    is_message = isinstance(thing, Note) and not thing.in_reply_to
    return next((ref.iri for ref in thing.to if ref.iri in groups), "") if is_message else ""


def _must_be_free(uow: UnitOfWork, here: Here, entry: Entry, community: str, over: str = "") -> None:
    reason = held_back(uow, here, entry.author, community, over)
    if reason is not None:
        raise NotTaken(community, entry.author, entry.iri, reason)


def answer_within(uow: UnitOfWork, here: Here, groups: Sequence[str], entry: Entry, thing: Object) -> Entry | None:
    """The entry of an answer from elsewhere to what a community of ours (one of `groups`) has for its members alone.

    It is for no more people than what it answers. None for anything else, and for whoever may not read that: nothing tells them
    whether it is there. Raises NotTaken for whoever may read it and not answer, or is asked to wait.
    """
    over = _answered(uow, here, thing)
    if over is None or over.community not in groups or over.audience not in {Audience.COMMUNITY, Audience.CHOSEN}:
        return None
    roles = uow.members.roles(entry.author, over.community, here.now)
    if not may(roles, Deed.READ) or not is_within(Scope(communities=frozenset({over.community})), over):
        return None
    if not may(roles, Deed.DISCUSS):
        raise NotTaken(over.community, entry.author, entry.iri, READS_ONLY)
    if uow.things.get_any(entry.iri) is None:
        _must_be_free(uow, here, entry, over.community, over.iri)
    readers = over.readers if over.audience is Audience.CHOSEN else frozenset[str]()
    return replace(entry, audience=over.audience, community=over.community, readers=readers)


def is_for_members(uow: UnitOfWork, here: Here, groups: Iterable[str], thing: Object) -> str:
    """The community of ours to whose members alone a thing is said: as an answer, or to begin an exchange; "" for none."""
    if not thing.in_reply_to:
        return begun_in(groups, thing)
    over = _answered(uow, here, thing)
    return over.community if over is not None and over.audience is Audience.COMMUNITY else ""


def keep_answer(uow: UnitOfWork, here: Here, contribution: Contribution, known: StoredThing | None) -> bool:
    """Keeps such words and hands them on; False for a copy, and for what is older than what is here.

    What no proof goes with stays here: nobody elsewhere could believe it, and private words travel for nothing.
    """
    entry = contribution.entry
    if known is not None and known.document == contribution.document:
        return False
    if not is_newer(entry, known.entry if known is not None else None):
        return False
    keep_thing(uow, entry, contribution.thing, contribution.document)
    if known is None and not contribution.thing.in_reply_to:
        tell_of_a_discussion(uow, entry, contribution.thing)
    inner = without_hidden(contribution.body)
    members = receivers(uow, entry, here.now).members if proven_method(inner, here.now) else ()
    for person, inbox in members:
        if person != entry.author:
            send(
                uow,
                here,
                lambda iri, at, to=person: Wrapped(  # type: ignore[misc]
                    activity=outbox.hand_on(contribution.activity, entry.community, iri, at, to=to), inner=inner
                ),
                [inbox],
                about=entry.iri,
            )
    return True


def take_back_answer(uow: UnitOfWork, here: Here, entry: Entry) -> None:
    """The community tells those to whom it handed an answer on that it is there no more; `entry` is as it was."""
    if entry.audience is Audience.PUBLIC or not is_group_of_ours(uow, entry.community):
        return
    left = tombstone(entry.iri, entry.type, here.now)
    for person, inbox in _handed_on_to(uow, entry):
        send(
            uow,
            here,
            lambda iri, at, to=person: outbox.hand_on(  # type: ignore[misc]
                outbox.wrap_delete(left, entry.community, f"{iri}#delete", at, to=(to,)), entry.community, iri, at, to=to
            ),
            [inbox],
            about=entry.iri,
        )


def _answered(uow: UnitOfWork, here: Here, thing: Object) -> Entry | None:
    """What an answer is about; where that has not come yet, what began the conversation that it says to belong to."""
    for parent in thing.in_reply_to[:1]:
        known = uow.things.get_any(parent.iri)
        if known is None and thing.context_ is not None and here.is_local(thing.context_.iri):
            known = uow.things.get_any(uow.threads.beginning(thing.context_.iri))
        return known.entry if known is not None and known.entry.deleted_at is None else None
    return None


def _handed_on_to(uow: UnitOfWork, entry: Entry) -> Iterable[tuple[str, str]]:
    said = [row for row in uow.outbox.about(entry.iri) if row.actor == entry.community and row.type == "Announce"]
    told = [jsonld.read(row.document) for row in said]
    people = dict.fromkeys(ref.iri for each in told if isinstance(each, Addressed) for ref in each.to)
    rows = [uow.actors.get(person) for person in people]
    return [(row.iri, row.inbox) for row in rows if row is not None and not row.is_local and row.inbox]
