"""What somebody wrote in Markdown, as the HTML that is shown and sent: tables and strikethrough too, no HTML of its own."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING

from node.domain.html import ANY_NODE, CleanHtml, clean

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

#: Each opens a search for its end: many thousands take seconds.
_MOST_BRACKETS = 10_000
#: Between the paragraphs of plain words.
_GAP = re.compile(r"\n[ \t\r]*\n")


@cache
def marks() -> MarkdownIt:
    """The reader of Markdown."""
    # imported here: a node that only serves reads none
    from markdown_it import MarkdownIt  # noqa: PLC0415

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def rendered(text: str) -> CleanHtml:
    """The HTML of a text in Markdown, below a title that the page gives: its highest headings are <h2>."""
    if text.count("[") > _MOST_BRACKETS:
        text = text.replace("[", "\\[")
    return shown(marks().parse(text.replace("\r\n", "\n")))


def as_html(words: str, media_type: str | None) -> str:
    """A text as HTML, which it is unless its server says otherwise: PeerTube writes Markdown, others plain words."""
    kind = (media_type or "").partition(";")[0].strip().lower()
    if kind == "text/markdown":
        return str(rendered(words))
    if kind == "text/plain":
        parts = [html.escape(part.strip(), quote=False) for part in _GAP.split(words) if part.strip()]
        return "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in parts)
    return words


def shown(tokens: list[Token]) -> CleanHtml:
    """The HTML of a text that was parsed."""
    return clean(marks().renderer.render(_lowered(tokens), marks().options, {}), pictures=ANY_NODE)


def _lowered(tokens: list[Token]) -> list[Token]:
    """Headings below the title's: the page has its own <h1>."""
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    if any(token.tag == "h1" for token in headings):
        for token in headings:
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
    return tokens
