"""Atom: lists as feeds that any feed reader follows, and feeds of others as things.

Spec: RFC 4287 §4.
Spec: RFC 5005 §3.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element, tostring

from node.contracts import Draft, File, Format, Listing, Unread
from node.domain import feeds
from node.domain.feeds import Enclosed, Feed, Item
from node.domain.markup import put, tree_of, written
from node.errors import Invalid
from vocab.things.object import Object

ATOM = "http://www.w3.org/2005/Atom"
_OLD = "http://purl.org/atom/ns#"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_BASE, _LANG = "{http://www.w3.org/XML/1998/namespace}base", "{http://www.w3.org/XML/1998/namespace}lang"


def write(listing: Listing) -> bytes:
    """One feed with an entry for each thing that has an address; pages of a list are linked as RFC 5005 says."""
    items = feeds.items_of(listing.things, listing.names)
    return written("feed", lambda root: _fill(root, listing, items), {"xmlns": ATOM, "xml:lang": listing.language})


def _fill(root: Element, listing: Listing, items: list[Item]) -> None:
    put(root, "id", listing.iri or listing.here or "urn:maillage:liste")
    put(root, "title", listing.title or listing.publisher or "Maillage", anyway=True)
    put(root, "subtitle", listing.summary)
    put(root, "updated", feeds.rfc3339(feeds.newest(items, listing.changed_at)))
    put(put(root, "author"), "name", listing.publisher or "Maillage")
    put(root, "generator", "Maillage")
    for relation, address in (("self", listing.here), ("alternate", listing.iri), ("next", listing.following)):
        _link(root, relation, address)
    for item in items:
        _entry(put(root, "entry"), item, listing)


def _entry(entry: Element, item: Item, listing: Listing) -> None:
    if item.language and item.language != listing.language:
        entry.set("xml:lang", item.language)
    put(entry, "id", item.key)
    put(entry, "title", item.title, anyway=True)
    put(entry, "updated", feeds.rfc3339(feeds.newest([item], None)))
    put(entry, "published", feeds.rfc3339(item.published) if item.published else "")
    for author in item.authors:
        person = put(entry, "author")
        put(person, "name", author.name)
        put(person, "uri", author.iri)
    for topic in item.topics:
        put(entry, "category", "", term=topic.iri or topic.name, label=topic.name)
    for relation, address in (("alternate", item.link), ("via", item.origin), ("license", item.license)):
        _link(entry, relation, address)
    for file in item.files:
        put(entry, "link", "", rel="enclosure", href=file.url, type=file.media_type, title=file.name)
    put(entry, "summary", item.summary, type="html")
    put(entry, "content", item.content, type="html")


def _link(parent: Element, relation: str, address: str) -> None:
    if address:
        put(parent, "link", "", rel=relation, href=address)


def read(file: File) -> Iterator[Draft | Unread]:
    """A resource for each entry of a feed, in its order; Invalid for what is no feed of this kind."""
    for source, item, thing in feeds.things_of(feed_of(file), file.name):
        if thing is None:
            yield Unread(source=source, reason="this entry has neither title nor text, or is too long")
        else:
            yield Draft(thing=thing, source=source, topics=item.labels, options={"key": item.known_by})


def feed_of(file: File) -> Feed:
    """What a feed says of itself, and its entries; raises Invalid."""
    root = tree_of(file.name, file.content)
    space = root.tag.partition("}")[0].lstrip("{")
    if not root.tag.endswith("}feed") or space not in {ATOM, _OLD}:
        raise Invalid(f"{file.name}: this is no Atom feed; its first element is {root.tag[:100]}")
    atom = f"{{{space}}}"
    base = feeds.address_of(root.get(_BASE, ""), file.name) or file.name
    language = root.get(_LANG, "")
    authors = _authors(root, atom)
    return Feed(
        title=_title(root.find(f"{atom}title")),
        summary=_title(root.find(f"{atom}subtitle")),
        site=_linked(root, atom, base, "alternate"),
        language=language,
        items=[
            _item(entry, atom, base, language, authors)
            for entry in root.findall(f"{atom}entry")[: feeds.MOST_ITEMS]
        ],
    )  # fmt: skip


def _item(entry: Element, atom: str, outer: str, language: str, authors: tuple[feeds.Named, ...]) -> Item:
    base = feeds.address_of(entry.get(_BASE, ""), outer) or outer
    found = Item(
        key=_words(entry.find(f"{atom}id")).strip()[: feeds.LONGEST_ADDRESS],
        link=_linked(entry, atom, base, "alternate"),
        title=_title(entry.find(f"{atom}title")),
        summary=_markup(entry.find(f"{atom}summary")),
        content=_markup(entry.find(f"{atom}content")),
        authors=_authors(entry, atom) or authors,
        topics=tuple(feeds.named(each.get("label") or each.get("term") or "") for each in entry.findall(f"{atom}category")),
        files=tuple(
            Enclosed(
                url=feeds.address_of(each.get("href", ""), base), media_type=each.get("type", ""), name=each.get("title", "")
            )
            for each in entry.findall(f"{atom}link")
            if each.get("rel") == "enclosure"
        ),
        published=feeds.dated(_words(entry.find(f"{atom}published")) or _words(entry.find(f"{atom}issued"))),
        updated=feeds.dated(_words(entry.find(f"{atom}updated")) or _words(entry.find(f"{atom}modified"))),
        language=entry.get(_LANG, "") or language,
        license=_linked(entry, atom, base, "license"),
    )
    return feeds.with_moment(found)


def _authors(parent: Element, atom: str) -> tuple[feeds.Named, ...]:
    names = [feeds.named(_words(each.find(f"{atom}name"))) for each in parent.findall(f"{atom}author")]
    return tuple(name for name in names if name.name)


def _linked(parent: Element, atom: str, base: str, relation: str) -> str:
    for each in parent.findall(f"{atom}link"):
        if each.get("rel", "alternate") == relation:
            return feeds.address_of(each.get("href", ""), base)
    return ""


def _words(element: Element | None) -> str:
    return "".join(element.itertext()) if element is not None else ""


def _title(element: Element | None) -> str:
    return feeds.line_of(_markup(element))[: feeds.LONGEST_NAME]


def _markup(element: Element | None) -> str:
    """The HTML of a text: written as text (html), as elements (xhtml), or plain."""
    if element is None:
        return ""
    if element.get("type", "") in {"xhtml", "application/xhtml+xml"}:
        inside = element.find(f"{_XHTML}div")
        shown = element if inside is None else inside
        return tostring(shown, "unicode").replace("html:", "")
    words = _words(element)
    return words if element.get("type", "text").lower() in {"html", "text/html"} or element.get("mode") else escape(words)


FORMAT = Format(
    name="atom",
    media_type="application/atom+xml",
    extension="atom",
    loses={
        "fr": "Les autres langues d’un texte, les images, le lieu et l’heure d’un événement, les rôles, les étapes.",
        "en": "Other languages of a text, images, time and place of an event, roles, phases.",
    },
    write=write,
    read=read,
    accepts=lambda thing: isinstance(thing, Object),
)
