"""Tells people here of what is said to them: answers to what they wrote, words in exchanges they take part in, mentions."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from node.domain.entries import Entry
from node.domain.visibility import Scope, is_within
from node.storage.stored import StoredThing
from node.storage.tables.things import things
from node.storage.tables.threads import threads
from node.storage.unit_of_work import UnitOfWork
from vocab.thing import Thing
from vocab.things.mention import Mention
from vocab.things.object import Object

#: What was said longer ago is history that arrives late: nobody is told of it.
LATE = timedelta(days=14)
#: So many take part in one exchange, at most, who are told of it; and so many are told of one mention.
MOST_PEOPLE = 200


def tell_people(uow: UnitOfWork, entry: Entry, thing: Thing, known: StoredThing | None) -> None:
    """Tells those whom a thing answers or names; of a new version only those whom the one before did not name."""
    at = entry.stored_at or entry.published_at
    if at is None or not isinstance(thing, Object) or (entry.published_at and at - entry.published_at > LATE):
        return
    told = _answered(uow, entry, thing) if known is None else set[str]()
    for person in sorted(told):
        _tell(uow, entry, person, "reply")
    named = _named(thing)
    if named and known is not None and known.entry.type:
        named -= _named(known.thing)
    for person in sorted(named - told)[:MOST_PEOPLE]:
        _tell(uow, entry, person, "mention")


def tell_of_what_opened(uow: UnitOfWork, entry: Entry, thing: Thing, person: str) -> None:
    """Tells a person of words that are theirs to read from now on, when those concern them."""
    if isinstance(thing, Object) and person in _answered(uow, entry, thing):
        _tell(uow, entry, person, "reply")


def tell_of_a_discussion(uow: UnitOfWork, entry: Entry, thing: Object) -> None:
    """Tells whoever wrote what an exchange is about that it began."""
    for ref in thing.references[:MOST_PEOPLE]:
        about = uow.things.get_any(ref.iri)
        if about is not None and about.entry.author != entry.author:
            _tell(uow, entry, about.entry.author, "discussed")


def _tell(uow: UnitOfWork, entry: Entry, person: str, kind: str) -> None:
    """Nobody is told of what they may not see, nor by whom it was said."""
    at = entry.stored_at or entry.published_at
    if at is None or uow.members.get(person) is None:
        return
    if is_within(Scope(actor=person, communities=uow.members.communities_of(person, at)), entry):
        uow.notices.add(person, kind, entry.iri, at, by=entry.author, community=entry.community)


def _answered(uow: UnitOfWork, entry: Entry, thing: Object) -> set[str]:
    """The people here who wrote what is answered, or something else in that exchange."""
    parent = next((ref.iri for ref in thing.in_reply_to if ref.iri), "")
    if not parent:
        return set()
    place = uow.threads.get(entry.iri)
    found = {stored.entry.author} if (stored := uow.things.get_any(parent)) else set[str]()
    if place is not None and place.context:
        taking_part = select(things.c.author).join_from(threads, things, things.c.iri == threads.c.thing)
        here = taking_part.where(threads.c.context == place.context, things.c.is_local, things.c.deleted_at.is_(None))
        found |= set(uow.ground.texts(here.distinct().limit(MOST_PEOPLE)))
    return found - {"", entry.author}


def _named(thing: Thing) -> set[str]:
    mentions = (ref.thing for ref in thing.tag) if isinstance(thing, Object) else ()
    return {each.href.iri for each in mentions if isinstance(each, Mention) and each.href is not None and each.href.iri}
