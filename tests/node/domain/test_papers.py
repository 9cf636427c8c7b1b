from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest
from PIL import Image

from kit.multipart import photograph
from node.domain.papers import Unreadable, as_shown, without_author

WRITER = "<dc:creator>Mireille Tremblay</dc:creator>"
OOXML = {
    "[Content_Types].xml": "<Types/>",
    "docProps/core.xml": f"<cp:coreProperties>{WRITER}</cp:coreProperties>",
    "docProps/app.xml": "<Properties><Company>Mireille inc.</Company></Properties>",
    "docProps/custom.xml": "<Properties>Mireille</Properties>",
    "word/document.xml": "<w:document>Bilan</w:document>",
}
ODF = {"mimetype": "application/vnd.oasis.opendocument.text", "meta.xml": WRITER, "content.xml": "<text>Bilan</text>"}


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text, zipfile.ZIP_STORED if name == "mimetype" else None)
    return written.getvalue()


@pytest.mark.parametrize("parts", [OOXML, ODF])
def test_the_properties_of_a_document_are_empty_and_its_text_is_the_same(parts: dict[str, str]) -> None:
    made = without_author(packed(parts))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        found = {name: archive.read(name).decode() for name in archive.namelist()}
        assert list(found) == list(parts)
        first = archive.infolist()[0]
        assert (first.compress_type == zipfile.ZIP_STORED) == (first.filename == "mimetype")
    changed = {name for name in parts if found[name] != parts[name]}
    assert changed == {name for name in parts if name.startswith(("docProps", "meta.xml"))}
    assert not [name for name in found if "Mireille" in found[name]]


def test_a_photograph_in_a_document_is_the_same_without_what_its_camera_wrote() -> None:
    given = photograph()
    with zipfile.ZipFile(io.BytesIO(without_author(packed(OOXML | {"word/media/image1.jpeg": given})))) as archive:
        made = archive.read("word/media/image1.jpeg")
    assert b"Appareil" in given
    assert not [hidden for hidden in (b"Appareil", b"secrete", b"Exif") if hidden in made]
    with Image.open(io.BytesIO(given)) as before, Image.open(io.BytesIO(made)) as after:
        assert before.tobytes() == after.tobytes()
    assert [as_shown(bad) for bad in (b"", b"GIF89a", given[:30], b"\xff\xd8\xff")] == [
        b"",
        b"GIF89a",
        given[:30],
        b"\xff\xd8\xff",
    ]


@pytest.mark.parametrize(
    "parts",
    [
        OOXML | {"_xmlsignatures/sig1.xml": "<Signature/>"},
        ODF | {"META-INF/documentsignatures.xml": "<Signature/>"},
        ODF | {"META-INF/manifest.xml": "<manifest:encryption-data/>"},
        {"word/document.xml": "without properties"},
    ],
)
def test_what_is_signed_sealed_or_without_properties_stays_as_it_is(parts: dict[str, str]) -> None:
    given = packed(parts)
    assert without_author(given) == given


def test_what_is_no_document_is_said_to_be_none(monkeypatch: pytest.MonkeyPatch) -> None:
    given = packed(OOXML)
    for bad in (b"", b"{}", given[:200], given.replace(b"PK\x03\x04", b"PK\x03\x05", 1)):
        with pytest.raises(Unreadable):
            without_author(bad)
    monkeypatch.setattr("node.domain.papers.MOST", 10)
    with pytest.raises(Unreadable):
        without_author(given)
    assert without_author(b"\xd0\xcf\x11\xe0...") == b"\xd0\xcf\x11\xe0..."


def test_changes_and_comments_stay_by_nobody_in_particular() -> None:
    word = b"""<w:p><w:ins w:id="1" w:author="Mireille" w:initials='MT'><w:t> author="Bilan" </w:t></w:ins></w:p>"""
    parts: dict[str, str | bytes] = {
        "word/document.xml": word,
        "word/people.xml": '<w15:person w15:author="Mireille"><w15:presenceInfo w15:userId="Mireille"/></w15:person>',
        "xl/comments1.xml": "<comments><authors><author>Mireille</author></authors></comments>",
        "ppt/commentAuthors.xml": '<p:cmAuthor id="0" name="Mireille" initials="Mireille"/>',
    }
    odf = ODF | {"content.xml": "<office:annotation><dc:creator>Mireille</dc:creator>Bilan</office:annotation>"}
    documents: tuple[Mapping[str, str | bytes], ...] = ({**OOXML, **parts}, odf)
    for given in documents:
        with zipfile.ZipFile(io.BytesIO(without_author(packed(given)))) as archive:
            found = {name: archive.read(name) for name in archive.namelist()}
        assert not [name for name, part in found.items() if b"Mireille" in part]
        assert b"Bilan" in found.get("word/document.xml", b"") + found.get("content.xml", b"")
        if "word/document.xml" in found:
            assert b'> author="Bilan" <' in found["word/document.xml"]


def test_a_document_whose_names_would_not_be_found_is_refused() -> None:
    with pytest.raises(Unreadable):
        without_author(packed({**OOXML, "word/comments.xml": "<x/>".encode("utf-16")}))
