"""A web page as the lines that people see, each with its links and its place in the page's HTML.

What is no text of the page (navigation, buttons, forms, scripts) is left out; small pictures written as words ("lock_open") stay
in the lines, where they tell something, and leave the HTML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from node.domain.html import visible
from node.errors import Invalid

if TYPE_CHECKING:
    from lxml.etree import _Element

_SILENT_TAGS = "script style noscript template svg math iframe object nav footer form select textarea head dialog button"
_INLINE_TAGS = "a abbr b bdi cite code del em i ins kbd mark q s samp small span strong sub sup time u var"
_SILENT = frozenset(_SILENT_TAGS.split())
_INLINE = frozenset(_INLINE_TAGS.split())
_EMPTY = frozenset({"br", "hr"})
_ATTRIBUTES = ("lang", "dir", "title", "start", "colspan", "rowspan", "datetime")
_ICON = re.compile(r"(?:^|\s)(?:material-icons|material-symbols|q-icon|mdi|fa[srb]?|icon)(?:[\s_-]|$)")
#: In characters. A page of Praxis has 100 kB at most, most of it for the browser.
_LARGEST = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a page: its words, where its links lead (words, address), and from where to where it stands in the HTML."""

    text: str
    links: tuple[tuple[str, str], ...] = ()
    start: int = 0
    end: int = 0
    is_title: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A page: its lines, its HTML (not cleaned) or its text, the address and the licence that it gives itself ("" for none)."""

    lines: tuple[Line, ...]
    markup: str
    is_html: bool = True
    address: str = ""
    license: str = ""


@dataclass(slots=True)
class _Writing:
    """What was written so far. `words` and `links` are those of the line that is going on."""

    base: str
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    lines: list[Line] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    start: int = 0
    title: int = 0

    def put(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def end_line(self) -> None:
        text = re.sub(r"\s+([,.)])", r"\1", " ".join(" ".join(self.words).split()))
        if text:
            is_title = self.title > 0
            line = Line(text=text, links=tuple(self.links), start=self.start, end=self.length, is_title=is_title)
            self.lines.append(line)
        self.words, self.links, self.start = [], [], self.length


def scan_text(text: str) -> Scan:
    """The lines of a page that somebody copied as text, the first of which is its title."""
    found = [match for match in re.finditer(r"[^\n]+", text) if match[0].strip()]
    lines = (
        Line(text=match[0].strip(), start=match.start(), end=match.end(), is_title=place == 0)
        for place, match in enumerate(found)
    )
    return Scan(lines=tuple(lines), markup=text, is_html=False)


def scan(name: str, content: bytes) -> Scan:
    """The lines of an HTML page; raises Invalid when there are none."""
    # imported here: a node that serves reads no files
    from lxml import etree  # noqa: PLC0415

    text = visible(content.decode("utf-8-sig", "replace"))
    if len(text) > _LARGEST:
        raise Invalid(f"{name}: this page is longer than {_LARGEST // 1000} kB; save the page alone, without pictures")
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    root = etree.fromstring(text.encode(), parser) if text.strip() else None
    if root is None:
        raise Invalid(f"{name}: there is nothing in this page")
    address = _address(root)
    writing = _Writing(base=address)
    _write(_content(root), writing)
    licence = next((_led(address, str(link)) for link in root.xpath("//a[@rel='license']/@href")), "")
    return Scan(lines=tuple(writing.lines), markup="".join(writing.pieces), address=address, license=licence)


def _content(root: _Element) -> _Element:
    """What the page is about: its only <main>, else all of its body."""
    mains = root.findall(".//main")
    body = root.find("body")
    return mains[0] if len(mains) == 1 else root if body is None else body


def _address(root: _Element) -> str:
    said = (*root.xpath("//link[@rel='canonical']/@href"), *root.xpath("//meta[@property='og:url']/@content"))
    return next((address for each in said if (address := _web(str(each)))), "")


def _web(address: str) -> str:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return address.strip() if parts.scheme in {"http", "https"} and parts.netloc else ""


def _write(content: _Element, writing: _Writing) -> None:
    for event, element in _walked(content):
        tag = str(element.tag)
        if event == "start":
            _open(element, tag, writing)
        else:
            _close(element, tag, writing, is_last=element is content)
    writing.end_line()


def _walked(content: _Element) -> Iterator[tuple[str, _Element]]:
    from lxml import etree  # noqa: PLC0415 - as above

    walk = etree.iterwalk(content, events=("start", "end"))
    for event, element in walk:
        if event == "start" and (element.tag in _SILENT or _is_hidden(element)):
            walk.skip_subtree()
            element.text = None
        yield event, element


def _is_hidden(element: _Element) -> bool:
    return element.get("aria-hidden") == "true" and not _is_icon(element)


def _is_icon(element: _Element) -> bool:
    return _ICON.search(element.get("class", "")) is not None and len(element) == 0


def _open(element: _Element, tag: str, writing: _Writing) -> None:
    if tag not in _INLINE:
        writing.end_line()
    writing.title += tag == "h1"
    if _is_icon(element):
        writing.words.append(element.text or "")
        return
    if tag in _SILENT:
        return
    said = {name: value for name in _ATTRIBUTES if (value := element.get(name))}
    if tag == "a" and (address := _led(writing.base, element.get("href", ""))):
        said["href"] = address
        writing.links.append((" ".join("".join(element.itertext()).split()), address))
    attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in said.items())
    writing.put(f"<{tag}{attributes}>")
    _say(element.text, writing)


def _close(element: _Element, tag: str, writing: _Writing, *, is_last: bool) -> None:
    if tag not in _SILENT and tag not in _EMPTY and not _is_icon(element):
        writing.put(f"</{tag}>")
    if tag not in _INLINE:
        writing.end_line()
    writing.title -= tag == "h1"
    if not is_last:
        _say(element.tail, writing)


def _say(text: str | None, writing: _Writing) -> None:
    if text:
        writing.put(html.escape(text, quote=False))
        writing.words.append(text)


def _led(base: str, link: str) -> str:
    try:
        return _web(urljoin(base, link))
    except ValueError:
        return ""
