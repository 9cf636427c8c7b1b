"""EPUB 3: a list of resources as a book, a chapter each, with a table of contents, to be read offline. Writes only.

Spec: EPUB 3.3 §5.
"""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from node.contracts import Format, Listing
from node.domain.html import ANY_NODE, clean
from node.domain.markup import fitting
from node.domain.notebooks import items_of, without_outline
from node.domain.plans import brings_numbers, own_depth
from node.domain.references import is_citable, reference_of
from node.domain.uploads import SHOWN
from vocab.things.notebook import Notebook
from vocab.things.object import Object

#: The same list is the same file, byte for byte: nothing in it tells when it was packed.
_PACKED = (1980, 1, 1, 0, 0, 0)
_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_STYLE = """body { font-family: serif; line-height: 1.5; margin: 5%; }
h1, h2, h3 { line-height: 1.25; font-family: sans-serif; }
img { max-width: 100%; height: auto; }
blockquote { margin: 1em; padding-left: 1em; border-left: 2px solid; }
table { border-collapse: collapse; } td, th { border: 1px solid; padding: .2em .5em; }
.about { font-size: .85em; } nav ol { list-style: none; padding-left: 1em; }
"""
_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/livre.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {"contents": "Table des matières", "source": "Adresse d’origine\u00a0: ", "licence": "Licence\u00a0: "},
    "en": {"contents": "Table of contents", "source": "Original address: ", "licence": "Licence: "},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter: its file, title, language, and body in XHTML; `depth` is how far it is set in."""

    file: str
    title: str
    language: str
    body: str
    depth: int


def write(listing: Listing) -> bytes:
    """The book; what is no text has no chapter."""
    words = _WORDS["en" if listing.language == "en" else "fr"]
    things = [thing for thing in listing.things if is_citable(thing)]
    titles = [thing.name.primary if thing.name else thing.id for thing in things]
    counts = brings_numbers(titles)
    chapters = [
        _chapter(thing, place, title, words, listing, depth=(own_depth(title) or 0) if counts else 0)
        for place, (thing, title) in enumerate(zip(things, titles, strict=True), 1)
    ]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        _put(book, "mimetype", "application/epub+zip", packed=False)
        _put(book, "META-INF/container.xml", _CONTAINER)
        _put(book, "EPUB/livre.opf", _package(listing, things, chapters))
        _put(book, "EPUB/table.xhtml", _contents(listing, chapters, words))
        _put(book, "EPUB/livre.css", _STYLE)
        for chapter in chapters:
            _put(book, f"EPUB/{chapter.file}", _page(chapter.title, chapter.language, chapter.body))
        for address, picture in listing.pictures.items():
            _put(book, f"EPUB/{_file_of(address)}", picture, packed=False)
    return made.getvalue()


def _put(book: zipfile.ZipFile, name: str, content: str | bytes, *, packed: bool = True) -> None:
    entry = zipfile.ZipInfo(name, _PACKED)
    entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    book.writestr(entry, content.encode() if isinstance(content, str) else content)


def _file_of(address: str) -> str:
    """Where a picture lies in the book."""
    return f"images/{address.rpartition('/')[2]}"


def _chapter(
    thing: Object, place: int, title: str, words: Mapping[str, str], listing: Listing, *, depth: int
) -> Chapter:  # fmt: skip
    reference = reference_of(thing, listing.names, listing.publisher)
    items = items_of(thing) if isinstance(thing, Notebook) else ()
    content = thing.content or thing.summary
    language = (content.language if content else "") or thing.in_language or listing.language
    about = [", ".join(reference.authors), reference.issued]
    told = f"<p class='about'>{_text(' · '.join(filter(None, about)))}</p>" if any(about) else ""
    links = [(words["source"], thing.id), (words["licence"], thing.license.iri if thing.license else "")]
    sources = "".join(f"{_text(said)}<a href='{_text(iri)}'>{_text(iri)}</a><br/>" for said, iri in links if _is_web(iri))
    body = f"<h1>{_text(title)}</h1>{told}{_xhtml(without_outline(content.primary, items) if content else '', listing.pictures)}"
    return Chapter(
        file=f"note-{place}.xhtml",
        title=title,
        language=language,
        body=f"{body}<p class='about'>{sources}</p>" if sources else body,
        depth=depth,
    )


def _is_web(iri: str) -> bool:
    return iri.startswith(("https://", "http://"))


def _xhtml(text: str, pictures: Container[str]) -> str:
    """Clean HTML as XHTML: what browsers forgive, a book does not."""
    # imported here: a node that serves pages makes few books
    from lxml import etree  # noqa: PLC0415
    from lxml import html as parser  # noqa: PLC0415

    cleaned = str(clean(text, pictures=ANY_NODE))
    if not cleaned.strip():
        return ""
    root = parser.fragment_fromstring(fitting(cleaned), create_parent="div")
    for element in root.iter():
        for name in ("rel", "lang"):
            said = element.attrib.pop(name, None)
            if name == "lang" and said:
                element.set("{http://www.w3.org/XML/1998/namespace}lang", said)
    for image in list(root.iter("img")):
        address, alt = image.get("src", ""), image.get("alt", "")
        image.attrib.clear()
        if address in pictures:
            image.attrib.update({"src": _file_of(address), "alt": alt})
        else:
            image.tag, image.text = "em", alt
    return str(etree.tostring(root, encoding="unicode", method="xml"))


def _page(title: str, language: str, body: str, *, kind: str = "") -> str:
    said = _text(language) or "und"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml"{kind} xml:lang="{said}" lang="{said}">\n'
        f'<head><meta charset="UTF-8"/><title>{_text(title)}</title>'
        '<link rel="stylesheet" type="text/css" href="livre.css"/></head>\n'
        f"<body>{body}</body>\n</html>\n"
    )


def _contents(listing: Listing, chapters: Sequence[Chapter], words: Mapping[str, str]) -> str:
    opened = f'<nav epub:type="toc" id="table"><h1>{_text(words["contents"])}</h1>{_nested(chapters, words)}</nav>'
    kind = ' xmlns:epub="http://www.idpf.org/2007/ops"'
    return _page(listing.title or words["contents"], listing.language, opened, kind=kind)


def _nested(chapters: Sequence[Chapter], words: Mapping[str, str]) -> str:
    """The table of contents: what is set in stands within what it belongs to."""
    if not chapters:
        return f"<ol><li><a href='table.xhtml'>{_text(words['contents'])}</a></li></ol>"
    out = ["<ol>"]
    level = 0
    for place, chapter in enumerate(chapters):
        depth = min(chapter.depth, level + 1) if place else 0
        if place and depth > level:
            out.append("<ol>")
        elif place:
            out.append("</li>" + "</ol></li>" * (level - depth))
        level = depth
        out.append(f"<li><a href='{chapter.file}'>{_text(chapter.title)}</a>")
    out.append("</li>" + "</ol></li>" * level + "</ol>")
    return "".join(out)


def _package(listing: Listing, things: Iterable[Object], chapters: Sequence[Chapter]) -> str:
    known = [reference_of(thing, listing.names, listing.publisher) for thing in things]
    authors = list(dict.fromkeys(author for each in known for author in each.authors))
    changed = (listing.changed_at or _EVER).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    licences = list(dict.fromkeys(each.license for each in known if each.license))
    said = [
        f'<dc:identifier id="adresse">{_text(listing.iri or listing.here or "urn:maillage")}</dc:identifier>',
        f"<dc:title>{_text(listing.title or listing.publisher or 'Maillage')}</dc:title>",
        f"<dc:language>{_text(listing.language)}</dc:language>",
        *(f"<dc:creator>{_text(author)}</dc:creator>" for author in authors),
        *([f"<dc:publisher>{_text(listing.publisher)}</dc:publisher>"] if listing.publisher else []),
        *(f"<dc:rights>{_text(licence)}</dc:rights>" for licence in licences),
        f'<meta property="dcterms:modified">{changed}</meta>',
    ]
    held = "".join(
        f'<item id="p{place}" href="{_file_of(address)}" media-type="{SHOWN[address.rpartition(".")[2]]}"/>'
        for place, address in enumerate(listing.pictures)
    )
    files = "".join(
        f'<item id="n{place}" href="{chapter.file}" media-type="application/xhtml+xml"/>'
        for place, chapter in enumerate(chapters)
    )
    order = "".join(f'<itemref idref="n{place}"/>' for place in range(len(chapters)))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="adresse">\n'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{"".join(said)}</metadata>\n'
        '<manifest><item id="table" href="table.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        f'<item id="style" href="livre.css" media-type="text/css"/>{files}{held}</manifest>\n'
        f'<spine><itemref idref="table"/>{order}</spine>\n</package>\n'
    )


def _text(words: str) -> str:
    return html.escape(fitting(words))


FORMAT = Format(
    name="epub",
    media_type="application/epub+zip",
    extension="epub",
    loses={
        "fr": "Les pièces jointes, et les images d’autres nœuds ; les sujets et les territoires ; ce qui n’est pas un texte.",
        "en": "Attachments, and pictures of other nodes; topics and territories; whatever is no text.",
    },
    write=write,
    accepts=is_citable,
    holds_pictures=True,
)
