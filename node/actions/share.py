"""Somebody shares something in one box; and takes it back within ten minutes, when it was not what they meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from node.contracts import Draft, House
from node.domain.entries import Audience, Entry
from node.domain.placing import Placement
from node.domain.sharing import Shared, thing_of, title_of, written
from node.errors import Conflict, Invalid, NotFound
from node.storage.referring import referring
from node.storage.unit_of_work import UnitOfWork
from vocab.things.repertoire_item import RepertoireItem

#: The deeds that publish and withdraw: actions/publish.py and withdraw.py, given by whoever calls.
Publish = Callable[[UnitOfWork, House, Draft, Placement], Entry]
Withdraw = Callable[[UnitOfWork, House, str, str], None]

#: For so long one may say that it was not meant.
UNDO = timedelta(minutes=10)
#: How the draft of what was just shared is told from those that wait.
SHARED = "#partage"
#: The token in the letter that answers what was shared by letter.
BY_LETTER = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Who shares, where and for whom; `topics` by name. `fields` is the form as it was, kept while one may take it back."""

    author: str
    community: str = ""
    audience: Audience = Audience.SELF
    readers: frozenset[str] = frozenset()
    topics: tuple[str, ...] = ()
    language: str = ""
    draft: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


def share(uow: UnitOfWork, house: House, shared: Shared, wish: Wish, publish: Publish) -> Entry:
    """Publishes what is shared; what belongs to a repertoire waits for a curator to complete it.

    Raises Invalid where there is nothing, NotAllowed, NotFound.
    """
    if shared.is_empty or not title_of(shared):
        raise Invalid("There is nothing to share.")
    language = wish.language or house.language
    placed = Placement(author=wish.author, community=wish.community, audience=wish.audience, readers=wish.readers)
    thing = referring(uow, thing_of(shared, language), written(shared, language), placed.shown)
    entry = publish(uow, house, Draft(thing=thing, source="partager", topics=wish.topics), placed)
    if isinstance(thing, RepertoireItem) and entry.audience is not Audience.SELF:
        uow.unfinished.add(entry.iri, house.now)
    remember(uow, house, entry.iri, wish)
    return entry


def remember(uow: UnitOfWork, house: House, iri: str, wish: Wish) -> None:
    """Keeps the form of what was shared while one may take it back, and forgets the draft that it was."""
    if wish.draft is not None:
        uow.drafts.forget(wish.draft, wish.author)
    for row in uow.drafts.of(wish.author):
        if row.about.endswith(SHARED):
            uow.drafts.forget(row.id, wish.author)
    uow.drafts.save(wish.author, wish.fields, house.now, about=f"{iri}{SHARED}")


def may_undo(entry: Entry, by: str, house: House) -> bool:
    """Whether somebody may still take back what they shared."""
    at = entry.published_at
    is_theirs = bool(by) and entry.author == by and entry.is_local and entry.deleted_at is None
    return is_theirs and at is not None and house.now - at <= UNDO and (entry.updated_at in {None, at})


def undo(uow: UnitOfWork, house: House, iri: str, by: str, withdraw: Withdraw) -> int:
    """Takes back what was shared: it is withdrawn everywhere, and a draft again; its number.

    Raises NotFound for what is not theirs, or Conflict when it is too late.
    """
    known = uow.things.get_any(iri)
    if known is None or known.entry.deleted_at is not None or not known.entry.is_local or known.entry.author != by or not by:
        raise NotFound("There is no such thing of theirs.")
    if not may_undo(known.entry, by, house):
        raise Conflict("Ten minutes are over; it can still be withdrawn.")
    withdraw(uow, house, iri, by)
    uow.unfinished.remove(iri)
    kept = uow.drafts.about(f"{iri}{SHARED}", by)
    if kept is None:
        return uow.drafts.save(by, {"titre": known.entry.name}, house.now)
    uow.drafts.forget(kept.id, by)
    return uow.drafts.save(by, kept.fields, house.now)


def undo_by_letter(uow: UnitOfWork, house: House, token: str, withdraw: Withdraw) -> int:
    """The same for whoever has the letter that told of it; raises NotFound for one that is too old or was used, Conflict."""
    taken = uow.sessions.take_token(BY_LETTER, token, house.now)
    if taken is None:
        raise NotFound("This letter is too old, or was used already.")
    return undo(uow, house, taken.content, taken.person, withdraw)
