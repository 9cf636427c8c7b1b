"""Takes what a format read into a community: each draft once, and again only when it has changed."""

from __future__ import annotations

import enum
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from node.contracts import Draft, House
from node.domain.entries import Entry
from node.domain.placing import Placement
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.things.object import Object

#: The deed that publishes: actions/publish.py, given by whoever calls.
Publish = Callable[[UnitOfWork, House, Draft, Placement], Entry]


class Fate(enum.StrEnum):
    """What becomes, or would become, of a draft."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """One draft of an import. `iri` is "" for a new one of a dry run."""

    source: str
    name: str
    fate: Fate
    iri: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trace:
    """What is remembered of an earlier import: which thing came of it, and a hash of what it came from."""

    iri: str = ""
    digest: str = ""


def import_file(
    uow: UnitOfWork, house: House, drafts: Sequence[Draft], placement: Placement, publish: Publish | None
) -> list[Imported]:
    """Publishes the drafts that are new or have changed, all or none; without `publish` only says what would be done.

    A draft is known again by the key that its file gives, else by the name of its source, within a community.
    """
    return [_take(uow, house, draft, placement, publish) for draft in drafts]


def _take(uow: UnitOfWork, house: House, draft: Draft, placement: Placement, publish: Publish | None) -> Imported:
    name = draft.thing.name.primary if isinstance(draft.thing, Object) and draft.thing.name else draft.source
    mark = _mark(draft, placement)
    before, digest = _trace(uow.state.get(mark)), _digest(draft)
    if before.iri and (before.digest == digest or _is_deleted(uow, before.iri)):
        return Imported(source=draft.source, name=name, fate=Fate.SAME, iri=before.iri)
    fate = Fate.CHANGED if before.iri else Fate.NEW
    if publish is None:
        return Imported(source=draft.source, name=name, fate=fate, iri=before.iri)
    entry = publish(uow, house, draft, replace(placement, replaces=before.iri))
    uow.state.set(mark, json.dumps([entry.iri, digest]))
    return Imported(source=draft.source, name=name, fate=fate, iri=entry.iri)


def _mark(draft: Draft, placement: Placement) -> str:
    key = draft.options.get("key") or draft.source
    return f"import:{hashlib.sha256(f'{placement.community} {key}'.encode()).hexdigest()}"


def _trace(text: str | None) -> _Trace:
    iri, digest = json.loads(text) if text else ("", "")
    return _Trace(iri=str(iri), digest=str(digest))


def _digest(draft: Draft) -> str:
    said = json.dumps([list(draft.topics), sorted(draft.options.items())], ensure_ascii=False)
    return hashlib.sha256(jsonld.dump(draft.thing) + said.encode()).hexdigest()


def _is_deleted(uow: UnitOfWork, iri: str) -> bool:
    known = uow.things.get_any(iri)
    return known is None or known.entry.deleted_at is not None
