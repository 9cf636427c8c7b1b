"""A feed and its items, whatever they were written in: what a thing is as an item, and what thing an item is.

An item is its feed's word and nobody else's: whom it names as author is kept as a name, never as an account.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from node.domain import prose
from node.domain.attachments import kind_of, place_of
from node.domain.composing import as_html
from node.domain.html import clean, plain, visible
from node.domain.licences import licence
from vocab.thing import Thing
from vocab.things.document import Document
from vocab.things.object import Object
from vocab.things.repertoire_item import RepertoireItem
from vocab.values import Ref, Text, usual

#: Of a feed, so many items are read; of an item so many authors, topics and files.
MOST_ITEMS, MOST_NAMES = 1_000, 20
#: In characters. A text travels three times in one document, and peers refuse one beyond 1 MiB.
LONGEST_TEXT, LONGEST_NAME, LONGEST_ADDRESS = 200_000, 300, 2_000
_OLDEST = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody or something by its name, and its address when that is known."""

    name: str
    iri: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A file that goes with an item."""

    url: str
    media_type: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item. `key` is what its feed knows it by, `link` where it is read, `origin` where its feed had it from.

    `title` is plain, in one line; `summary` and `content` are HTML.
    """

    key: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    authors: tuple[Named, ...] = ()
    topics: tuple[Named, ...] = ()
    files: tuple[Enclosed, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""
    license: str = ""
    origin: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """What its topics are called."""
        return tuple(dict.fromkeys(topic.name for topic in self.topics if topic.name))[:MOST_NAMES]

    @property
    def known_by(self) -> str:
        """What it is known again by."""
        return self.key or self.link or self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed: what it says of itself, and its items in its order. `every`: how long it wants to be left alone."""

    title: str = ""
    summary: str = ""
    site: str = ""
    language: str = ""
    every: timedelta = timedelta()
    items: Sequence[Item] = ()


def thing_of(item: Item, base: str = "") -> RepertoireItem | None:
    """What an item is about, without any account; None for one without title and text, or too long.

    `base` is the address that the feed came from, or the name of its file.
    """
    base = address_of(base)  # a file that somebody gives has a name, and no address
    content = str(clean(item.content or item.summary, base))
    title = item.title or prose.shorten(line_of(content), 120)
    if not title or len(content) > LONGEST_TEXT:
        return None
    words = plain(content)
    language = prose.language_tag(item.language) or prose.language(f"{title} {words}")
    said = line_of(item.summary)
    summary = prose.shorten(said) if said else prose.summary(words.split("\n"))
    terms = licence(item.license)
    address = address_of(item.link, base) or address_of(item.key)
    return RepertoireItem(
        name=Text.of(title, language),
        summary=Text.of(_paragraph(summary or title), language),
        content=Text.of(content or _paragraph(title), language),
        media_type="text/html",
        in_language=language or None,
        published=item.published,
        updated=item.updated,
        license=Ref(terms) if terms else None,
        creator=tuple(Text.of(author.name) for author in item.authors[:MOST_NAMES] if author.name),
        origin=Ref(address) if address else None,
        attachment=tuple(_file(each, base) for each in item.files[:MOST_NAMES] if address_of(each.url, base)),
    )


def things_of(feed: Feed, base: str) -> Iterator[tuple[str, Item, RepertoireItem | None]]:
    """Each item of a feed with a name for messages, and what thing it is (see `thing_of`)."""
    for number, item in enumerate(feed.items, 1):
        yield f"{base}: {item.title or item.key or number}", item, thing_of(item, base)


def item_of(thing: Thing, names: Mapping[str, str]) -> Item | None:
    """A thing as an item, its people and topics called by `names`; None for what has no address to be known by.

    What somebody elsewhere wrote goes out under our name: cleaned as for our pages, and with addresses of the web alone.
    """
    if not isinstance(thing, Object) or not thing.id:
        return None
    said: dict[str, Any] = {}
    if thing.content is not None:
        said["content"] = str(clean(as_html(thing.content.primary, thing.media_type)))
    people = tuple(Named(name=_named(ref, names), iri=ref.iri) for ref in thing.attributed_to if _named(ref, names))
    topics = [Named(name=_named(ref, names), iri=ref.iri) for ref in thing.topic if _named(ref, names)]
    return Item(
        key=thing.id,
        link=_web(thing.url) or thing.id,
        title=" ".join(visible(thing.name.primary).split()) if thing.name else "",
        summary=str(clean(thing.summary.primary)) if thing.summary else "",
        authors=(*people, *(Named(name=visible(text.primary)) for text in thing.creator)),
        topics=tuple(topics),
        files=tuple(file for ref in thing.attachment if (file := _enclosed(ref))),
        published=thing.published,
        updated=thing.updated,
        language=thing.in_language or (thing.name.language if thing.name else ""),
        license=_web((thing.license,)),
        origin=_web((thing.origin,)),
        **said,
    )


def items_of(things: Iterable[Thing], names: Mapping[str, str]) -> list[Item]:
    """Those of the things that can be items."""
    return [item for thing in things if (item := item_of(thing, names))]


def newest(items: Iterable[Item], changed_at: datetime | None) -> datetime:
    """When anything of a feed changed last; the beginning of time for a feed in which there is nothing."""
    moments = [at for item in items for at in (item.updated, item.published) if at]
    return changed_at or max(moments, default=_OLDEST)


def dated(text: str) -> datetime | None:
    """A moment as feeds write it (RFC 3339 or RFC 822), in UTC; None for anything else."""
    words = text.strip()[:64]
    try:
        said = datetime.fromisoformat(words) if words[:4].isdigit() else parsedate_to_datetime(words)
    except (ValueError, TypeError, OverflowError):
        return None
    try:
        return usual(said.replace(tzinfo=said.tzinfo or UTC).astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def rfc822(at: datetime) -> str:
    """A moment as RSS wants it."""
    return format_datetime(at.astimezone(UTC))


def rfc3339(at: datetime) -> str:
    """A moment as Atom and JSON Feed want it."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def address_of(text: str, base: str = "") -> str:
    """An address of the web, led on from `base` when it is relative; "" for anything else."""
    words = "".join(text.split())[:LONGEST_ADDRESS]
    try:
        found = urljoin(base, words) if words else ""
    except ValueError:
        return ""
    return found if found.startswith(("https://", "http://")) else ""


def line_of(text: str) -> str:
    """The words of some HTML or plain text in one line."""
    return " ".join(plain(text).split())


def named(text: str) -> Named:
    """A name from outside: one line, of a length that a name has."""
    return Named(name=line_of(text[: 4 * LONGEST_NAME])[:LONGEST_NAME])


def with_moment(item: Item) -> Item:
    """An item that says only when it was changed was published then."""
    return replace(item, published=item.published or item.updated)


def _paragraph(text: str) -> str:
    return str(clean(f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>"))


def _named(ref: Ref, names: Mapping[str, str]) -> str:
    inside = getattr(ref.thing, "name", None)
    return names.get(ref.iri, "") or (visible(inside.primary) if isinstance(inside, Text) else "")


def _file(each: Enclosed, base: str) -> Ref:
    media_type = each.media_type if re.fullmatch(r"[\w.+-]{1,60}/[\w.+-]{1,60}", each.media_type) else None
    name = line_of(each.name) or each.url.rsplit("/", 1)[-1][:LONGEST_NAME]
    url = Ref(address_of(each.url, base))
    return Ref("", Document(name=Text.of(name), media_type=media_type, url=(url,)))


def _web(refs: Iterable[Ref | None]) -> str:
    """The first of these that is an address of the web."""
    return next((address for ref in refs if ref is not None and (address := address_of(ref.iri))), "")


def _enclosed(ref: Ref) -> Enclosed | None:
    file, url = ref.thing, address_of(place_of(ref))
    if not isinstance(file, Object) or not url:
        return None
    return Enclosed(url=url, media_type=kind_of(ref), name=file.name.primary if file.name else "")
