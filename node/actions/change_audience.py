"""Somebody changes who sees a thing of theirs: wider only when they confirm it, narrower at once and told to all who had it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from node.contracts import Draft, House
from node.domain.entries import Audience, Entry
from node.domain.placing import Placement
from node.domain.publishing import is_wider
from node.errors import Conflict, NotAllowed, NotFound
from node.storage.revising import living, may_revise, scope_of_person
from node.storage.unit_of_work import UnitOfWork
from vocab.things.object import Object

#: The deed that publishes: actions/publish.py, given by whoever calls.
Publish = Callable[[UnitOfWork, House, Draft, Placement], Entry]


class Unconfirmed(Conflict):
    """More people would see it, and nobody has said yet that this is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Who changes which thing for whom. `community` is where a note of one person goes; `is_confirmed`: wider is meant."""

    iri: str
    by: str
    audience: Audience
    community: str = ""
    readers: frozenset[str] = frozenset()
    is_confirmed: bool = False


def change_audience(uow: UnitOfWork, house: House, change: Change, publish: Publish) -> Entry:
    """Publishes the thing for the new audience; those who are no longer meant are told that it is gone.

    Raises NotFound, NotAllowed, Unconfirmed, or Invalid where an audience needs a community.
    """
    stored = living(uow, change.iri, scope_of_person(uow, house, change.by)) if change.by else None
    if stored is None or not isinstance(stored.thing, Object):
        raise NotFound("There is no such thing of ours.")
    entry = stored.entry
    if not may_revise(uow, house, entry, change.by):
        raise NotAllowed("Only its author, or whoever looks after the repertoire, may change who sees it.")
    readers = change.readers if change.audience is Audience.CHOSEN else frozenset[str]()
    if (change.audience, readers) == (entry.audience, entry.readers):
        return entry
    if _is_wider(entry, change.audience, readers) and not change.is_confirmed:
        raise Unconfirmed
    placed = Placement(
        author=change.by,
        community=entry.community or (change.community if change.audience is not Audience.SELF else ""),
        audience=change.audience,
        readers=readers,
        replaces=entry.iri,
    )
    return publish(uow, house, Draft(thing=stored.thing, source=entry.iri), placed)


def _is_wider(entry: Entry, audience: Audience, readers: frozenset[str]) -> bool:
    """Whether somebody may see it afterwards who may not now."""
    if audience is Audience.CHOSEN and entry.audience is Audience.CHOSEN:
        return not readers <= entry.readers
    if audience is Audience.CHOSEN and entry.audience is Audience.COMMUNITY:
        return not readers <= {entry.community}
    return is_wider(entry.audience, audience)
