"""Excel workbooks (.xlsx): each sheet a table, each row a thing. Reads only.

Spec: ECMA-376 Part 1 §18.
"""

from __future__ import annotations

import contextlib
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING

from node.contracts import Draft, File, Format, Unread
from node.domain.packed import parts_of, repacked
from node.domain.rows import MOST_COLUMNS, MOST_ROWS, Table, table
from node.errors import Invalid

if TYPE_CHECKING:
    from openpyxl import Workbook

#: So many rows without anything end a sheet: some claim a million.
_MOST_EMPTY = 500
_DAMAGED = (KeyError, ValueError, IndexError, TypeError, AttributeError, ArithmeticError, EOFError, zlib.error)


def read(file: File) -> Iterator[Draft | Unread]:
    """A draft for each row of each sheet that has a title or a text; sheets without are told when others have one."""
    sheets = _sheets(file)
    filled = [(title, rows) for title, rows in sheets if rows]
    if not filled:
        raise Invalid(f"{file.name}: this workbook is empty")
    for title, rows in filled:
        name = file.name if len(filled) == 1 else f"{file.name}, {title}"
        first, header = rows[0]
        try:
            known = table(name, header, file.columns)
        except Invalid as fault:
            if len(filled) == 1:
                raise
            yield Unread(source=name, reason=str(fault).removeprefix(f"{name}: "))
            continue
        if known.unknown:
            yield Unread(source=f"{name}, row {first}", reason=known.complaint)
        yield from _drafts(name, known, rows[1:])


def _drafts(name: str, known: Table, rows: Sequence[tuple[int, list[str]]]) -> Iterator[Draft | Unread]:
    for number, cells in rows[:MOST_ROWS]:
        source = f"{name}, row {number}"
        try:
            told = known.told(number, cells)
        except Invalid as fault:
            yield Unread(source=source, reason=str(fault))
            continue
        if told is not None:
            yield Draft(thing=told.thing, source=source, topics=told.topics, options=told.options)
    if len(rows) > MOST_ROWS:
        reason = f"this and all below: a table may have {MOST_ROWS} rows; split it"
        yield Unread(source=f"{name}, row {rows[MOST_ROWS][0]}", reason=reason)


def _sheets(file: File) -> list[tuple[str, list[tuple[int, list[str]]]]]:
    """The rows of each sheet, by its title."""
    # imported here: a node that serves reads no workbooks
    import openpyxl  # noqa: PLC0415

    parts = parts_of(file.name, file.content, ("",))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it does not know of a workbook is no row
            book = openpyxl.load_workbook(repacked(parts), read_only=True, data_only=True)
            with contextlib.closing(book):
                return [(title, list(_rows(book, title))) for title in book.sheetnames]
    except (*_DAMAGED, zipfile.BadZipFile, SyntaxError, OSError) as fault:
        # The reader trusts what Excel wrote, and says what it misses in many ways.
        raise Invalid(f"{file.name}: this is no Excel workbook, or it is damaged; save it as .xlsx") from fault


def _rows(book: Workbook, title: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet that have anything in them, with their number; a sheet of charts has none."""
    sheet = book[title]
    empty = 0
    found = sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True) if hasattr(sheet, "iter_rows") else iter(())
    for number, cells in enumerate(islice(found, 2 * MOST_ROWS), start=1):
        words = [_words(cell) for cell in cells]
        while words and not words[-1]:
            words.pop()
        empty = 0 if words else empty + 1
        if empty > _MOST_EMPTY:
            return
        if words:
            yield number, words


def _words(cell: object) -> str:
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    words = cell.isoformat() if isinstance(cell, (datetime, date, time)) else cell
    return "" if words is None else str(words)


FORMAT = Format(
    name="xlsx",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    extension="xlsx",
    loses={
        "fr": "Formules (leur résultat reste), couleurs, commentaires, images, et ce qui n’a pas de colonne connue.",
        "en": "Formulas (their result stays), colours, comments, images, and what has no known column.",
    },
    read=read,
)
