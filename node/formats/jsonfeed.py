"""JSON Feed: lists as feeds for programs that would rather read no XML, and feeds of others as things.

Spec: JSON Feed 1.1 §Items.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import orjson

from node.contracts import Draft, File, Format, Listing, Unread
from node.domain import feeds
from node.domain.feeds import Enclosed, Feed, Item, Named
from node.domain.html import plain, visible
from node.errors import Invalid
from vocab.things.object import Object

_VERSION = "https://jsonfeed.org/version/"


def write(listing: Listing) -> bytes:
    """One feed with an item for each thing that has an address. What the format has no word for is under `_maillage`."""
    items = feeds.items_of(listing.things, listing.names)
    feed = {
        "version": f"{_VERSION}1.1",
        "title": listing.title or listing.publisher or "Maillage",
        "home_page_url": listing.iri,
        "feed_url": listing.here,
        "next_url": listing.following,
        "description": listing.summary,
        "language": listing.language,
        "authors": [{"name": listing.publisher}] if listing.publisher else [],
    }
    told = {name: value for name, value in feed.items() if value}
    return orjson.dumps({**told, "items": [_written(item) for item in items]}, option=orjson.OPT_INDENT_2)


def _written(item: Item) -> dict[str, Any]:
    text = item.content or item.summary
    said: dict[str, Any] = {
        "id": item.key,
        "url": item.link,
        "external_url": item.origin,
        "title": visible(item.title),
        "content_html": visible(text),
        "summary": plain(item.summary).replace("\n", " "),
        "date_published": feeds.rfc3339(item.published) if item.published else "",
        "date_modified": feeds.rfc3339(item.updated) if item.updated else "",
        "authors": [_person(author) for author in item.authors],
        "tags": [topic.name for topic in item.topics],
        "language": item.language,
        "attachments": [
            {"url": file.url, "mime_type": file.media_type or "application/octet-stream", "title": file.name or file.url}
            for file in item.files
        ],
        "_maillage": _further(item),
    }
    whole = {name: value for name, value in said.items() if value}
    return whole if text else {**whole, "content_text": visible(item.title)}


def _person(author: Named) -> dict[str, str]:
    return {"name": author.name, "url": author.iri} if author.iri else {"name": author.name}


def _further(item: Item) -> dict[str, Any]:
    topics = [{"name": topic.name, "url": topic.iri} for topic in item.topics if topic.iri]
    return {name: value for name, value in (("license", item.license), ("topics", topics)) if value}


def read(file: File) -> Iterator[Draft | Unread]:
    """A resource for each item of a feed, in its order; Invalid for what is no feed of this kind."""
    for source, item, thing in feeds.things_of(feed_of(file), file.name):
        if thing is None:
            yield Unread(source=source, reason="this item has neither title nor text, or is too long")
        else:
            yield Draft(thing=thing, source=source, topics=item.labels, options={"key": item.known_by})


def feed_of(file: File) -> Feed:
    """What a feed says of itself, and its items; raises Invalid."""
    try:
        feed = orjson.loads(file.content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as fault:
        raise Invalid(f"{file.name}: this is no JSON: {str(fault)[:100]}") from fault
    if not isinstance(feed, dict) or not _word(feed, "version").startswith(_VERSION):
        raise Invalid(f"{file.name}: this is no JSON Feed; it has no version that begins with {_VERSION}")
    language = _word(feed, "language")
    authors = _people(feed)
    return Feed(
        title=" ".join(visible(_word(feed, "title")).split())[: feeds.LONGEST_NAME],
        summary=feeds.line_of(_word(feed, "description"))[: feeds.LONGEST_NAME],
        site=feeds.address_of(_word(feed, "home_page_url"), file.name),
        language=language,
        items=[_item(each, file.name, language, authors) for each in _objects(feed, "items")[: feeds.MOST_ITEMS]],
    )


def _item(said: dict[str, Any], base: str, language: str, authors: tuple[Named, ...]) -> Item:
    further = said.get("_maillage")
    html = _word(said, "content_html")
    found = Item(
        key=_word(said, "id")[: feeds.LONGEST_ADDRESS],
        link=feeds.address_of(_word(said, "url"), base) or feeds.address_of(_word(said, "external_url"), base),
        title=" ".join(visible(_word(said, "title")).split())[: feeds.LONGEST_NAME],
        summary=escape(_word(said, "summary"), quote=False),
        content=html or "".join(f"<p>{escape(line)}</p>" for line in _word(said, "content_text").split("\n") if line.strip()),
        authors=_people(said) or authors,
        topics=tuple(feeds.named(tag) for tag in _listed(said, "tags") if isinstance(tag, str)),
        files=tuple(
            Enclosed(url=_word(each, "url"), media_type=_word(each, "mime_type"), name=_word(each, "title"))
            for each in _objects(said, "attachments")
        ),
        published=feeds.dated(_word(said, "date_published")),
        updated=feeds.dated(_word(said, "date_modified")),
        language=_word(said, "language") or language,
        license=_word(further, "license") if isinstance(further, dict) else "",
    )
    return feeds.with_moment(found)


def _people(said: dict[str, Any]) -> tuple[Named, ...]:
    """The names of authors; version 1 has one of them."""
    one = said.get("author")
    people = _objects(said, "authors") or ([one] if isinstance(one, dict) else [])
    names = [feeds.named(escape(_word(each, "name"), quote=False)) for each in people[: feeds.MOST_NAMES]]
    return tuple(name for name in names if name.name)


def _word(said: dict[str, Any], name: str) -> str:
    """A text; an id may be written as a number."""
    value = said.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _listed(said: dict[str, Any], name: str) -> list[Any]:
    value = said.get(name)
    return value if isinstance(value, list) else []


def _objects(said: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [each for each in _listed(said, name) if isinstance(each, dict)]


FORMAT = Format(
    name="jsonfeed",
    media_type="application/feed+json",
    extension="jsonfeed",
    loses={
        "fr": "Les autres langues d’un texte, les images, le lieu et l’heure d’un événement, les rôles, les étapes.",
        "en": "Other languages of a text, images, time and place of an event, roles, phases.",
    },
    write=write,
    read=read,
    accepts=lambda thing: isinstance(thing, Object),
)
