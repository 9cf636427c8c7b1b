"""A list of resources as a book."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, fromstring

from node.contracts import Listing
from node.formats.epub import FORMAT, write
from vocab.things.concept import Concept
from vocab.things.object import Object
from vocab.things.practice_note import PracticeNote
from vocab.values import Ref, Text

OPF, DC, XHTML = "{http://www.idpf.org/2007/opf}", "{http://purl.org/dc/elements/1.1/}", "{http://www.w3.org/1999/xhtml}"
CONTENT = (
    '<p>Un&nbsp;texte<br>avec <em>soin</em> &amp; <a href="https://x.example/?a=1&amp;b=2">un lien</a></p><script>x</script><hr>'
)


def note(name: str, place: int = 1, content: str = CONTENT) -> PracticeNote:
    return PracticeNote(
        id=f"https://n.example/ressources/{place}",
        name=Text.of(name, "fr"),
        content=Text.of(content, "fr"),
        license=Ref("https://creativecommons.org/licenses/by/4.0/"),
        attributed_to=(Ref("https://n.example/personnes/a"),),
        published=datetime(2026, 11, 22, tzinfo=UTC),
    )


def book(*things: Object, title: str = "Un <carnet>") -> zipfile.ZipFile:
    listing = Listing(
        things=things,
        title=title,
        iri="https://n.example/ressources/c?contenu=oui",
        language="fr",
        publisher="Carrefour",
        changed_at=datetime(2026, 11, 22, 12, tzinfo=UTC),
        names={"https://n.example/personnes/a": "Mireille Côté"},
    )
    assert write(listing) == write(listing)
    return zipfile.ZipFile(io.BytesIO(write(listing)))


def page(made: zipfile.ZipFile, name: str) -> Element:
    return fromstring(made.read(f"EPUB/{name}"))  # noqa: S314 - we wrote it


def test_a_book_begins_with_its_type_and_names_all_its_files() -> None:
    made = book(note("1. Un"), note("1.1. Deux", 2))
    first = made.infolist()[0]
    assert (first.filename, first.compress_type, made.read("mimetype")) == (
        "mimetype",
        zipfile.ZIP_STORED,
        b"application/epub+zip",
    )
    assert b'full-path="EPUB/livre.opf"' in made.read("META-INF/container.xml")
    package = page(made, "livre.opf")
    items = {item.get("id"): item.get("href") for item in package.iter(f"{OPF}item")}
    assert {f"EPUB/{href}" for href in items.values()} | {"mimetype", "META-INF/container.xml", "EPUB/livre.opf"} == set(
        made.namelist()
    )
    assert [items[ref.get("idref")] for ref in package.iter(f"{OPF}itemref")] == ["table.xhtml", "note-1.xhtml", "note-2.xhtml"]
    assert [item.get("properties") for item in package.iter(f"{OPF}item") if item.get("properties")] == ["nav"]
    assert package.findtext(f".//{DC}title") == "Un <carnet>"
    assert package.findtext(f".//{DC}creator") == "Mireille Côté"
    assert package.findtext(f".//{DC}identifier") == "https://n.example/ressources/c?contenu=oui"
    assert [each.text for each in package.iter(f"{OPF}meta")] == ["2026-11-22T12:00:00Z"]


def test_chapters_are_well_formed_and_harmless() -> None:
    chapter = page(book(note("Un & deux")), "note-1.xhtml")
    text = "".join(chapter.itertext())
    assert chapter.findtext(f".//{XHTML}h1") == "Un & deux"
    assert "Un\u00a0texte" in text
    assert "x" not in [element.text for element in chapter.iter(f"{XHTML}script")]
    assert {element.get("href") for element in chapter.iter(f"{XHTML}a")} >= {"https://x.example/?a=1&b=2"}
    assert "Mireille Côté" in text
    assert "creativecommons.org/licenses/by/4.0" in text


def test_the_table_of_contents_follows_the_numbers_of_the_titles() -> None:
    made = book(note("1. Un"), note("1.1. Deux", 2), note("1.1.1. Trois", 3), note("2. Quatre", 4))
    top = page(made, "table.xhtml").find(f".//{XHTML}nav/{XHTML}ol")
    assert top is not None
    assert [item.findtext(f"{XHTML}a") for item in top.findall(f"{XHTML}li")] == ["1. Un", "2. Quatre"]
    assert top.findtext(f"{XHTML}li/{XHTML}ol/{XHTML}li/{XHTML}ol/{XHTML}li/{XHTML}a") == "1.1.1. Trois"
    flat = page(book(note("Un"), note("Deux", 2)), "table.xhtml").find(f".//{XHTML}nav/{XHTML}ol")
    assert flat is not None
    assert len(flat.findall(f"{XHTML}li")) == 2


def test_a_book_of_nothing_is_still_a_book() -> None:
    made = book(title="")
    assert page(made, "livre.opf").findtext(f".//{DC}title") == "Carrefour"
    assert page(made, "table.xhtml").find(f".//{XHTML}li") is not None
    assert not FORMAT.accepts(Concept(id="https://n.example/termes/1"))


def test_pictures_of_here_go_along_and_others_leave_their_words() -> None:
    ours, theirs = (f"https://{host}/media/{'a' * 64}.png" for host in ("n.example", "m.example"))
    text = f'<p>Voici<img src="{ours}" alt="Un plan" width="9" loading="lazy"> et <img src="{theirs}" alt="Une photo"></p>'
    listing = Listing(things=(note("Un", content=text),), language="fr", pictures={ours: b"\x89PNG"})
    made = zipfile.ZipFile(io.BytesIO(write(listing)))
    held = f"images/{'a' * 64}.png"
    assert made.read(f"EPUB/{held}") == b"\x89PNG"
    assert [(item.get("href"), item.get("media-type")) for item in page(made, "livre.opf").iter(f"{OPF}item")][-1] == (
        held,
        "image/png",
    )
    [image] = page(made, "note-1.xhtml").iter(f"{XHTML}img")
    assert image.attrib == {"src": held, "alt": "Un plan"}
    assert "Une photo" in made.read("EPUB/note-1.xhtml").decode()
    assert theirs not in made.read("EPUB/note-1.xhtml").decode()
