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
from node.domain.html import plain
from node.domain.rows import MOST_ROWS, Table, guarded, table
from node.errors import Invalid
from vocab.thing import Thing
from vocab.things.object import Object
from vocab.types import key_of
from vocab.values import Ref, Text

#: The columns that are written, in their order: names that are also read.
COLUMNS = (
    "id", "kind", "title", "summary", "content", "language", "author", "community", "genre", "topics", "territory", "published",
    "updated", "start", "end", "location", "license", "origin",
)  # fmt: skip
#: A separator has to part the header at least once; the first of these that parts it most is it.
_SEPARATORS = ",;\t|"
_LONGEST_FILE = 5 * 1024 * 1024


def write(listing: Listing) -> bytes:
    """One row for each thing below a header; no cell can be taken for a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for thing in listing.things:
        cells = _cells(thing, listing)
        writer.writerow([guarded(cells.get(column, "")) for column in COLUMNS])
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
    return text


def _separator(text: str) -> str:
    """What parts the cells of the header, quoted ones aside."""
    header = re.sub(r'"[^"]*"', "", text[:100_000]).lstrip("\r\n").splitlines()[0]
    return max(_SEPARATORS, key=header.count)


def _cells(thing: Thing, listing: Listing) -> dict[str, str]:
    cells = {"id": thing.id, "kind": key_of(type(thing))}
    if not isinstance(thing, Object):
        return cells
    authors = [*(text.primary for text in getattr(thing, "creator", ())), *_names(thing.attributed_to, listing)]
    return cells | {
        "title": _words(thing.name),
        "summary": _words(thing.summary),
        "content": _words(thing.content),
        "language": thing.in_language or "",
        "author": "; ".join(authors),
        "community": "; ".join(_names(thing.audience, listing)),
        "genre": thing.genre.iri if thing.genre else "",
        "topics": "; ".join(_names(thing.topic, listing)),
        "territory": "; ".join(_names(thing.territory, listing)),
        "published": _moment(thing.published),
        "updated": _moment(thing.updated),
        "start": _moment(thing.start_time),
        "end": _moment(thing.end_time),
        "location": "; ".join(_names(thing.location, listing)),
        "license": thing.license.iri if thing.license else "",
        "origin": origin.iri if (origin := getattr(thing, "origin", None)) else "",
    }


def _words(text: Text | None) -> str:
    return plain(text.primary) if text else ""


def _names(refs: tuple[Ref, ...], listing: Listing) -> list[str]:
    """What things are called: as the list says, as they say themselves, else their address."""
    return [name for ref in refs if (name := listing.names.get(ref.iri) or _own_name(ref) or ref.iri)]


def _own_name(ref: Ref) -> str:
    return _words(ref.thing.name) if isinstance(ref.thing, Object) else ""


def _moment(at: datetime | None) -> str:
    return at.isoformat() if at else ""


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
