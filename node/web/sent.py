"""Who may see an activity that was sent: whoever it was addressed to, as long as they may see what it is about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from federation.addressing import is_public
from node.domain.entries import Audience, Entry
from node.domain.receiving import may_be_kept
from node.domain.visibility import Reader, may_see
from node.errors import Invalid
from node.storage.shelves.outbox import OutboxRow
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.activities.activity import Activity
from vocab.thing import Thing

#: An activity within an activity within an activity: an Announce of an Undo of a Follow.
DEEPEST = 3

#: Rows read at a time.
PORTION = 200

#: Further than this, what an actor sent is not counted: each may be seen or not, and any visitor may ask.
MOST_COUNTED = 10_000

#: Of so many activities is remembered what decides who sees them: they never change, and reading one takes half a millisecond.
REMEMBERED = 2 * MOST_COUNTED

#: Digits of the largest number a row can have.
LONGEST_CURSOR = 19


@dataclass(frozen=True, slots=True)
class Gist:
    """What decides who sees an activity: to whom it went, and what it is about, nothing when that does not matter.

    `told` are those of its objects whose words are in it.
    """

    entry: Entry
    objects: frozenset[str]
    told: frozenset[str]


_gists: dict[bytes, Gist] = {}


def may_see_sent(uow: UnitOfWork, reader: Reader, row: OutboxRow) -> bool:
    """Whether `reader` may see an activity of ours.

    Its words hold those of its object, so that it vanishes with it. What only says that something ended, or that this is taken
    back, holds no words of it, and stays where it was sent.
    """
    gist = _gist(row)
    return may_see(reader, gist.entry) and all(_may_see_object(uow, reader, iri, gist) for iri in gist.objects)


def is_of_an_end(thing: Thing, depth: int = DEEPEST) -> bool:
    """Whether an activity is in the end a Delete, passed on or taken back, or takes back an Announce: addresses alone."""
    if not isinstance(thing, Activity) or depth == 0 or len(thing.object) != 1:
        return False
    inner = thing.object[0].thing
    if thing.type == "Delete":
        return inner is None or inner.type == "Tombstone"
    if thing.type == "Undo" and inner is not None and inner.type == "Announce":
        return not any(ref.thing for ref in getattr(inner, "object", ()))
    return thing.type in {"Announce", "Undo"} and inner is not None and is_of_an_end(inner, depth - 1)


def sent_page(uow: UnitOfWork, reader: Reader, actor: str, *, limit: int, before: str | None) -> tuple[list[OutboxRow], str]:
    """What an actor sent to all and `reader` may see, newest first, and the cursor of the next page ("" for none).

    Raises Invalid for a cursor that is none. The cursor is that of the last one shown.
    """
    if before is not None and not (before.isascii() and before.isdigit() and len(before) < LONGEST_CURSOR):
        raise Invalid("This page of the collection does not exist.")
    shown: list[OutboxRow] = []
    for row in _sent(uow, actor, int(before) if before else None):
        if may_see_sent(uow, reader, row):
            shown.append(row)
        if len(shown) > limit:
            return shown[:limit], str(shown[limit - 1].seq)
    return shown, ""


def sent_total(uow: UnitOfWork, reader: Reader, actor: str) -> int | None:
    """How many activities `sent_page` would show in all, None for more than are counted."""
    if uow.outbox.count(actor) > MOST_COUNTED:
        return None
    return sum(may_see_sent(uow, reader, row) for row in _sent(uow, actor, None))


def objects(thing: Thing, depth: int = DEEPEST) -> set[str]:
    """The IRIs of everything that an activity is about, through the activities within it."""
    if not isinstance(thing, Activity) or depth == 0:
        return set()
    inner = [ref.thing for ref in thing.object if ref.thing is not None]
    return {ref.iri for ref in thing.object if ref.iri}.union(*(objects(part, depth - 1) for part in inner))


def _told(thing: Thing, depth: int = DEEPEST) -> set[str]:
    """The IRIs of the things that an activity brings whole, through the activities within it."""
    if not isinstance(thing, Activity):
        return {thing.id} if may_be_kept(thing) else set()
    inner = [ref.thing for ref in thing.object if ref.thing is not None] if depth else []
    return set[str]().union(*(_told(part, depth - 1) for part in inner))


def _gist(row: OutboxRow) -> Gist:
    mark = hashlib.sha256(row.iri.encode() + row.audience.encode() + row.document).digest()
    known = _gists.get(mark)
    if known is None:
        if len(_gists) >= REMEMBERED:
            _gists.clear()
        known = _gists[mark] = _read(row)
    return known


def _read(row: OutboxRow) -> Gist:
    activity = jsonld.read(row.document)
    addressed = (*getattr(activity, "to", ()), *getattr(activity, "cc", ()), *getattr(activity, "audience", ()))
    is_for_all = row.audience == Audience.PUBLIC and is_public(activity)
    entry = Entry(
        iri=row.iri,
        type=row.type,
        kind=row.type,
        audience=Audience.PUBLIC if is_for_all else Audience.CHOSEN,
        author=row.actor,
        readers=frozenset(ref.iri for ref in addressed),
    )
    return Gist(
        entry=entry,
        objects=frozenset(() if is_of_an_end(activity) else objects(activity)),
        told=frozenset(_told(activity)),
    )


def _may_see_object(uow: UnitOfWork, reader: Reader, iri: str, gist: Gist) -> bool:
    """What is not here is no secret; but its words are not told either, for they were let go of."""
    stored = uow.things.get_any(iri)
    if stored is None:
        return iri not in gist.told
    return may_see(reader, stored.entry) and stored.entry.deleted_at is None


def _sent(uow: UnitOfWork, actor: str, before: int | None) -> Iterator[OutboxRow]:
    """All that an actor sent to all, newest first, a portion of rows at a time."""
    while rows := uow.outbox.of(actor, scope_public_only=True, limit=PORTION, before=before):
        yield from rows
        before = rows[-1].seq
