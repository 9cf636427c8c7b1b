"""A thing as it comes out of its row; the same for every shelf that gives things."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import RowMapping, Select, select

from node.domain.entries import Audience, Entry
from node.storage.ground import Ground, made
from node.storage.prepared import Prepared
from node.storage.readings import said
from node.storage.several import listed, texts
from node.storage.tables.things import facets, thing_readers, things
from vocab.thing import Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One searched field of a thing: the JSON key of the property, and a text (an IRI too), a number or a moment."""

    property: str
    text: str | None = None
    number: float | None = None
    moment: datetime | None = None


@dataclass(frozen=True, kw_only=True)  # without slots: the thing that was read is kept
class StoredThing:
    """A thing with its exact bytes; `seq` is its place in the order in which things came here."""

    entry: Entry
    document: bytes
    seq: int = 0

    @cached_property
    def thing(self) -> Thing:
        """The document, read; raises VocabError."""
        return said(self.document)


def stored(ground: Ground, statement: Select[*tuple[Any, ...]]) -> list[StoredThing]:
    """The things that a SELECT of the columns of `things` gives, in its order."""
    return stored_rows(ground, ground.rows(statement))


def stored_at(ground: Ground, iris: Collection[str]) -> dict[str, StoredThing]:
    """These things, whoever may see them, by IRI: for whoever has found them within a scope."""
    rows = _AT.rows(ground.connection, iris=listed(iris)) if iris else ()
    return {each.entry.iri: each for each in stored_rows(ground, rows)}


def stored_rows(ground: Ground, rows: Sequence[RowMapping | Mapping[str, Any]]) -> list[StoredThing]:
    """The things in these rows of `things`, in their order."""
    named = [row["iri"] for row in rows if row["audience"] != Audience.PUBLIC.value]
    readers = read_readers(ground, named) if named else {}
    return [made_of(row, readers.get(row["iri"], frozenset())) for row in rows]


def read_readers(ground: Ground, iris: Sequence[str]) -> dict[str, frozenset[str]]:
    """The readers of each of these things that has any."""
    found: dict[str, set[str]] = {}
    for row in ground.rows(select(thing_readers).where(thing_readers.c.thing.in_(iris))):
        found.setdefault(row["thing"], set()).add(row["reader"])
    return {iri: frozenset(readers) for iri, readers in found.items()}


def made_of(row: RowMapping | Mapping[str, Any], readers: frozenset[str]) -> StoredThing:
    """The thing in a row of `things`."""
    entry = Entry(
        iri=row["iri"],
        type=row["type"],
        kind=row["kind"],
        audience=Audience(row["audience"]),
        author=row["author"],
        community=row["community"],
        readers=readers,
        is_local=row["is_local"],
        name=row["name"],
        summary=row["summary"],
        language=row["language"],
        license=row["license"],
        published_at=row["published_at"],
        updated_at=row["updated_at"],
        stored_at=row["stored_at"],
        deleted_at=row["deleted_at"],
    )
    return StoredThing(entry=entry, document=row["document"], seq=row["seq"])


def read_facets(ground: Ground, iris: Sequence[str]) -> dict[str, list[Facet]]:
    """The facets of each of these things that has any, by property and value."""
    wanted = select(facets).where(facets.c.thing.in_(iris)).order_by(facets.c.property, facets.c.text, facets.c.number)
    found: dict[str, list[Facet]] = {}
    for row in ground.rows(wanted):
        found.setdefault(row["thing"], []).append(made(Facet, row))
    return found


_AT = Prepared(lambda _: select(things).where(things.c.iri.in_(texts("iris"))))
