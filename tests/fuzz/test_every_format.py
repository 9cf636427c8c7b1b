"""Every reader of files gives drafts, what it could not read, or one line why; nothing else, whatever the bytes."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile
from collections.abc import Iterator

import openpyxl
import pytest

from kit.packing import docx, odt, packed, paragraph
from node import formats
from node.collect import collect
from node.contracts import Draft, File, Format, Unread
from node.domain.packed import is_zip
from node.errors import Invalid
from vocab import jsonld

TRIES = 40
PIECES = [
    b'"',
    b"\x00",
    b"<",
    b">",
    b"&",
    b"{",
    b"}",
    b"\\",
    b"\n",
    b"\r",
    b"\xff",
    "é".encode(),
    b"9" * 30,
    b"null",
    b"[]",
    b"TY  - ",
]


def workbook() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (["titre", "date", "sujets"], ["A", None, "x; y"], ["B", "2023-05-04", None]):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


SAMPLES: dict[str, bytes] = {
    "csv": 'titre,contenu,date,début,genre\nA,"Un ""mot""",2023-05-04,,outil\nB,<p>x</p>,,2024-01-01 10:00,\n'.encode(),
    "html": b'<!doctype html><html lang="fr"><title>T</title><meta name="author" content="A"><main><h1>T</h1><p>x <a href="y">z',
    "bibtex": b"@article{a, title={T {x}}, author={A B and C, D}, year=2019, month=mar}\n@book{b, title={U}}\n",
    "ris": b"TY  - JOUR\nTI  - T\nAU  - A, B\nPY  - 2019/03\nER  - \n",
    "csl": b'[{"id": 1, "title": "T", "author": [{"family": "A"}], "issued": {"date-parts": [[2019, 3]]}}, {"title": "U"}]',
    "docx": docx(paragraph("Titre", "Titre1") + paragraph("Un texte.")),
    "odt": odt(
        '<text:h text:outline-level="1">T</text:h><text:list><text:list-item><text:p>x</text:p></text:list-item></text:list>'
    ),
    "xlsx": workbook(),
}


def spoiled(sample: bytes, drawn: random.Random) -> bytes:
    """The sample with some pieces put in, taken out, or put elsewhere."""
    found = bytearray(sample)
    for _ in range(drawn.randint(1, 4)):
        at, end = sorted(drawn.randrange(len(found) + 1) for _ in "ab")
        piece = drawn.choice([drawn.choice(PIECES), bytes(found[at : min(end, at + 40)]), b""])
        found[at : at + drawn.randint(0, 12)] = piece
    return bytes(found)


def spoiled_within(sample: bytes, drawn: random.Random) -> bytes:
    """A document of which one part is spoiled, packed soundly."""
    with zipfile.ZipFile(io.BytesIO(sample)) as archive:
        parts: dict[str, str | bytes] = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    chosen = drawn.choice(sorted(parts))
    said = parts[chosen]
    parts[chosen] = spoiled(said if isinstance(said, bytes) else said.encode(), drawn)
    return packed(parts)


def tries(sample: bytes, drawn: random.Random) -> Iterator[bytes]:
    yield from (b"", b"\x00", b"PK\x03\x04")
    for number in range(TRIES):
        yield spoiled_within(sample, drawn) if is_zip(sample) and number % 3 else spoiled(sample, drawn)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_whatever_the_bytes(name: str) -> None:
    form, drawn = collect(formats, "FORMAT", Format)[name], random.Random(f"a {name}")  # noqa: S311 -- to spoil things
    assert form.read is not None
    assert all(isinstance(part, Draft) for part in form.read(File(name=f"f.{name}", content=SAMPLES[name])))
    for content in tries(SAMPLES[name], drawn):
        with contextlib.suppress(Invalid):
            for part in form.read(File(name=f"f.{name}", content=content)):
                assert isinstance(part, (Draft, Unread)), content
                if isinstance(part, Draft):
                    assert jsonld.read(jsonld.dump(part.thing)) == part.thing, content
