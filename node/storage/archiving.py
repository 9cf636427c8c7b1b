"""The rows of a node as lines of JSON that anybody can read, and back again: what an archive holds beside its pages.

Every table is in one of the four lists; a test compares them with the declared schema.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Column, LargeBinary, Table, and_, delete, func, insert, or_, select, text

from node.domain.entries import Audience, Entry
from node.errors import Invalid
from node.storage.archived_files import shown
from node.storage.patterned import PATTERNED
from node.storage.schema import metadata
from node.storage.shelves.media import FORMER
from node.storage.stored import StoredThing, made_of, stored
from node.storage.strangers import HOLDS
from node.storage.tables.actors import actors
from node.storage.tables.columns import Document, Moment
from node.storage.tables.followings import followings
from node.storage.tables.outbox import outbox
from node.storage.tables.things import thing_readers, things
from node.storage.unit_of_work import UnitOfWork

#: In every archive, in an order in which they can be put back.
CARRIED = (
    "actors", "members", "memberships", "things", "thing_readers", "holdings", "followings", "mappings", "featured", "threads",
    "participations", "reactions", "outbox", "recipients", "peers", "public_keys", "intersections", "changes", "change_sets",
    "imports", "feeds", "feed_followers", "state", "versions", "rules", "consents", "discussions", "media",
    "media_keepers", "media_uses", "unfinished",
)  # fmt: skip
#: Only when private things are asked for: what waits for a decision, and what was decided about people.
PRIVATE = (
    "submissions", "reports", "decisions", "appeals", "restraints", "incidents", "erasures", "agreements", "welcomes",
    "mutes", "hidden_people", "notice_habits", "saved_searches", "drafts",
)  # fmt: skip
#: Only when secrets are asked for.
SECRET = ("keys", "passkeys", "second_factors", "recovery_codes", "providers", "identities")
#: Never: what is made anew from the rest, what waits to be done, who is signed in, what was received as it came.
LEFT = (
    "facets", "labels", "marks", "tasks", "deliveries", "letters", "invitations", "sessions", "tokens", "guesses",
    "private_addresses", "letter_addresses", "letters_in", "inbox", "refusals",
    "bringings", "brought", "notices", "previews", "title_words", "choices", "version_visits",
)  # fmt: skip
#: What of the node's memory of itself goes along: the rest belongs to this place, or is secret.
_KEPT_STATE = ("import.mapping:", PATTERNED, HOLDS)
#: Columns that are empty unless secrets are asked for.
_SECRET_COLUMNS = {"members": ("password_hash",)}
#: What lies beside the rows, in files of its own.
_BESIDE = {("media", "content")}
#: The column that says which thing a row is about.
_ABOUT = {
    "things": "iri", "thing_readers": "thing", "holdings": "thing", "mappings": "thing", "featured": "thing", "threads": "thing",
    "participations": "event", "reactions": "thing", "recipients": "thing", "imports": "thing", "changes": "thing",
    "change_sets": "thing", "discussions": "thing", "media_uses": "thing", "unfinished": "thing",
    "versions": "thing",
}  # fmt: skip
_PORTION = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """What of a node is asked for, beside what its communities share: things of one person alone; secrets."""

    has_private: bool = False
    has_secrets: bool = False


def names(portion: Portion) -> tuple[str, ...]:
    """The tables of an archive."""
    return (*CARRIED, *(PRIVATE if portion.has_private else ()), *(SECRET if portion.has_secrets else ()))


def hidden(uow: UnitOfWork, portion: Portion) -> frozenset[str]:
    """The things that stay out with all that hangs on them: drafts, and what goes from person to person, unless asked for."""
    if portion.has_private:
        return frozenset()
    groups = select(thing_readers.c.thing).join(actors, actors.c.iri == thing_readers.c.reader).where(actors.c.type == "Group")
    between_people = and_(things.c.audience == Audience.CHOSEN.value, things.c.community == "", things.c.iri.not_in(groups))
    alone = or_(things.c.audience == Audience.SELF.value, between_people)
    return frozenset(uow.ground.texts(select(things.c.iri).where(alone, things.c.deleted_at.is_(None))))


def gone(uow: UnitOfWork) -> frozenset[str]:
    """The things of which only a tombstone is left."""
    return frozenset(uow.ground.texts(select(things.c.iri).where(things.c.deleted_at.is_not(None))))


def lines(uow: UnitOfWork, name: str, portion: Portion, left_out: frozenset[str], ended: frozenset[str]) -> Iterator[bytes]:
    """The rows of a table, one JSON object a line, in the order of its key.

    Rows about things in `left_out` are not among them, nor activities that hold words of those or of things in `ended`.
    """
    table = metadata.tables[name]
    columns = [column for column in table.columns if (name, column.name) not in _BESIDE]
    order = table.primary_key.columns or table.columns
    chosen = select(*columns).order_by(*order).execution_options(yield_per=_PORTION)
    about, blank = _ABOUT.get(name, ""), () if portion.has_secrets else _SECRET_COLUMNS.get(name, ())
    kept = shown(uow, left_out) if name.startswith("media") else frozenset[str]()
    for row in uow.connection.execute(chosen).mappings():
        if about and str(row[about]).removesuffix(FORMER) in left_out:
            continue
        if name == "versions" and not portion.has_private and _was_alone(row["audience"], row["community"]):
            continue
        if name == "state" and not row["key"].startswith(_KEPT_STATE):
            continue
        if name == "outbox" and (row["object"] in left_out or _tells(orjson.loads(row["document"]), left_out | ended)):
            continue
        if name.startswith("media") and row["digest"] not in kept:
            continue
        said = {str(column.name): "" if column.name in blank else _out(row[column.name]) for column in columns}
        yield orjson.dumps(said) + b"\n"


def entries(uow: UnitOfWork, left_out: frozenset[str]) -> Iterator[Entry]:
    """What the node knows of each thing but those, oldest here first, without their documents and readers."""
    columns = [column for column in things.columns if column is not things.c.document]
    living = select(*columns).where(things.c.deleted_at.is_(None)).order_by(things.c.seq)
    for row in uow.connection.execute(living.execution_options(yield_per=_PORTION)).mappings():
        if row["iri"] not in left_out:
            yield made_of({**row, "document": b""}, frozenset()).entry


def living(uow: UnitOfWork, left_out: frozenset[str]) -> Iterator[StoredThing]:
    """Each thing but those, oldest here first."""
    after = 0
    chosen = select(things).where(things.c.deleted_at.is_(None)).order_by(things.c.seq).limit(_PORTION)
    while found := stored(uow.ground, chosen.where(things.c.seq > after)):
        yield from (each for each in found if each.entry.iri not in left_out)
        after = found[-1].seq


def is_fresh(uow: UnitOfWork) -> bool:
    """Whether this node is as it was made: nothing was published, no community founded, nobody followed."""
    groups = select(func.count()).select_from(actors).where(actors.c.type == "Group")
    others = (select(func.count()).select_from(table) for table in (things, followings, outbox))
    return not any(uow.ground.number(counted) for counted in (groups, *others))


def clear(uow: UnitOfWork) -> None:
    """Takes away the rows of a fresh node, but for its address: those of the archive take their place."""
    kept = {"state"}
    for table in reversed(metadata.sorted_tables):
        if table.name not in kept:
            uow.ground.run(delete(table))
    uow.ground.unsettle()


def put(uow: UnitOfWork, name: str, found: Iterable[bytes]) -> int:
    """Puts rows back as they were; how many. Raises Invalid for a line that is no row of this table."""
    table, count = metadata.tables[name], 0
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(found, 1):
        row = _row(table, line, f"{name}, line {number}")
        rows.append(row)
        if name in {"things", "actors"}:
            uow.ground.marked.add(row.get("iri", ""))  # not touched: the log of changes is carried along
        if len(rows) == _PORTION:
            uow.connection.execute(insert(table), rows)
            count, rows = count + len(rows), []
    if rows:
        uow.connection.execute(insert(table), rows)
    _go_on_counting(uow, table)
    return count + len(rows)


def _go_on_counting(uow: UnitOfWork, table: Table) -> None:
    """PostgreSQL counts on from its own number, not from the largest that is there."""
    key = table.autoincrement_column
    if uow.ground.dialect == "sqlite" or key is None:
        return
    uow.connection.execute(
        text(f"SELECT setval(pg_get_serial_sequence(:name, :key), coalesce(max({key.name}), 0) + 1, false) FROM {table.name}"),  # noqa: S608
        {"name": table.name, "key": key.name},
    )


def _was_alone(audience: str, community: str) -> bool:
    """Whether a version was for one person alone, or went from person to person."""
    return audience == Audience.SELF.value or (audience == Audience.CHOSEN.value and not community)


def _tells(said: object, secret: frozenset[str]) -> bool:
    """Whether a document holds one of these things with its words, however deep."""
    waiting = [said]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting.extend(part)
        elif isinstance(part, dict):
            if part.get("id") in secret and part.get("type") != "Tombstone":
                return True
            waiting.extend(part.values())
    return False


def _out(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, memoryview | bytearray):
        value = bytes(value)
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return {"base64": base64.b64encode(value).decode()}
    return value


def _row(table: Table, line: bytes, place: str) -> dict[str, Any]:
    try:
        said = orjson.loads(line)
        if not isinstance(said, dict) or not set(said) <= set(table.columns.keys()):
            raise Invalid(f"{place}: this is no row of this version's table")
        return {name: _in(table.columns[name], value) for name, value in said.items()}
    except (ValueError, TypeError, AttributeError) as fault:
        raise Invalid(f"{place}: {fault}") from fault


def _in(column: Column[Any], value: object) -> object:
    if value is None:
        return None
    if isinstance(column.type, Moment):
        return datetime.fromisoformat(str(value))
    if isinstance(column.type, Document | LargeBinary):
        return base64.b64decode(value["base64"]) if isinstance(value, Mapping) else str(value).encode()
    return value
