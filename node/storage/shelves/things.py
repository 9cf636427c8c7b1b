"""Things as documents: byte for byte as sent or received, with what this node knows of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, select, update
from sqlalchemy.sql.dml import ReturningInsert

from node.domain.entries import Audience, Entry
from node.domain.versions import Saved
from node.domain.visibility import Scope
from node.errors import Invalid
from node.storage import ground, indexing, versioning
from node.storage.ground import Shelf
from node.storage.hosts import host_of
from node.storage.prepared import Prepared
from node.storage.scopes import Gated, within
from node.storage.stored import Facet, StoredThing, read_facets, stored, stored_rows
from node.storage.tables.columns import BIG
from node.storage.tables.holdings import holdings
from node.storage.tables.mappings import mappings
from node.storage.tables.things import facets, recipients, thing_readers, things
from vocab.thing import Thing

__all__ = ["Facet", "StoredThing", "Things"]


#: Its author saved it, and said nothing about it.
_SILENTLY = Saved()


class Things(Shelf):
    """The things this node knows. Every listing and count takes the scope of whoever asks."""

    def put(
        self,
        entry: Entry,
        document: bytes,
        facets: Sequence[Facet] = (),
        *,
        thing: Thing | None = None,
        saved: Saved = _SILENTLY,
    ) -> None:
        """Inserts a thing or puts it in the place of what was there, of which it becomes the next version; a tombstone stays one.

        Facets and readers are replaced, the search index follows. Raises Invalid when the document is not UTF-8. `thing` is what
        the document says, for those who have read it already. `saved` tells who changed it, and what they say about that.
        """
        is_new = self.ground.known.get(("thing", entry.iri)) == (None,)  # looked for in this transaction, and not there
        before = None if is_new else self.held(entry.iri)
        seq = self._write(entry, _checked(document))
        if seq is None:
            return
        self._forget(entry.iri, is_new=is_new)
        said = thing or indexing.read_or_named(document, entry)
        versioning.keep(self.ground, before, StoredThing(entry=entry, document=document), said, saved)
        found = indexing.index(self.ground, seq, entry, said, facets, is_new=is_new)
        self._write_facets(entry.iri, found)
        if entry.readers:
            rows = [{"thing": entry.iri, "reader": reader} for reader in sorted(entry.readers)]
            self.ground.connection.execute(insert(thing_readers), rows)
        self.ground.marked.add(entry.iri)
        if entry.is_local:
            self.ground.touch(entry.iri, entry.stored_at)
        self.ground.wakes.add(("intersections", "all"))

    def get(self, iri: str, scope: Scope) -> StoredThing | None:
        """A thing, or its tombstone; None when it is not there or not within scope."""
        return next(iter(stored_rows(self.ground, _AT_THE_GATE.rows(self.ground.connection, scope, iri=iri))), None)

    def get_any(self, iri: str) -> StoredThing | None:
        """A thing whoever may see it. For the machinery, never for an answer."""
        known = self.ground.known.get(("thing", iri))
        if known is None:
            found = next(iter(stored_rows(self.ground, _BY_IRI.rows(self.ground.connection, iri=iri))), None)
            known = self.ground.known["thing", iri] = (found,)
        thing: StoredThing | None = known[0]
        return thing

    def several(self, iris: Sequence[str], scope: Scope) -> dict[str, StoredThing]:
        """Those of these things that are within scope and were not withdrawn, by IRI."""
        living = select(things).where(things.c.iri.in_(list(iris)), within(scope), things.c.deleted_at.is_(None))
        return {each.entry.iri: each for each in stored(self.ground, living)} if iris else {}

    def held(self, iri: str) -> StoredThing | None:
        """The same as `get_any`, for who is about to change it: nobody else does until this transaction ends."""
        if self.ground.dialect != "sqlite":  # which has one writer
            self.ground.run(select(things.c.seq).where(things.c.iri == iri).with_for_update())
            self.ground.known.pop(("thing", iri), None)
        return self.get_any(iri)

    def bury(self, iri: str, tombstone: bytes, at: datetime, *, by: str = "") -> None:
        """Leaves of a thing only its tombstone and for whom it was.

        One never seen is remembered as deleted `by` an actor, for nobody to see.
        """
        blank = {"name": "", "summary": "", "language": "", "license": "", "document": _checked(tombstone)}
        self._forget(iri)
        versioning.forget(self.ground, iri)
        change = update(things).where(things.c.iri == iri).values(**blank, deleted_at=at, updated_at=at)
        row = self.ground.row(change.returning(things.c.seq, things.c.is_local))
        if row is None:
            unseen = {"iri": iri, "type": "", "kind": "", "host": host_of(iri), "is_local": False, "author": by}
            self.ground.run(insert(things).values(**unseen, **blank, audience=Audience.SELF.value, deleted_at=at))
        else:
            indexing.unindex(self.ground, row["seq"], iri)
            self.ground.marked.add(iri)
            if row["is_local"]:
                self.ground.touch(iri, at)
        self.ground.run(delete(holdings).where(holdings.c.thing == iri))
        self.ground.run(delete(mappings).where(mappings.c.thing == iri))
        self.ground.wakes.add(("intersections", "all"))

    def unbury(self, iri: str) -> None:
        """Forgets that something was deleted: nothing is left of it then."""
        self.ground.known.pop(("thing", iri), None)
        self.ground.marked.add(iri)
        self.ground.run(delete(things).where(things.c.iri == iri, things.c.deleted_at.is_not(None)))

    def listed(
        self,
        *,
        scope: Scope,
        kind: str | None = None,
        community: str | None = None,
        author: str | None = None,
        limit: int = 50,
        before: int | None = None,
    ) -> list[StoredThing]:
        """Things, the newest here first, without tombstones; `before` is the `seq` to go on from."""
        said = _said(kind=kind, community=community, author=author)
        if before is not None:
            said["before"] = before
        return stored_rows(self.ground, _newest(*said).rows(self.ground.connection, scope, limit=limit, **said))

    def written_by(self, author: str, limit: int) -> list[str]:
        """The IRIs of what an author elsewhere wrote, whoever may see it, the newest here first. For the machinery alone."""
        theirs = things.c.author == author, things.c.is_local.is_(False), things.c.deleted_at.is_(None)
        return self.ground.texts(select(things.c.iri).where(*theirs).order_by(things.c.seq.desc()).limit(limit))

    def count(self, *, scope: Scope, kind: str | None = None, community: str | None = None) -> int:
        """How many things there are, without tombstones."""
        said = _said(kind=kind, community=community)
        return _how_many(*said).number(self.ground.connection, scope, **said)

    def facets(self, iri: str) -> list[Facet]:
        """The searched fields of a thing."""
        return self.facets_of([iri]).get(iri, [])

    def facets_of(self, iris: Sequence[str]) -> dict[str, list[Facet]]:
        """The searched fields of each of these things that has any."""
        return read_facets(self.ground, iris)

    def with_facet(
        self,
        property: str,  # noqa: A002 - the word of the domain
        text: str,
        *,
        scope: Scope,
        kind: str | None = None,
        community: str | None = None,
        limit: int = 200,
    ) -> list[StoredThing]:
        """The things of which that property is that text, newest here first."""
        said = {**_said(kind=kind, community=community), "property": property, "text": text}
        return stored_rows(self.ground, _newest(*said).rows(self.ground.connection, scope, limit=limit, **said))

    def record_recipient(self, iri: str, inbox: str) -> None:
        """Remembers that a thing was sent to an inbox."""
        self.ground.run(self.ground.insert(recipients).values(thing=iri, inbox=inbox).on_conflict_do_nothing())

    def recipients(self, iri: str) -> list[str]:
        """Every inbox that a thing was ever sent to."""
        sent = select(recipients.c.inbox).where(recipients.c.thing == iri)
        return self.ground.texts(sent.order_by(recipients.c.inbox))

    def reindex(self, after: int = 0, n: int = 200) -> int:
        """Makes the search index and the facets of the next n things anew; the `seq` to go on after, 0 when all are done.

        Begun with 0 it first throws the old index away: until the end, what is not reached yet is not found.
        """
        if not after:
            indexing.renew(self.ground)
        living = select(things).where(things.c.seq > after, things.c.deleted_at.is_(None))
        batch = stored(self.ground, living.order_by(things.c.seq).limit(n))
        iris = [each.entry.iri for each in batch]
        known = self.facets_of(iris)
        self.ground.run(delete(facets).where(facets.c.thing.in_(iris)))
        for each in batch:
            thing = indexing.read_or_named(each.document, each.entry)
            found = indexing.index(self.ground, each.seq, each.entry, thing, known.get(each.entry.iri, []))
            self._write_facets(each.entry.iri, found)
        return batch[-1].seq if batch else 0

    def _write(self, entry: Entry, document: bytes) -> int | None:
        values = {
            "type": entry.type,
            "kind": entry.kind,
            "document": document,
            "host": host_of(entry.iri),
            "is_local": entry.is_local,
            "author": entry.author,
            "community": entry.community,
            "audience": entry.audience.value,
            "name": entry.name,
            "summary": entry.summary,
            "language": entry.language,
            "license": entry.license,
            "published_at": entry.published_at,
            "updated_at": entry.updated_at,
            "stored_at": entry.stored_at,
        }
        row = _WRITTEN.row(self.ground.connection, iri=entry.iri, **values)
        return None if row is None else int(row["seq"])

    def _write_facets(self, iri: str, found: Sequence[Facet]) -> None:
        rows = [
            {"thing": iri, "property": facet.property, "text": facet.text, "number": facet.number, "moment": facet.moment}
            for facet in found
        ]
        if rows:
            _FACETS.run_many(self.ground.connection, rows)

    def _forget(self, iri: str, *, is_new: bool = False) -> None:
        self.ground.known.pop(("thing", iri), None)
        if is_new:
            return
        _NO_FACETS.run(self.ground.connection, iri=iri)
        _NO_READERS.run(self.ground.connection, iri=iri)


def _said(**values: str | None) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _narrowed(*names: str) -> list[ColumnElement[bool]]:
    """The condition on living things that each of these values makes."""
    equal = [things.c[name] == bindparam(name) for name in names if name in things.c]
    older = [things.c.seq < bindparam("before", type_=BIG, required=True)] if "before" in names else []
    having = select(facets.c.thing).where(facets.c.property == bindparam("property"), facets.c.text == bindparam("text"))
    return [things.c.deleted_at.is_(None), *equal, *older, *([things.c.iri.in_(having)] if "property" in names else [])]


@cache
def _newest(*names: str) -> Gated:
    """The living things that these values say, the newest here first."""
    limit = bindparam("limit", type_=BIG, required=True)
    return Gated(lambda seen: select(things).where(seen(things), *_narrowed(*names)).order_by(things.c.seq.desc()).limit(limit))


@cache
def _how_many(*names: str) -> Gated:
    """How many they are."""
    return Gated(lambda seen: select(func.count()).select_from(things).where(seen(things), *_narrowed(*names)))


def _checked(document: bytes) -> bytes:
    try:
        document.decode("utf-8")
    except UnicodeDecodeError:
        raise Invalid("The document is not UTF-8.") from None
    if b"\x00" in document:
        raise Invalid("The document holds a NUL byte.")
    return document


#: What a thing that takes another's place brings with it; its id and its place in the order stay.
_BROUGHT = tuple(column.key for column in things.c if column.key not in {"seq", "iri", "deleted_at"})


def _written(dialect: str) -> ReturningInsert[int]:
    values = {name: bindparam(name, type_=things.c[name].type) for name in ("iri", *_BROUGHT)}
    added = ground.insert(things, dialect).values(values)
    changed = {name: added.excluded[name] for name in _BROUGHT}
    is_living = things.c.deleted_at.is_(None)
    return added.on_conflict_do_update(index_elements=["iri"], set_=changed, where=is_living).returning(things.c.seq)


_AT_THE_GATE = Gated(lambda seen: select(things).where(things.c.iri == bindparam("iri"), seen(things)))
_BY_IRI = Prepared(lambda _: select(things).where(things.c.iri == bindparam("iri")))
_WRITTEN = Prepared(_written)
_FACETS = Prepared(
    lambda _: insert(facets).values({column.key: bindparam(column.key, type_=column.type) for column in facets.c}).inline()
)
_NO_FACETS = Prepared(lambda _: delete(facets).where(facets.c.thing == bindparam("iri")))
_NO_READERS = Prepared(lambda _: delete(thing_readers).where(thing_readers.c.thing == bindparam("iri")))
