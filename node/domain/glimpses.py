"""What a page of the web says of itself at its head: enough for a card, which whoever shares it may change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import orjson

from node.domain import prose
from node.domain.html import plain, unescaped, visible
from node.domain.licences import licence
from node.domain.tracking import fitting, without_tracking

#: So much of a page is read; so long is what it says of itself.
LONGEST_PAGE, LONGEST_TITLE = 600_000, 200
_TITLES = ("og:title", "citation_title", "dc.title", "twitter:title")
_SUMMARIES = ("og:description", "description", "dc.description", "twitter:description")
_DATES = ("article:published_time", "citation_publication_date", "citation_date", "dc.date", "dcterms.date", "date", "pubdate")
_AUTHORS = ("author", "citation_author", "dc.creator", "article:author")
_RIGHTS = ("dc.rights", "dcterms.license", "dcterms.rights", "copyright")
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?")
_CHARSET = re.compile(rb"""charset\s{0,5}=\s{0,5}["']?([A-Za-z0-9._-]{2,40})""", re.IGNORECASE)
_USUAL = re.compile(r"(?i)utf-?8|iso-8859-\d{1,2}|windows-125\d|us-ascii|latin-?1")


#: Where words are a title, a heading, or none of the page.
_PARTS = {"title": "title", "h1": "heading", "style": "silent", "noscript": "silent", "svg": "silent"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Glimpse:
    """What is guessed of a page; "" for what it does not say. `is_read`: it answered, and something of it was understood."""

    address: str
    title: str = ""
    summary: str = ""
    site: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    license: str = ""
    image: str = ""
    is_read: bool = False


@dataclass(slots=True)
class _Page:
    """What was found so far."""

    meta: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    title: list[str] = field(default_factory=list)
    heading: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    language: str = ""
    at: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = _Page()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        page, said = self.page, {name: value or "" for name, value in attrs}
        if tag == "html":
            page.language = said.get("lang") or said.get("xml:lang") or ""
        elif tag == "meta":
            name = said.get("property") or said.get("name") or said.get("itemprop") or said.get("http-equiv") or ""
            page.meta.setdefault(name.lower(), said.get("content", "").strip())
        elif tag in {"link", "a"} and said.get("href"):
            page.links |= {each: said["href"].strip() for each in said.get("rel", "").lower().split() if each not in page.links}
        elif tag == "script":
            page.at = "data" if said.get("type", "").lower() == "application/ld+json" else "silent"
        elif tag == "time" and said.get("datetime"):
            page.meta.setdefault("date", said["datetime"])
        elif tag in _PARTS and not (tag == "title" and page.title) and not (tag == "h1" and page.heading):
            page.at = _PARTS[tag]

    def handle_endtag(self, tag: str) -> None:
        if tag in _PARTS or tag == "script":
            self.page.at = ""

    def handle_data(self, data: str) -> None:
        page = self.page
        if page.at == "title":
            page.title.append(data)
        elif page.at == "heading":
            page.heading.append(data)
        elif page.at == "data":
            page.data.append(data)
        if page.at not in {"data", "silent"} and len(page.words) < 2_000:  # noqa: PLR2004 -- enough to tell a language
            page.words.append(data)


def glimpse(address: str, content: bytes, media_type: str = "") -> Glimpse:
    """What the document at an address says of itself; what is no page is known by its name alone."""
    kind = media_type.partition(";")[0].strip().lower()
    if kind and "html" not in kind:
        return Glimpse(address=fitting(address), title=_from_name(address), site=_site(address), is_read=True)
    reader = _Reader()
    reader.feed(_decoded(content[:LONGEST_PAGE], media_type))
    page = reader.page
    data = _structured(page.data)
    site = _short(page.meta.get("og:site_name", "")) or _site(address)
    title = (
        _first(page.meta, _TITLES) or data.get("headline", "") or _short(" ".join(page.title)) or _short(" ".join(page.heading))
    )
    summary = _first(page.meta, _SUMMARIES) or data.get("description", "")
    return Glimpse(
        address=fitting(_canonical(address, page)),
        title=_short(_without_site(title, site)) or _from_name(address),
        summary=prose.shorten(_short(summary, 2_000)),
        site=site,
        author=_person(_first(page.meta, _AUTHORS) or data.get("author", "")),
        published=_day(data.get("datePublished", "") or _first(page.meta, _DATES)),
        language=_language(page, f"{title}\n{summary}"),
        license=_licence(address, page, data),
        image=_image(address, page, data),
        is_read=bool(title),
    )


def unread(address: str) -> Glimpse:
    """What an address alone tells, where nothing answered."""
    return Glimpse(address=fitting(address), title=_from_name(address), site=_site(address))


def _first(meta: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((found for name in names if (found := _short(meta.get(name, ""), 2_000))), "")


def _short(text: str, longest: int = 500) -> str:
    return " ".join(plain(unescaped(visible(text))).split())[:longest]


def _site(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _from_name(address: str) -> str:
    """A title made from an address: the words of its last part, else the site."""
    last = unquote(urlsplit(address).path.rstrip("/").rpartition("/")[2])
    words = " ".join(re.sub(r"\.[A-Za-z0-9]{2,5}$", "", last).replace("-", " ").replace("_", " ").split())
    named = visible(words)[:LONGEST_TITLE]
    return (named[0].upper() + named[1:]) if re.search(r"[^\W\d]{3}", named) else _site(address)


def _without_site(title: str, site: str) -> str:
    """A title without the name of its site, which stands on the card anyway."""
    for mark in (" | ", " – ", " — ", " - ", " · ", " :: ", " » "):
        head, _, tail = title.rpartition(mark)
        if head and tail.strip().casefold() in {site.casefold(), site.rpartition(".")[0].casefold()}:
            return head.strip()
    return title[:LONGEST_TITLE]


def _canonical(address: str, page: _Page) -> str:
    """The address by which a page wants to be known, where that is on its own site and no other page."""
    said = page.links.get("canonical") or page.meta.get("og:url", "")
    try:
        led = without_tracking(urljoin(address, said)) if said else address
        is_own = urlsplit(led).hostname == urlsplit(address).hostname and led.startswith(("https://", "http://"))
        is_deep = urlsplit(led).path.strip("/") or not urlsplit(address).path.strip("/")
    except ValueError:
        return address
    return led if is_own and is_deep else address


def _structured(blocks: list[str]) -> dict[str, str]:
    """What JSON-LD in the page says of the article that it is about."""
    found: dict[str, str] = {}
    for block in blocks[:20]:
        try:
            said = orjson.loads(block)
        except ValueError:
            continue
        for each in _nodes(said):
            for name in ("headline", "description", "datePublished", "inLanguage", "license", "author", "image"):
                if name in each and name not in found and (words := _word(each[name])):
                    found[name] = words
    return found


def _nodes(said: object, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if depth > 3:  # noqa: PLR2004 -- a graph within a list within a document
        return
    if isinstance(said, list):
        for each in said[:50]:
            yield from _nodes(each, depth + 1)
    elif isinstance(said, dict):
        yield said
        yield from _nodes(said.get("@graph"), depth + 1)


def _word(value: object) -> str:
    if isinstance(value, list):
        return _word(value[0]) if value else ""
    if isinstance(value, dict):
        return _word(value.get("name") or value.get("url") or value.get("@id") or "")
    return value.strip()[:2_000] if isinstance(value, str) else ""


def _person(words: str) -> str:
    return "" if words.startswith(("http://", "https://", "@")) else _short(words, 200)


def _day(text: str) -> str:
    """The day of a date, as 2026-11-22, 2026-11 or ""."""
    found = _DAY.search(text)
    if not found or not 1 <= int(found[2]) <= 12 or not 1 <= int(found[3] or 1) <= 31:  # noqa: PLR2004 -- months and days
        return ""
    return "-".join([found[1], f"{int(found[2]):02}", *([f"{int(found[3]):02}"] if found[3] else [])])


def _language(page: _Page, words: str) -> str:
    said = prose.language_tag(
        (page.language or page.meta.get("og:locale", "") or page.meta.get("content-language", "")).replace("_", "-")
    )
    return said or prose.language(f"{words}\n{' '.join(page.words)}")


def _licence(address: str, page: _Page, data: Mapping[str, str]) -> str:
    said = page.links.get("license") or data.get("license") or _first(page.meta, _RIGHTS)
    try:
        known = licence(urljoin(address, said) if said.startswith(("/", ".")) else said) if said else ""
    except ValueError:
        return ""
    return known if len(known) <= 500 else ""  # noqa: PLR2004 -- an address that somebody reads


def _image(address: str, page: _Page, data: Mapping[str, str]) -> str:
    said = (
        page.meta.get("og:image:secure_url")
        or page.meta.get("og:image")
        or page.meta.get("twitter:image")
        or data.get("image", "")
    )
    try:
        led = urljoin(address, said) if said else ""
    except ValueError:
        return ""
    return led if led.startswith(("https://", "http://")) and len(led) <= 2_000 else ""  # noqa: PLR2004


def _decoded(content: bytes, media_type: str) -> str:
    named = _CHARSET.search(media_type.encode()) or _CHARSET.search(content[:2_048])
    coding = named[1].decode("ascii") if named else "utf-8"
    try:
        return content.decode(coding if _USUAL.fullmatch(coding) else "utf-8")
    except (LookupError, UnicodeDecodeError):
        return content.decode("utf-8", "replace") if b"\xc3" in content else content.decode("cp1252", "replace")
