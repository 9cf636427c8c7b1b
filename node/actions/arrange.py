"""Arranges a notebook: its outline and those of its parts, each saved as a version where it is another one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from node.contracts import Draft, House
from node.domain.differences import merged_list
from node.domain.entries import Entry
from node.domain.notebooks import items_of, without_list, without_outline
from node.domain.placing import Placement, as_before
from node.domain.plans import MOST, Line, Plan, end_of
from node.errors import Invalid, NotAllowed, NotFound
from node.storage.outlining import opened
from node.storage.revising import living, may_revise, scope_of_person
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab.things.notebook import Notebook
from vocab.things.ordered_collection import OrderedCollection
from vocab.things.source import Source
from vocab.values import Ref, Text

#: The deed that publishes: actions/publish.py, given by whoever calls.
Publish = Callable[[UnitOfWork, House, Draft, Placement], Entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """The outline that somebody made of the notebook `iri`; `bases` are the versions of it and its parts that they began from."""

    iri: str
    by: str
    plan: Plan
    bases: Mapping[str, int] = field(default_factory=dict)
    comment: str = ""


def begun(uow: UnitOfWork, house: House, iri: str, by: str) -> Arrangement:
    """The outline as it is now, for somebody who is about to arrange it; raises NotFound, NotAllowed, Invalid when too long."""
    scope = scope_of_person(uow, house, by)
    root = uow.things.get(iri, scope) if by else None
    _must_be_allowed(uow, house, root, by)
    lines = opened(uow, root, scope, is_once=False) if root is not None else ()
    if root is None or len(lines) >= MOST:
        raise Invalid(f"An outline of more than {MOST} lines is arranged in its parts.")
    parts = [root, *(each.stored for each in lines if each.line.is_part and each.stored is not None)]
    # a part of somebody else stands there as one line: it is theirs to arrange
    own = {part.entry.iri for part in parts if may_revise(uow, house, part.entry, by)}
    bases = {part.entry.iri: uow.versions.current(part) for part in parts if part.entry.iri in own}
    return Arrangement(iri=iri, by=by, plan=_closed(tuple(each.line for each in lines), own), bases=bases)


def arrange(uow: UnitOfWork, house: House, wish: Arrangement, publish: Publish) -> None:
    """Saves the outline: new parts are published, and every notebook whose items are others now.

    What others put in or took out since the bases stays so. Raises NotFound or NotAllowed.
    """
    root = living(uow, wish.iri, scope_of_person(uow, house, wish.by))
    _must_be_allowed(uow, house, root, wish.by)
    if root is not None:
        deed = _Deed(uow=uow, house=house, wish=wish, root=root, publish=publish)
        deed.keep(root, deed.saved(wish.plan))


def _must_be_allowed(uow: UnitOfWork, house: House, root: StoredThing | None, by: str) -> None:
    if root is None or root.entry.deleted_at is not None or not isinstance(root.thing, Notebook):
        raise NotFound("There is no such notebook of ours.")
    if not may_revise(uow, house, root.entry, by):
        raise NotAllowed("Only its author, or whoever looks after the repertoire, may arrange it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deed:
    """All that every step of saving an outline needs."""

    uow: UnitOfWork
    house: House
    wish: Arrangement
    root: StoredThing
    publish: Publish

    def saved(self, plan: Plan) -> list[str]:
        """Saves the parts in a stretch of the outline, the deepest first; the items of the notebook that it is."""
        items: list[str] = []
        place = 0
        while place < len(plan):
            line, end = plan[place], end_of(plan, place)
            items.append(self.part(line, self.saved(plan[place + 1 : end])) if line.is_part else line.iri)
            place = end
        return items

    def part(self, line: Line, items: list[str]) -> str:
        """A part with its items: published when it is new, saved when it is one of those that were opened."""
        if not line.iri:
            made = Notebook(name=Text.of(line.title, self.root.entry.language), entries=_entries(items))
            placed = replace(as_before(self.root.entry, self.wish.by), replaces="")
            return self.publish(self.uow, self.house, Draft(thing=made, source=line.title), placed).iri
        stored = self.uow.things.held(line.iri) if line.iri in self.wish.bases else None
        if stored is not None and stored.entry.deleted_at is None and self._may(stored):
            self.keep(stored, items)
        return line.iri

    def keep(self, stored: StoredThing, items: list[str]) -> None:
        """Saves a notebook with these items, joined with what others made of it since."""
        thing = stored.thing
        if not isinstance(thing, Notebook):
            return
        now = items_of(thing)
        wanted = _joined(self._before(stored), items, now)
        if wanted != now:
            changed = replace(_bare(thing), entries=_entries(wanted), change_note=_told(self.wish, thing))
            draft = Draft(thing=changed, source=stored.entry.iri)
            self.publish(self.uow, self.house, draft, as_before(stored.entry, self.wish.by, self.wish.comment))

    def _may(self, stored: StoredThing) -> bool:
        return may_revise(self.uow, self.house, stored.entry, self.wish.by)

    def _before(self, stored: StoredThing) -> tuple[str, ...]:
        """The items from which whoever arranged began."""
        scope = scope_of_person(self.uow, self.house, self.wish.by)
        base = self.uow.versions.get(stored, self.wish.bases.get(stored.entry.iri, 0), scope)
        former = base.stored.thing if base is not None else stored.thing
        return items_of(former) if isinstance(former, Notebook) else ()


def _joined(before: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    if tuple(mine) == tuple(before):
        return tuple(theirs)
    return tuple(dict.fromkeys(mine)) if tuple(theirs) == tuple(before) else merged_list(before, mine, theirs)


def _bare(thing: Notebook) -> Notebook:
    """The notebook without the list at the end of its text, which is made anew from the outline."""
    items, content, source = items_of(thing), thing.content, thing.source
    if content is not None:
        content = Text(entries=tuple((tag, without_outline(words, items)) for tag, words in content.entries))
    written = source.thing if source is not None else None
    if isinstance(written, Source) and written.content is not None:
        language, *_ = written.content.entries[0]
        source = replace(written, content=Text.of(without_list(written.content.primary, items), language)).ref
    return replace(thing, content=content, source=source)


def _entries(items: Sequence[str]) -> Ref:
    return OrderedCollection(items=tuple(map(Ref, items)), total_items=len(items)).ref


def _told(wish: Arrangement, thing: Notebook) -> tuple[Text, ...]:
    return (Text.of(wish.comment, thing.in_language or ""),) if wish.comment else ()


def _closed(plan: Plan, own: set[str]) -> Plan:
    """The outline with what stands in the parts of others left out."""
    found: list[Line] = []
    place = 0
    while place < len(plan):
        line = plan[place]
        is_closed = line.is_part and line.iri not in own
        found.append(replace(line, is_part=False) if is_closed else line)
        place = end_of(plan, place) if is_closed else place + 1
    return tuple(found)
