"""Changes a thing of ours by its form, joined with what others changed meanwhile; and brings a former version back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from node.contracts import Draft, House
from node.domain.entries import Entry
from node.domain.filling import Filled, Names, filled
from node.domain.placing import Placement, as_before
from node.domain.sheets import Sheet, joined, sheet_of
from node.domain.versions import LONGEST_COMMENT
from node.errors import Conflict, Invalid, NotAllowed, NotFound
from node.storage.referring import referring
from node.storage.revising import living, may_revise, names_for, scope_of_person
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab.things.object import Object
from vocab.values import Text

#: The deed that publishes: actions/publish.py, given by whoever calls.
Publish = Callable[[UnitOfWork, House, Draft, Placement], Entry]


class Contested(Conflict):
    """Somebody else changed the same words meanwhile."""

    def __init__(self, fields: Sequence[str], by: str) -> None:
        super().__init__()
        self.fields = tuple(fields)
        self.by = by


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What somebody makes of the thing `iri`: they began from version `base`, and have seen what version `seen` says.

    `sheet` is their form.
    """

    iri: str
    by: str
    base: int
    sheet: Sheet
    seen: int = 0
    comment: str = ""


def revise(uow: UnitOfWork, house: House, revision: Revision, publish: Publish) -> Entry:
    """Saves a revision as the next version; when nothing is different, nothing happens.

    What others changed since `base` stays, unless both changed the same: then raises Contested, until whoever saves has `seen`
    what the others made of it. Raises NotFound, NotAllowed, Misfilled for a field, and Invalid for the whole.
    """
    stored, thing = _own(uow, house, revision.iri, revision.by)
    names = names_for(uow, scope_of_person(uow, house, revision.by), house.language)
    mine = _joined(uow, house, stored, revision, names)
    made, placed = filled(thing, mine, names), _placed(stored, revision)
    if mine.get("texte", "") != sheet_of(thing, names.of).get("texte", ""):
        made = replace(made, thing=referring(uow, made.thing, mine["texte"], placed.shown))
    if made == Filled(thing=thing):
        return stored.entry
    entry = _publish(uow, house, made, placed, publish)
    if made.thing.topic or made.topics:
        uow.unfinished.remove(entry.iri)
    return entry


def _joined(uow: UnitOfWork, house: House, stored: StoredThing, revision: Revision, names: Names) -> Sheet:
    """The form with what others changed since it was begun."""
    scope, current = scope_of_person(uow, house, revision.by), uow.versions.current(stored)
    theirs = sheet_of(stored.thing, names.of)
    start = uow.versions.get(stored, revision.base, scope)
    if start is None:
        raise Invalid("there is no such version to begin from")
    before = sheet_of(start.stored.thing, names.of)
    mine, contested = joined(before, {**before, **revision.sheet}, theirs)
    if contested and revision.seen != current:
        last = uow.versions.get(stored, current, scope)
        raise Contested(contested, last.by if last else stored.entry.author)
    return mine


def restore(uow: UnitOfWork, house: House, wish: Revision, number: int, publish: Publish) -> Entry:
    """Says again what version `number` said, to those for whom the thing is now; raises NotFound or NotAllowed."""
    stored, _ = _own(uow, house, wish.iri, wish.by)
    version = uow.versions.get(stored, number, scope_of_person(uow, house, wish.by))
    former = version.stored.thing if version is not None else None
    if not isinstance(former, Object):
        raise NotFound
    return _publish(uow, house, Filled(thing=former), _placed(stored, wish), publish)


def _own(uow: UnitOfWork, house: House, iri: str, by: str) -> tuple[StoredThing, Object]:
    stored = living(uow, iri, scope_of_person(uow, house, by)) if by else None
    if stored is None or not isinstance(stored.thing, Object):
        raise NotFound("There is no such thing of ours.")
    if not may_revise(uow, house, stored.entry, by):
        raise NotAllowed("Only its author, or whoever looks after the repertoire, may change it.")
    return stored, stored.thing


def _placed(stored: StoredThing, wish: Revision) -> Placement:
    return as_before(stored.entry, wish.by, " ".join(wish.comment.split())[:LONGEST_COMMENT])


def _publish(uow: UnitOfWork, house: House, made: Filled, placed: Placement, publish: Publish) -> Entry:
    told = (Text.of(placed.comment, made.thing.in_language or house.language),) if placed.comment else ()
    thing = replace(made.thing, change_note=told)
    options = {"territory": ";".join(made.places)} if made.places else {}
    entry = publish(uow, house, Draft(thing=thing, source=placed.replaces, topics=made.topics, options=options), placed)
    if entry.author != placed.author:
        uow.notices.add(entry.author, "change", entry.iri, house.now, by=placed.author, community=entry.community)
    return entry
