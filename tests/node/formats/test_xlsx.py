"""Workbooks, as openpyxl writes them."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest

from kit.packing import packed
from node.contracts import Draft, File, Unread
from node.errors import Invalid
from node.formats.xlsx import read
from vocab.things.object import Object
from vocab.values import Text


def book(**sheets: list[list[Any]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def parts(content: bytes) -> list[Draft | Unread]:
    return list(read(File(name="t.xlsx", content=content)))


def test_every_sheet_is_a_table() -> None:
    first: list[list[Any]] = [["Titre", "Date", "Sujets", "Cote"], ["A", datetime(2023, 5, 4), "x; y", 3.0], [], ["B", "hier"]]  # noqa: DTZ001
    second: list[list[Any]] = [["titre", "id", "contenu"], ["C", 7.0, True], ["D", 8, date(2020, 1, 2)]]
    told, one, bad, *others, chart = parts(book(Notes=first, Autres=second, Vide=[], Chiffres=[["a"], [1]]))
    assert isinstance(told, Unread)
    assert "« Cote »" in told.reason
    assert isinstance(one, Draft)
    assert isinstance(one.thing, Object)
    assert (one.source, one.topics, one.thing.name) == ("t.xlsx, Notes, row 2", ("x", "y"), Text.of("A"))
    assert one.thing.published == datetime(2023, 5, 4, tzinfo=UTC)
    assert isinstance(bad, Unread)
    assert bad.source == "t.xlsx, Notes, row 4"
    assert [part.options["key"] for part in others if isinstance(part, Draft)] == ["t.xlsx, Autres#7", "t.xlsx, Autres#8"]
    assert [
        part.thing.content.primary
        for part in others
        if isinstance(part, Draft) and isinstance(part.thing, Object) and part.thing.content
    ] == [
        "<p>oui</p>",
        "<p>2020-01-02</p>",
    ]
    assert isinstance(chart, Unread)
    assert chart.source == "t.xlsx, Chiffres"


def test_no_more_rows_than_may_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("node.formats.xlsx.MOST_ROWS", 2)
    *_, told = parts(book(Notes=[["titre"], ["A"], ["B"], ["C"]]))
    assert isinstance(told, Unread)
    assert told.source == "t.xlsx, row 4"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"titre\nA\n", "not what its name says"),
        (packed({"a": "b"}), "no Excel workbook"),
        (book(Vide=[]), "empty"),
        (book(Chiffres=[["a"], [1]]), "no column is a title"),
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        parts(content)


def test_entities_are_refused_wherever_they_stand() -> None:
    whole = book(Notes=[["titre"], ["A"]])
    bomb = '<!DOCTYPE a [<!ENTITY b "x">]><sst>&b;</sst>'
    with pytest.raises(Invalid, match="entities"):
        parts(packed({"xl/sharedStrings.xml": bomb, "xl/w.xml": whole}))


def test_what_is_not_looked_at_is_not_read() -> None:
    with zipfile.ZipFile(io.BytesIO(book(Notes=[["titre"], ["A"]]))) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    found["xl/sheet.bin"] = found.pop("xl/worksheets/sheet1.xml")
    for leading in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        found[leading] = found[leading].replace(b"xl/worksheets/sheet1.xml", b"xl/sheet.bin")
    with pytest.raises(Invalid, match="empty"):
        parts(packed(found))
