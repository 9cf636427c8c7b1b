"""RSS: lists as feeds for readers that know no other, and feeds of others (RSS 0.9 to 2.0) as things.

Spec: RSS 2.0 §Elements.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from xml.etree.ElementTree import Element

from node.contracts import Draft, File, Format, Listing, Unread
from node.domain import feeds
from node.domain.feeds import Enclosed, Feed, Item
from node.domain.markup import put, tree_of, written
from node.errors import Invalid
from vocab.things.object import Object

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_CC = "http://backend.userland.com/creativeCommonsRssModule"
_SY = "http://purl.org/rss/1.0/modules/syndication/"
_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_SPACES = {"xmlns:atom": _ATOM, "xmlns:dc": _DC, "xmlns:content": _CONTENT, "xmlns:creativeCommons": _CC}
_PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}


def write(listing: Listing) -> bytes:
    """One channel with an item for each thing that has an address."""
    items = feeds.items_of(listing.things, listing.names)

    def fill(root: Element) -> None:
        channel = put(root, "channel")
        title = listing.title or listing.publisher or "Maillage"
        put(channel, "title", title)
        put(channel, "link", listing.iri or listing.here, anyway=True)
        put(channel, "description", listing.summary or title)
        put(channel, "language", listing.language)
        put(channel, "lastBuildDate", feeds.rfc822(feeds.newest(items, listing.changed_at)))
        put(channel, "generator", "Maillage")
        for relation, address in (("self", listing.here), ("next", listing.following)):
            if address:
                put(channel, "atom:link", "", rel=relation, href=address, type="application/rss+xml")
        for item in items:
            _write_item(put(channel, "item"), item)

    return written("rss", fill, {"version": "2.0", **_SPACES})


def _write_item(element: Element, item: Item) -> None:
    put(element, "title", item.title)
    put(element, "link", item.link)
    put(element, "guid", item.key, isPermaLink="true" if item.key == item.link else "false")
    put(element, "pubDate", feeds.rfc822(item.published) if item.published else "")
    put(element, "atom:updated", feeds.rfc3339(item.updated) if item.updated else "")
    for author in item.authors:
        put(element, "dc:creator", author.name)
    for topic in item.topics:
        put(element, "category", topic.name, domain=topic.iri)
    put(element, "dc:language", item.language)
    put(element, "dc:source", item.origin)
    put(element, "creativeCommons:license", item.license)
    for file in item.files[:1]:  # readers look at one
        put(element, "enclosure", "", url=file.url, length="0", type=file.media_type or "application/octet-stream")
    put(element, "description", item.summary or item.content)
    put(element, "content:encoded", item.content)


def read(file: File) -> Iterator[Draft | Unread]:
    """A resource for each item of a channel, in its order; Invalid for what is no feed of this kind."""
    for source, item, thing in feeds.things_of(feed_of(file), file.name):
        if thing is None:
            yield Unread(source=source, reason="this item has neither title nor text, or is too long")
        else:
            yield Draft(thing=thing, source=source, topics=item.labels, options={"key": item.known_by})


def feed_of(file: File) -> Feed:
    """What a channel says of itself, and its items, which RSS 1.0 puts beside it; raises Invalid."""
    root = tree_of(file.name, file.content)
    channel = next((each for each in root if _local(each) == "channel"), None)
    if _local(root) not in {"rss", "RDF"} or channel is None:
        raise Invalid(f"{file.name}: this is no RSS feed; its first element is {root.tag[:100]}")
    inside = [each for each in channel if _local(each) == "item"]
    found = inside or [each for each in root if _local(each) == "item"]
    said = _said(channel)
    language = _first(said, "language", _DC + "language")
    return Feed(
        title=feeds.line_of(_first(said, "title"))[: feeds.LONGEST_NAME],
        summary=feeds.line_of(_first(said, "description"))[: feeds.LONGEST_NAME],
        site=feeds.address_of(_first(said, "link"), file.name),
        language=language,
        every=_every(said),
        items=[_item(each, file.name, language) for each in found[: feeds.MOST_ITEMS]],
    )


def _item(element: Element, base: str, language: str) -> Item:
    said = _said(element)
    link = feeds.address_of(_first(said, "link"), base)
    guid = _first(said, "guid", _DC + "identifier")[: feeds.LONGEST_ADDRESS]
    is_address = element.findtext("guid") and element.find("guid").get("isPermaLink", "true") == "true"  # type: ignore[union-attr]
    creators = [each.text or "" for each in element if each.tag == f"{{{_DC}}}creator"]
    names = creators or [_first(said, "author", _ITUNES + "author")]
    found = Item(
        key=guid or element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about", "")[: feeds.LONGEST_ADDRESS] or link,
        link=link or (feeds.address_of(guid) if is_address else ""),
        title=feeds.line_of(_first(said, "title", _DC + "title"))[: feeds.LONGEST_NAME],
        summary=_first(said, "description", _ITUNES + "summary"),
        content=_first(said, _CONTENT + "encoded", "body"),
        authors=tuple(name for each in names[: feeds.MOST_NAMES] if (name := _author(each)).name),
        topics=tuple(feeds.named(each.text or "") for each in element if _local(each) in {"category", "subject"} and each.text),
        files=tuple(
            Enclosed(url=each.get("url", ""), media_type=each.get("type", ""))
            for each in element
            if each.tag == "enclosure"
        ),
        published=feeds.dated(_first(said, "pubDate", _DC + "date")),
        updated=feeds.dated(_first(said, _ATOM + "updated")),
        language=_first(said, _DC + "language") or language,
        license=_first(said, _CC + "license", _DC + "rights").strip(),
    )  # fmt: skip
    return feeds.with_moment(found)


def _author(text: str) -> feeds.Named:
    """« somebody@example.org (Somebody) » is Somebody: nobody's address is taken over."""
    name = feeds.named(text)
    before, _, inside = name.name.partition("(")
    if "@" not in before:
        return name
    return feeds.Named(name=inside.rstrip(") "))


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _said(element: Element) -> dict[str, str]:
    """The texts of an element by name: words of RSS by their own, others by their space and name. The first of several."""
    found: dict[str, str] = {}
    for each in element:
        space, _, name = each.tag.rpartition("}")
        is_rss = not space or "purl.org/rss/1.0/}" in f"{space}}}" or "my.netscape.com" in space
        if each.text and each.text.strip():
            found.setdefault(name if is_rss else space.lstrip("{") + name, each.text)
    return found


def _first(said: dict[str, str], *names: str) -> str:
    return next((said[name] for name in names if name in said), "")


def _every(said: dict[str, str]) -> timedelta:
    """How long a channel wants to be left alone: `ttl` in minutes, or so many times a period."""
    minutes = _number(_first(said, "ttl"))
    if minutes:
        return timedelta(minutes=min(minutes, 100_000))
    hours = _PERIODS.get(_first(said, _SY + "updatePeriod").strip(), 0)
    return timedelta(hours=hours) / max(_number(_first(said, _SY + "updateFrequency")), 1)


def _number(text: str) -> int:
    digits = text.strip()[:6]
    return int(digits) if digits.isascii() and digits.isdigit() else 0


FORMAT = Format(
    name="rss",
    media_type="application/rss+xml",
    extension="rss",
    loses={
        "fr": "Les autres langues d’un texte, les images, les adresses des auteur·trices, les pièces jointes sauf la première, "
        "le lieu et l’heure d’un événement, les rôles, les étapes.",
        "en": "Other languages of a text, images, addresses of authors, attached files but the first, time and place of an "
        "event, roles, phases.",
    },
    write=write,
    read=read,
    accepts=lambda thing: isinstance(thing, Object),
)
