"""Takes what a format read into a community: each draft once, and again only when it has changed."""

from __future__ import annotations

import enum
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from node.contracts import Draft, House, Unread
from node.domain.entries import Entry
from node.domain.fields import fold, is_address
from node.domain.placing import Placement
from node.errors import NodeError
from node.storage.shelves.imports import ImportRow
from node.storage.stored import StoredThing
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.errors import VocabError
from vocab.thing import Thing
from vocab.things.object import Object
from vocab.values import Ref, Text

#: The deed that publishes: actions/publish.py, given by whoever calls.
Publish = Callable[[UnitOfWork, House, Draft, Placement], Entry]


#: The options of a draft that publishing, or this, understands.
_HEARD = frozenset({"author", "audience", "key", "territory", "subject", "object", "location"})


class Fate(enum.StrEnum):
    """What becomes, or would become, of a draft."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    #: Something that looks like it is there already, and did not come from here: left out unless asked for.
    PROBABLE = "probable"
    #: It has changed, and so has what came of it, here: left as it is unless asked for.
    CONFLICT = "conflict"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """One part of an import. `iri` is what came of it, or what it resembles; "" for a new one of a dry run.

    `remark` says in one line why it was left out, or what of it was.
    """

    source: str
    name: str
    fate: Fate
    iri: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How an import is done. `source` is what it comes from, this time and the next: two parts of one source are two things.

    `is_dry`: all is done and undone again. `takes_probable` and `overwrites`: also what is probable, or in conflict.
    `names` are the things that are there, by their folded name (uow.imports.called).
    """

    placement: Placement
    publish: Publish
    source: str = ""
    is_dry: bool = False
    takes_probable: bool = False
    overwrites: bool = False
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)


class _Rehearsed(NodeError):
    """It was a rehearsal."""


def import_parts(uow: UnitOfWork, house: House, drafts: Sequence[Draft], run: Run) -> list[Imported]:
    """What becomes of each draft, in one transaction; what cannot be published spoils nothing but itself."""
    done: list[Imported] = []

    def rehearse(uow: UnitOfWork) -> None:
        done.extend(_taken(uow, house, drafts, run))
        raise _Rehearsed

    if not run.is_dry:
        return _taken(uow, house, drafts, run)
    failure = uow.attempt(rehearse).failure
    if failure is not None and not isinstance(failure, _Rehearsed):
        raise failure
    return [replace(each, iri="") if each.fate is Fate.NEW else each for each in done]


def known_once(parts: Iterable[Draft | Unread], met: dict[str, str]) -> Iterator[Draft | Unread]:
    """The parts, but of two with one key only the first: they would overwrite each other. `met` goes through all files."""
    for part in parts:
        if isinstance(part, Draft):
            key = _key(part)
            before = met.setdefault(key, part.source)
            if before != part.source:
                yield Unread(source=part.source, reason=f"it has the same key as {before}: « {key} »")
                continue
        yield part


def _taken(uow: UnitOfWork, house: House, drafts: Sequence[Draft], run: Run) -> list[Imported]:
    """All together when all can be published: a savepoint for each would cost half as much again."""
    whole = uow.attempt(lambda uow: [_take(uow, house, draft, run) for draft in drafts])
    if whole.result is not None:
        return whole.result
    done = []
    for draft in drafts:
        alone = uow.attempt(lambda uow, draft=draft: _take(uow, house, draft, run))  # type: ignore[misc]
        if alone.result is not None:
            done.append(alone.result)
        elif isinstance(alone.failure, (NodeError, VocabError)):
            remark = str(alone.failure).removeprefix(f"{draft.source}: ")
            done.append(Imported(source=draft.source, name=_name(draft), fate=Fate.UNREADABLE, remark=remark))
        elif alone.failure is not None:
            raise alone.failure
    return done


def _take(uow: UnitOfWork, house: House, draft: Draft, run: Run) -> Imported:
    told = Imported(source=draft.source, name=_name(draft), fate=Fate.SAME)
    mark = hashlib.sha256(f"{run.placement.community} {_key(draft)}".encode()).hexdigest()
    before, digest = uow.imports.get(mark), _digest(draft)
    known = uow.things.get_any(before.thing) if before else None
    if before and (before.digest == digest or known is None or known.entry.deleted_at is not None):
        return replace(told, iri=before.thing)
    if before and known and before.document not in {"", _hash(known.document)} and not run.overwrites:
        return replace(
            told, fate=Fate.CONFLICT, iri=before.thing, remark="it was changed here since; --overwrite takes the new one"
        )
    written, placement, remark = _attributed(uow, house, draft, run.placement)
    twin = None if before or run.takes_probable else _twin(uow, written, run)
    if twin is not None:
        return replace(told, fate=Fate.PROBABLE, iri=twin.entry.iri, remark=f"there is « {twin.entry.name} » already")
    written = replace(written, thing=_integrated(written.thing, run.placement.author, house.now, known))
    entry = run.publish(uow, house, written, replace(placement, replaces=before.thing if before else ""))
    put = uow.things.get_any(entry.iri)
    row = ImportRow(
        mark=mark, source=run.source, thing=entry.iri, digest=digest, document=_hash(put.document) if put else "", at=house.now
    )
    uow.imports.put(row)
    return replace(told, fate=Fate.CHANGED if before else Fate.NEW, iri=entry.iri, remark=remark)


def _twin(uow: UnitOfWork, draft: Draft, run: Run) -> StoredThing | None:
    """Something of the community that this draft probably is: of the same address, else of the same name and authors."""
    thing, scope = draft.thing, run.placement.scope
    if not isinstance(thing, Object):
        return None
    for address in filter(is_address, {_key(draft), *(ref.iri for ref in (*thing.url, thing.origin) if ref)}):
        same = uow.things.get(address, scope)
        found = [*([same] if same else []), *uow.things.with_facet("importedFrom", address, scope=scope, limit=5)]
        living = (each for each in found if each.entry.deleted_at is None and each.entry.community == run.placement.community)
        for each in living:
            if not uow.imports.came_from(each.entry.iri, run.source):
                return each
    for iri in run.names.get(fold(_name(draft)), ()):
        other = uow.things.get_any(iri)
        if other is not None and _resembles(thing, other) and not uow.imports.came_from(iri, run.source):
            return other
    return None


def _resembles(thing: Object, other: StoredThing) -> bool:
    """Whether something of the same name is probably the same: nothing that both say speaks against it."""
    try:
        known = other.thing
    except VocabError:
        return False
    if not isinstance(known, Object) or other.entry.deleted_at is not None or known.TYPE != thing.TYPE:
        return False
    sides = [(each.start_time, {fold(text.primary) for text in each.creator}) for each in (thing, known)]
    return all(not one or not two or one == two for one, two in zip(*sides, strict=True))


def _attributed(uow: UnitOfWork, house: House, draft: Draft, placement: Placement) -> tuple[Draft, Placement, str]:
    """The draft under who wrote it: a member by their e-mail, others by their name; an address of nobody here is not told."""
    said = [word for each in draft.options.get("author", "").split(";") if (word := " ".join(each.split()))]
    names = tuple(word for word in said if "@" not in word)
    people = {word: uow.members.by_email(word.lower()) for word in said if "@" in word}
    here = [row.iri for row in people.values() if row and uow.members.roles(row.iri, placement.community, house.now)]
    strangers = [word for word, row in people.items() if row is None or row.iri not in here]
    thing = draft.thing
    if names and isinstance(thing, Object) and not thing.creator:
        thing = replace(thing, creator=tuple(Text.of(name) for name in names))
    placed = replace(placement, author=here[0]) if here else placement
    remarks = [f"{', '.join(strangers)}: no author of that address in the community"] if strangers else []
    lost = [f"{word} « {said} »" for word, said in draft.options.items() if word not in _HEARD]
    remarks += [f"left out, for want of an address: {', '.join(lost)}"] if lost else []
    return replace(draft, thing=thing), placed, "; ".join(remarks)


def _integrated(thing: Thing, by: str, at: datetime, known: StoredThing | None) -> Thing:
    """What others wrote, with who brought it in and when first; whoever said so themselves is left at their word."""
    is_brought = isinstance(thing, Object) and (thing.creator or thing.origin) and not (thing.integrator or thing.integrated)
    if not is_brought or not isinstance(thing, Object):
        return thing
    first = known.thing.integrated if known is not None and isinstance(known.thing, Object) else None
    return replace(thing, integrator=(Ref(by),), integrated=first or at)


def _key(draft: Draft) -> str:
    return draft.options.get("key") or draft.source


def _name(draft: Draft) -> str:
    return draft.thing.name.primary if isinstance(draft.thing, Object) and draft.thing.name else draft.source


def _digest(draft: Draft) -> str:
    said = json.dumps([list(draft.topics), sorted(draft.options.items())], ensure_ascii=False)
    return _hash(jsonld.dump(draft.thing) + said.encode())


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
