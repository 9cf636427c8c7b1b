"""Word documents: what a word processor wrote, and what none would write."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kit.packing import DOCUMENT, RELATIONS, docx, packed, paragraph
from node.contracts import Draft, File
from node.errors import Invalid
from node.formats.docx import read
from vocab.things.object import Object
from vocab.values import Text

BODY = (
    paragraph("La visite", "Titre")
    + paragraph("Une visite d’accueil prend moins d’une heure, et elle évite bien des malentendus dans les premiers mois.")
    + paragraph("Détail", "Titre1")
    + "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>gras</w:t></w:r><w:del><w:r><w:delText>biffé</w:delText></w:r></w:del></w:p>"
)


def read_one(content: bytes, name: str = "ma_visite.docx") -> tuple[Draft, Object]:
    (draft,) = read(File(name=name, content=content))
    assert isinstance(draft.thing, Object)
    return draft, draft.thing


def test_a_document_with_what_it_says_of_itself() -> None:
    draft, thing = read_one(docx(BODY))
    assert thing.name == Text.of("La visite", "fr")
    assert thing.content == Text.of(
        "<p>Une visite d’accueil prend moins d’une heure, et elle évite bien des malentendus dans les premiers mois.</p>"
        "<h2>Détail</h2><p><strong>gras</strong></p>",
        "fr",
    )
    assert (draft.options, draft.topics) == ({"author": "Marie Roy; Luc Côté"}, ("accueil", "bail"))
    assert (thing.published, thing.updated) == (datetime(2023, 5, 4, 10, tzinfo=UTC), datetime(2024, 1, 2, tzinfo=UTC))
    assert draft.source == "ma_visite.docx"


def test_without_a_heading_it_is_called_as_it_says_and_else_as_its_file() -> None:
    assert read_one(docx(paragraph("Un texte.")))[1].name == Text.of("Document Word")
    assert read_one(docx(paragraph("Un texte."), **{"docProps/core.xml": ""}))[1].name == Text.of("ma visite")


BOMB = '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 rien", "damaged"),
        (b"\xd0\xcf\x11\xe0 old Word", "not what its name says"),
        (packed({"a.txt": "x"}), "no Word document"),
        (docx(""), "no text"),
        (docx(paragraph("x"), **{"word/document.xml": f"{BOMB}<a>&c;</a>"}), "entities"),
        (docx(paragraph("x"), **{"word/styles.xml": f"{BOMB}<a>&c;</a>".encode("utf-16")}), "entities"),
        (docx(paragraph("x"), **{"docProps/core.xml": f"{BOMB}<a>&c;</a>"}), "entities"),
        (docx(paragraph("x"), **{"word/document.xml": "<w:document"}), "damaged"),
        (docx("<w:sdt><w:sdtContent>" * 5_000 + "</w:sdtContent></w:sdt>" * 5_000), "damaged"),
        (docx(paragraph("mot " * 70_000)), "longer than"),
        (docx(paragraph("mot") * 120_000), "longer than the reader takes"),
    ],
)
def test_what_is_no_document_is_refused_in_one_line(content: bytes, reason: str) -> None:
    with pytest.raises(Invalid, match=reason) as refused:
        read_one(content)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("path", ["word/text.bin", "elsewhere/document.xml"])
def test_a_document_cannot_lead_to_a_text_that_nobody_weighed(path: str) -> None:
    leads = RELATIONS.replace("word/document.xml", path)
    _, thing = read_one(docx(paragraph("pesé"), **{"_rels/.rels": leads, path: DOCUMENT.format(paragraph("jamais vu"))}))
    assert thing.content == Text.of("<p>pesé</p>")


def test_more_than_any_document_holds_does_not_come_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("node.domain.packed.LARGEST_DOCUMENT", 100_000)
    with pytest.raises(Invalid, match="come out"):
        read_one(docx(paragraph("x"), **{"word/media/a.png": b"\x00" * 200_000}))
