"""A document of a word processor or of the web as a resource: its title, its text, and who wrote it when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import PurePosixPath

from node.domain import prose
from node.domain.dates import moment
from node.domain.fields import fold, is_address
from node.domain.files import LARGEST
from node.domain.html import clean, plain
from node.domain.licences import licence
from node.errors import Invalid
from vocab.things.repertoire_item import RepertoireItem
from vocab.values import Ref, Text

_LONGEST_TITLE = 200
_HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1\s*>", re.IGNORECASE | re.DOTALL)
_LEVEL = re.compile(r"(</?h)([1-6])", re.IGNORECASE)
_PARAGRAPH = re.compile(r"(?s)<p>(.*?)</p>")
_RAISED = re.compile(r"(?s)<sup>.{0,200}?</sup>")
_EMPTY = re.compile(r"<(p|h[1-6]|li|ul|ol|span|strong|em|a)>\s*</\1>")
#: So much may stand before the heading that is the title.
_LONGEST_PREFACE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a document says of itself beside its text; "" for what it does not say."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    updated: str = ""
    language: str = ""
    summary: str = ""
    keywords: tuple[str, ...] = ()
    license: str = ""
    origin: str = ""


def resource(name: str, markup: str, card: Card) -> RepertoireItem:
    """The resource that a document is; `markup` is its text as HTML, not cleaned. Raises Invalid with one line."""
    body = str(clean(markup))
    while (shorter := _EMPTY.sub("", body)) != body:
        body = shorter
    if not plain(body).strip():
        raise Invalid(f"{name}: this document has no text in it")
    if len(body.encode()) > LARGEST:
        raise Invalid(f"{name}: its text is longer than {LARGEST // 1000} KB; split it, and gather the parts in a notebook")
    title, body = _titled(body, " ".join(card.title.split()), name)
    language = prose.language_tag(card.language) or prose.language(f"{title}\n{plain(body)}")
    summary = prose.shorten(" ".join(plain(card.summary).split())) or prose.summary(_paragraphs(body)) or title
    return RepertoireItem(
        name=Text.of(title, language),
        summary=Text.of(f"<p>{escape(summary, quote=False)}</p>", language),
        content=Text.of(body or f"<p>{escape(title, quote=False)}</p>", language),
        media_type="text/html",
        in_language=language or None,
        published=said_moment(card.published),
        updated=said_moment(card.updated),
        license=Ref(found) if (found := licence(card.license)) else None,
        origin=Ref(card.origin) if is_address(card.origin) else None,
    )


def options(card: Card) -> Mapping[str, str]:
    """What the deed that publishes decides about: who wrote it, and by what it is known again."""
    said = {"author": "; ".join(card.authors), "key": card.origin if is_address(card.origin) else ""}
    return {word: words for word, words in said.items() if words}


def said_moment(text: str) -> datetime | None:
    """The moment that a document says of itself, None when it says none that can be understood."""
    try:
        return moment(text)
    except ValueError:
        return None


def _paragraphs(body: str) -> list[str]:
    """The words of its paragraphs, without the numbers of its footnotes."""
    return [plain(_RAISED.sub("", paragraph)) for paragraph in _PARAGRAPH.findall(body)]


def _titled(body: str, said: str, name: str) -> tuple[str, str]:
    """The title, and the body without it: the heading at the beginning, else what the document says, else its file's name."""
    first = _HEADING.search(body)
    heading = " ".join(plain(first[2]).split()) if first else ""
    is_lead = bool(first) and first is not None and len(plain(body[: first.start()])) < _LONGEST_PREFACE
    if first and heading and is_lead and (first[1] in "12" or fold(heading) == fold(said)):
        return prose.shorten(heading, _LONGEST_TITLE), _levelled(body[: first.start()] + body[first.end() :]).strip()
    own = said or PurePosixPath(name).stem.replace("_", " ").strip()
    return prose.shorten(own, _LONGEST_TITLE), _levelled(body)


def _levelled(body: str) -> str:
    """Headings below that of the page: the highest becomes an <h2>."""
    highest = min((int(level) for level, _ in _HEADING.findall(body)), default=2)
    return _LEVEL.sub(lambda found: f"{found[1]}{min(int(found[2]) - highest + 2, 6)}", body)
