"""RIS, both ways; rispy reads what is written."""

from __future__ import annotations

import pytest
import rispy

from node.contracts import Draft, File, Listing, Unread
from node.errors import Invalid
from node.formats.ris import FORMAT, read
from vocab.things.object import Object
from vocab.things.practice_note import PracticeNote
from vocab.values import Ref, Text

SOURCE = """TY  - JOUR
AU  - Wenger, Etienne
AU  - Lave, Jean
TI  - Les communautés de pratique
PY  - 2019/03/04/
T2  - Revue
VL  - 3
IS  - 2
SP  - 1
EP  - 10
DO  - 10.1234/abc
KW  - pratique
KW  - bail
AB  - Un résumé du texte.
SN  - 1234-5678
XX  - inconnu
ER  -

TY  - BOOK
AU  - Côté, Luc
ER  -

TY  - WEB
T1  - Une page pour la communauté
UR  - https://a.example/page
Y1  - 2020
ER  -
"""


def parts(content: str | bytes) -> list[Draft | Unread]:
    return list(read(File(name="r.ris", content=content.encode() if isinstance(content, str) else content)))


def thing_of(part: Draft | Unread) -> Object:
    assert isinstance(part, Draft), part
    assert isinstance(part.thing, Object)
    return part.thing


def test_a_record_finds_its_place() -> None:
    first, told, page = parts(SOURCE.replace("\n", "\r\n"))
    thing = thing_of(first)
    assert [text.primary for text in thing.creator] == ["Wenger, Etienne", "Lave, Jean"]
    assert (thing.issued, thing.identifier) == ("2019-03-04", ("doi:10.1234/abc", "issn:1234-5678"))
    assert thing.citation == (Text.of("Revue, vol. 3, no 2, p. 1–10", "fr"),)
    assert isinstance(first, Draft)
    assert first.topics == ("pratique", "bail")
    assert isinstance(told, Unread)
    assert (told.source, told.reason) == ("r.ris, record 2", "it has no title")
    assert (thing_of(page).origin, thing_of(page).issued) == (Ref("https://a.example/page"), "2020")


def test_what_is_written_is_read_again() -> None:
    things = [thing_of(part) for part in parts(SOURCE) if isinstance(part, Draft)]
    assert FORMAT.write
    again = [thing_of(part) for part in parts(FORMAT.write(Listing(things=things)))]
    for name in ("name", "creator", "issued", "identifier", "citation", "platform_category"):
        assert [getattr(thing, name) for thing in again] == [getattr(thing, name) for thing in things], name


def test_rispy_reads_what_is_written_and_no_title_makes_a_line_of_its_own() -> None:
    note = PracticeNote(id="https://a.example/r/1", name=Text.of("Titre\r\nER  - \nTY  - BOOK"), creator=(Text.of("Roy, Marie"),))
    assert FORMAT.write
    (record,) = rispy.loads(FORMAT.write(Listing(things=[note], publisher="Savoirs")).decode())
    assert record["title"] == "Titre ER - TY - BOOK"
    assert (record["authors"], record["urls"], record["type_of_reference"]) == (["Roy, Marie"], ["https://a.example/r/1"], "ELEC")


@pytest.mark.parametrize("content", [b"", b"Bonjour", b"\xff\xfe"])
def test_what_is_no_ris_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid, match=r"r\.ris"):
        parts(content)


def test_a_record_that_is_not_closed_is_told_and_the_next_one_read() -> None:
    told, after = parts("TY  - BOOK\nTI  - A\n\nTY  - BOOK\nTI  - B\nER  - \n")
    assert isinstance(told, Unread)
    assert thing_of(after).name == Text.of("B")
