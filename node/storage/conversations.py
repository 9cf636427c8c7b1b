"""Places what is kept in its conversation, and has what is missing of a conversation fetched, within limits.

What others say of a conversation is a hint: each item is fetched at its own server before it is shown.
Spec: FEP-7888 §Consuming context.
Spec: FEP-f228 §Reading collections.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from federation.addresses import same_origin
from node.domain.entries import Entry
from node.domain.errands import CONVERSATION, FETCH, Errand, shares
from node.domain.peers import Trust
from node.domain.visibility import Reader, may_see
from node.storage.acquaintance import acquaintance, may_fetch
from node.storage.here import Here
from node.storage.hosts import host_of
from node.storage.shelves.threads import ThreadRow
from node.storage.unit_of_work import UnitOfWork
from vocab.thing import Thing
from vocab.things.note import Note
from vocab.things.object import Object

#: A conversation is not looked through again before.
LOOKED_THROUGH_FOR = timedelta(hours=1)
#: One exchange is about so many things at most.
MOST_ABOUT = 20


def place_in_conversation(uow: UnitOfWork, entry: Entry, thing: Object) -> None:
    """Notes what a thing answers, and to which conversation it belongs.

    It belongs where what it answers belongs. A conversation that it only claims is believed of one of ours, and of one on the
    conversation's own server: anybody could name any. What its author may not read it does not answer, whatever it says: whoever
    once heard of an exchange of ours does not speak in it, be it to one of its people alone.
    """
    parent = _answered(thing)
    if not _may_be_answered(uow, entry, parent):
        return
    over = uow.threads.get(parent) if parent else None
    claimed = thing.context_.iri if thing.context_ is not None else ""
    if not entry.is_local and not same_origin(claimed, entry.iri):
        claimed = ""
    kept_at = entry.stored_at or entry.published_at
    if kept_at is None:
        return
    at = min(entry.published_at or kept_at, kept_at)
    context = over.context if over is not None and over.context else claimed
    uow.threads.put(ThreadRow(thing=entry.iri, parent=parent, context=context, at=at))
    if isinstance(thing, Note) and not parent:
        uow.discussions.put(entry.iri, [ref.iri for ref in thing.references[:MOST_ABOUT]])


def seek(uow: UnitOfWork, here: Here, entry: Entry, thing: Thing, errand: Errand) -> None:
    """Has what a received thing answers fetched; where that is known, has looked through what else was said there.

    Upwards first, a step at a time, until the beginning is here, which knows best where the rest is. All that follows takes from
    the budget of the errand: a thread may be endless.
    """
    if entry.is_local or not isinstance(thing, Object):
        return
    parent, listed = _answered(thing), _listed(thing)
    is_missing = bool(parent) and not here.is_local(parent) and uow.things.get_any(parent) is None
    if is_missing:
        for each in shares(errand, [parent] if may_be_asked(uow, here, parent, errand) else []):
            step = replace(each, is_talk=True, is_vouched=_is_friendly(uow, entry))
            uow.tasks.wake(FETCH, step.subject, payload=step.payload())
    elif (parent or uow.threads.has_answers(entry.iri)) and may_be_asked(uow, here, listed, errand):
        for each in shares(errand, [listed]):
            look_through(uow, here, each)


def seek_around(uow: UnitOfWork, here: Here, entry: Entry, thing: Thing) -> None:
    """The same for what its author sent, when it is an answer."""
    if isinstance(thing, Object) and thing.in_reply_to:
        seek(uow, here, entry, thing, Errand(iri=entry.iri))


def look_through(uow: UnitOfWork, here: Here, errand: Errand) -> None:
    """Has a collection of a conversation read, though not more often than once in a while."""
    known = uow.tasks.get(CONVERSATION, errand.iri)
    if known is not None and known.state == "due":
        return
    again_at = known.due_at + LOOKED_THROUGH_FOR if known is not None else here.now
    due_at = again_at if again_at > here.now else None
    uow.tasks.wake(CONVERSATION, errand.iri, due_at=due_at, payload=errand.payload())


def may_be_asked(uow: UnitOfWork, here: Here, iri: str, errand: Errand) -> bool:
    """Whether something elsewhere may be fetched at all; what may not is not even put on the list."""
    if not iri or here.is_local(iri):
        return False
    return may_fetch(uow, here, host_of(iri), is_vouched=errand.is_vouched).is_allowed


def _may_be_answered(uow: UnitOfWork, entry: Entry, parent: str) -> bool:
    """Whether an answer may stand below what it says it answers; who belongs to a community elsewhere nobody here can tell."""
    known = uow.things.get_any(parent) if parent and not entry.is_local else None
    at, group = entry.stored_at or entry.published_at, uow.actors.get(known.entry.community) if known is not None else None
    if known is None or at is None or not (group.is_local if group is not None else known.entry.is_local):
        return True
    author = Reader(actor=entry.author, communities=uow.members.communities_of(entry.author, at))
    return may_see(author, known.entry)


def _answered(thing: Object) -> str:
    return next((ref.iri for ref in thing.in_reply_to if ref.iri and ref.iri != thing.id), "")


def _listed(thing: Object) -> str:
    """Where its own server lists what belongs together with it: the whole conversation, else the answers to it."""
    named = [ref.iri for ref in (thing.context_, thing.replies) if ref is not None]
    return next((iri for iri in named if iri and same_origin(iri, thing.id)), "")


def _is_friendly(uow: UnitOfWork, entry: Entry) -> bool:
    known = acquaintance(uow, host_of(entry.iri))
    return known.trust is Trust.APPROVED or known.is_followed
