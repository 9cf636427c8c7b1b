"""CSV: a table, one row a thing, as spreadsheets and grass-roots organisations exchange them.

Spec: RFC 4180 §2.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime

from node.contracts import Draft, File, Format, Listing, Unread
from node.domain.fields import schemes_of
from node.domain.html import plain
from node.domain.rows import MOST_ROWS, Table, guarded, table
from node.errors import Invalid
from vocab import concepts
from vocab.terms import Slot, slots_of
from vocab.thing import Thing
from vocab.things.object import Object
from vocab.things.ordered_collection import OrderedCollection
from vocab.types import key_of
from vocab.values import Ref, Text

#: The columns that are written, in their order: names that are also read.
COLUMNS = (
    "id", "kind", "title", "summary", "content", "language", "author", "community", "genre", "topics", "territory", "published",
    "updated", "start", "end", "location", "license", "origin",
)  # fmt: skip
#: The columns of these properties; those of others are called as in JSON.
_NAMED = {
    "name": "title", "in_language": "language", "creator": "author", "attributed_to": "author", "audience": "community",
    "topic": "topics", "start_time": "start", "end_time": "end", "origin": "origin",
}  # fmt: skip
_HTML = frozenset({"summary", "content"})
#: What servers need and people do not.
_SERVERS_ALONE = (
    "to cc bto bcc context_ replies likes shares tag attachment source media_type icon image preview generator is_sensitive "
    "history discussion access_level archived_at also_known_as moved_to assertion_method public_key endpoints inbox outbox "
    "followers following featured streams liked moderators upcoming_events glossary repertoire webfinger hosted_by has_member "
    "manually_approves_followers is_discoverable is_indexable is_restricted_to_moderators preferred_username digest digests "
    "first last next prev current part_of start_index items calendar_uid calendar_sequence calendar_status recurrence attendees "
    "organizers join_mode shows_end facilitator"
)
_PLUMBING = frozenset(_SERVERS_ALONE.split())
#: A separator has to part the header at least once; the first of these that parts it most is it.
_SEPARATORS = ",;\t|"
_LONGEST_FILE = 5 * 1024 * 1024


def write(listing: Listing) -> bytes:
    """One row for each thing below a header, with further columns for what any of them says; no cell is a formula."""
    rows = [_cells(thing, listing) for thing in listing.things]
    columns = [*COLUMNS, *sorted({column for row in rows for column in row} - set(COLUMNS))]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([guarded(row.get(column, "")) for column in columns] for row in rows)
    return out.getvalue().encode("utf-8")


def read(file: File) -> Iterator[Draft | Unread]:
    """A draft for each row of a table in UTF-8, UTF-16 or Windows-1252, whatever its separator; the header is row 1."""
    # How long a cell may be is looked at once it is read: here the reader would lose its place.
    csv.field_size_limit(_LONGEST_FILE)
    text = _text(file)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        header = next(rows, [])
    except csv.Error as fault:
        raise Invalid(
            f"{file.name}, row 1: {fault}; write one name for each column, quoted where it holds a separator"
        ) from fault
    known = table(file.name, header, file.columns)
    if known.unknown:
        yield Unread(source=f"{file.name}, row 1", reason=known.complaint)
    yield from _drafts(file.name, known, rows)


def _drafts(name: str, known: Table, rows: Iterator[list[str]]) -> Iterator[Draft | Unread]:
    number = 1
    while True:
        number += 1
        source = f"{name}, row {number}"
        try:
            cells = next(rows)
            if number > MOST_ROWS + 1:
                yield Unread(source=source, reason=f"this and all below: a table may have {MOST_ROWS} rows; split it")
                return
            told = known.told(number, cells)
        except StopIteration:
            return
        except csv.Error as fault:
            yield Unread(source=source, reason=f"{fault}: a quote is open, or stands alone; write two for one within a cell")
            continue
        except Invalid as fault:
            yield Unread(source=source, reason=str(fault))
            continue
        if told is not None:
            yield Draft(thing=told.thing, source=source, topics=told.topics, options=told.options)


def _text(file: File) -> str:
    content = file.content
    try:
        text = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        # What spreadsheets of this country write when nobody says otherwise.
        text = content.decode("windows-1252", "replace")
    if "\x00" in text:
        raise Invalid(f"{file.name}: this is no table in text; save it as CSV in UTF-8")
    if not text.strip():
        raise Invalid(f"{file.name}: this table is empty")
    return text.lstrip("\r\n")


def _separator(text: str) -> str:
    """What parts the cells of the header, quoted ones aside."""
    header = [*re.sub(r'"[^"]*"', "", text[:100_000]).splitlines(), ""][0]
    return max(_SEPARATORS, key=header.count)


def _cells(thing: Thing, listing: Listing) -> dict[str, str]:
    """What a thing says, by column; a column stands there only when it says something."""
    cells = {"id": thing.id, "kind": key_of(type(thing))}
    for slot in slots_of(type(thing)):
        words = [word for each in _values(thing, slot) if (word := _word(slot, each, listing))]
        if words and slot.name not in _PLUMBING:
            column = _NAMED.get(slot.name, slot.key)
            cells[column] = "; ".join([*filter(None, [cells.get(column, "")]), *words])
    return cells


def _values(thing: Thing, slot: Slot) -> tuple[object, ...]:
    """The values of a property; who brought in what others wrote is no author, and its own address no link."""
    value = getattr(thing, slot.name)
    values: tuple[object, ...] = value if isinstance(value, tuple) else () if value is None else (value,)
    if not isinstance(thing, Object) or slot.name not in {"attributed_to", "url"}:
        return values
    left = {thing.id} if slot.name == "url" else {ref.iri for ref in thing.integrator if thing.creator}
    return tuple(each for each in values if not (isinstance(each, Ref) and each.iri in left))


def _word(slot: Slot, value: object, listing: Listing) -> str:
    """A value as people read it, and as it is read again: concepts and things by what they are called."""
    if isinstance(value, Text):
        return "\n\n".join(plain(value.primary).split("\n")) if slot.name in _HTML else value.primary
    if isinstance(value, Ref):
        inner = value.thing.items if isinstance(value.thing, OrderedCollection) else (value,)
        return "; ".join(_name(slot, each, listing) for each in inner)
    if isinstance(value, bool):
        return "oui" if value else "non"
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _name(slot: Slot, ref: Ref, listing: Listing) -> str:
    """What a thing is called: as the list says, as it says itself, as a concept of the vocabulary; else its address."""
    known = concepts.concept(ref.iri) if schemes_of(slot) else None
    own = ref.thing.name if isinstance(ref.thing, Object) else None
    said = own.primary if own else known.labels.in_language(listing.language) if known else ""
    return listing.names.get(ref.iri, "") or said or ref.iri


FORMAT = Format(
    name="csv",
    media_type="text/csv",
    extension="csv",
    loses={
        "fr": "La mise en forme des textes, les autres langues d’un texte, et ce qui n’a pas de colonne.",
        "en": "How texts are laid out, further languages of a text, and what has no column.",
    },
    write=write,
    read=read,
)
