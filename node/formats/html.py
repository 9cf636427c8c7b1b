"""Web pages that somebody saved, or exported from a tool: one resource each, its text without what stands around it. Reads only.

Spec: HTML §4.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urljoin, urlsplit

from node.contracts import Draft, File, Format
from node.domain.documents import Card, options, resource
from node.domain.html import visible
from node.errors import Invalid

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: In bytes. A page saved from a browser is that large only with its pictures in it.
_LARGEST = 5 * 1024 * 1024
_AROUND = "script style noscript template nav footer aside form button select svg math iframe object dialog title".split()  # noqa: SIM905
_TEXTS = ("//article", "//main", "//*[@role='main']", "//*[@id='content' or @id='contenu']", "//body")
#: Of several articles none is the page's own: then a list of them is.
_TITLE_TAIL = re.compile(r"\s+[|·—–]\s+[^|·—–]+$")
_SEPARATORS = re.compile(r"[;,]")
#: Names of what a page says of itself, the surest first.
_SAID = {
    "title": ("citation_title", "dc.title", "dcterms.title", "og:title"),
    "authors": ("citation_author", "dc.creator", "dcterms.creator", "author", "article:author"),
    "published": ("article:published_time", "citation_publication_date", "dcterms.issued", "dc.date", "dcterms.created", "date"),
    "updated": ("article:modified_time", "dcterms.modified", "last-modified"),
    "summary": ("dcterms.abstract", "dc.description", "description", "og:description"),
    "keywords": ("keywords", "dc.subject", "dcterms.subject", "article:tag", "citation_keywords"),
    "license": ("dcterms.license", "dc.rights", "dcterms.rights"),
    "origin": ("og:url",),
}


def read(file: File) -> Iterator[Draft]:
    """One resource; Invalid says in one line why the page is not read."""
    # imported here: a node that serves reads no pages
    from lxml import etree, html  # noqa: PLC0415

    is_wide = file.content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if len(file.content) > _LARGEST or (not is_wide and b"\x00" in file.content[:1000]):
        raise Invalid(
            f"{file.name}: this page is longer than {_LARGEST // 1024 // 1024} MB, or no text; save it as HTML in UTF-8"
        )
    try:
        # nothing is fetched, and of a page nested deeper than 255 the rest is left
        root = html.document_fromstring(_decoded(file.content), parser=html.HTMLParser(no_network=True, encoding="utf-8"))
    except (etree.LxmlError, ValueError, AssertionError) as fault:
        raise Invalid(f"{file.name}: this is no page of HTML") from fault
    card = _card(root)
    body = _text(root)
    for element in body.iter():
        element.attrib.pop("class", None)
    for link in body.iter("a"):
        if address := _address(card.origin, link.get("href", "")):
            link.set("href", address)
    markup = html.tostring(body, encoding="unicode")
    yield Draft(thing=resource(file.name, markup, card), source=file.name, topics=card.keywords, options=options(card))


def _decoded(content: bytes) -> bytes:
    """The page in UTF-8, whatever it says it is in; without what would stop the reader."""
    declared = re.search(rb"""<meta[^>]{1,200}charset\s*=\s*["']?([A-Za-z0-9_.:-]{1,40})""", content[:4096], re.IGNORECASE)
    marked = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ""
    for coding in filter(None, (marked, "utf-8-sig", declared[1].decode("ascii") if declared else "")):
        try:
            return visible(content.decode(coding)).encode()
        except (UnicodeError, LookupError):
            continue
    return visible(content.decode("cp1252", "replace")).encode()


def _card(root: HtmlElement) -> Card:
    """What the page says of itself, in the words of several conventions."""
    said: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        said.setdefault(name, []).append(" ".join((meta.get("content") or "").split()))
    found = {field: [word for name in names for word in said.get(name, ()) if word] for field, names in _SAID.items()}
    first = {field: words[0] if words else "" for field, words in found.items()}
    title = " ".join((root.findtext(".//title") or "").split())
    return Card(
        title=first["title"] or _TITLE_TAIL.sub("", title),
        authors=tuple(dict.fromkeys(_of_one_name(found["authors"], said, "authors"))),
        published=first["published"] or next((time.get("datetime", "") for time in root.iter("time")), ""),
        updated=first["updated"],
        language=(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip(),
        summary=first["summary"],
        keywords=tuple(dict.fromkeys(_split(_of_one_name(found["keywords"], said, "keywords")))),
        license=_linked(root, "license") or first["license"],
        origin=_linked(root, "canonical") or first["origin"],
    )


def _of_one_name(found: list[str], said: dict[str, list[str]], field: str) -> list[str]:
    """All that the surest of the names says: two conventions in one page say the same twice."""
    return next(([word for word in said[name] if word] for name in _SAID[field] if any(said.get(name, ()))), found)


def _split(words: Iterable[str]) -> Iterator[str]:
    for each in words:
        yield from (word for part in _SEPARATORS.split(each) if (word := part.strip()))


def _linked(root: HtmlElement, relation: str) -> str:
    links = (link for tag in ("link", "a") for link in root.iter(tag) if relation in link.get("rel", "").lower().split())
    return next((address for link in links if (address := link.get("href", "").strip()).startswith(("http://", "https://"))), "")


def _text(root: HtmlElement) -> HtmlElement:
    """The part of the page that is its text, without what stands around it."""
    for element in list(root.iter(*_AROUND)):
        element.drop_tree()
    found = (root.xpath(path) for path in _TEXTS)
    body: HtmlElement = next((parts[0] for parts in found if len(parts) == 1), root)
    return body


def _address(origin: str, address: str) -> str:
    """The address of a link in full, without the detour that an export of Google puts before it."""
    try:
        parts = urlsplit(address.strip())
        if parts.netloc == "www.google.com" and parts.path == "/url":
            return parse_qs(parts.query).get("q", [address])[0]
        return urljoin(origin, address.strip()) if origin else address.strip()
    except ValueError:
        return ""


FORMAT = Format(
    name="html",
    media_type="text/html",
    extension="html",
    loses={
        "fr": "Images, mise en page, et ce qui entoure le texte : menus, formulaires, pieds de page.",
        "en": "Images, layout, and what stands around the text: menus, forms, footers.",
    },
    read=read,
)
