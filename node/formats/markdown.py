"""Markdown with fields at its head: what people write in their editor, and what a script can make. Reads only.

Any property of the vocabulary may stand at the head, under its own name or one for people (domain/heads.py).
"""

from __future__ import annotations

import html
import re
from collections import abc
from typing import TYPE_CHECKING, Any

from node.contracts import Draft, File, Format
from node.domain import prose
from node.domain.composing import marks, shown
from node.domain.fields import fold
from node.domain.files import Field, head_and_body, text_of
from node.domain.heads import Misread, class_of, field_name, language_of, values_of
from node.domain.html import plain
from node.errors import Invalid
from vocab.things.mapping import Mapping
from vocab.things.object import Object
from vocab.things.source import Source
from vocab.values import Ref, Text

if TYPE_CHECKING:
    from markdown_it.token import Token

_LONGEST_TITLE = 120


def read(file: File) -> list[Draft]:
    """One thing from a Markdown file in UTF-8; Invalid says in one line where the file is wrong and what to do.

    `thing.topic` has the topics given by address, `Draft.topics` those given by name. `options` holds "author", "audience"
    and "key" as written, and the words of any other field that names a thing of this node rather than its address.
    """
    name = file.name
    head, body = head_and_body(name, text_of(name, file.content))
    found = {field_name(word): field for word, field in head.items()}
    try:
        return [_draft(name, found, body)]
    except Misread as fault:
        raise Invalid(f"{name}, line {fault.line}: {fault}") from fault


def _draft(name: str, head: abc.Mapping[str, Field], body: str) -> Draft:
    """The draft. A mapping without a title has no name yet: what its terms are called is known where it is published."""
    tokens = marks().parse(body)
    title, rest = _titled(head, tokens)
    rendered = str(shown(rest))
    language = language_of(head, f"{title}\n{plain(rendered)}")
    kind = class_of(head)
    values, options, topics = values_of(kind, head, language)
    label = values.get("pref_label")
    names_itself = issubclass(kind, Mapping) and {"subject", "object"} <= set(head)
    title = title or (label.primary if isinstance(label, Text) else "") or ("" if names_itself else _first_words(rendered))
    if not title and not names_itself:
        raise Misread(1, "this has no title and no text; write `title: …` between two lines of dashes")
    values |= _told(kind, title, rendered, language)
    summary = _summary(head, values, rendered) or title
    if kind.TYPE != "Note":
        values["summary"] = Text.of(f"<p>{html.escape(summary, quote=False)}</p>", language)
    written = _without_title(body, tokens, rest)
    if written:
        # Lemmy, NodeBB and Friendica show the source in place of the content, below a title of their own.
        source = Source(content=Text.of(written), media_type="text/markdown")
        values |= {"source": Ref("", thing=source)}
    return Draft(thing=kind(**values), source=name, topics=topics, options=options)


def _titled(head: abc.Mapping[str, Field], tokens: list[Token]) -> tuple[str, list[Token]]:
    """The title at the head, else the heading that the text begins with, which then leaves the text."""
    title = " ".join(" ".join(head["title"].texts).split()) if "title" in head else ""
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag in {"h1", "h2"}:
        heading = plain(marks().renderer.render(tokens[1:2], marks().options, {}))
        if not title or fold(heading) == fold(title):
            return title or heading, tokens[3:]
    return title, tokens


def _without_title(body: str, tokens: list[Token], rest: list[Token]) -> str:
    """The text as it was written, without the heading that became the title."""
    heading = tokens[0].map if tokens and len(rest) < len(tokens) else None
    lines = body.split("\n")
    return "\n".join(lines[heading[1] :] if heading else lines).strip("\n")


def _first_words(rendered: str) -> str:
    return prose.shorten(plain(rendered).split("\n", maxsplit=1)[0], _LONGEST_TITLE)


def _summary(head: abc.Mapping[str, Field], values: abc.Mapping[str, Any], rendered: str) -> str:
    if "summary" in head:
        return prose.shorten(" ".join(" ".join(head["summary"].texts).split()))
    definition = values.get("definition")
    paragraphs = re.findall(r"(?s)<p>(.*?)</p>", rendered)
    return prose.summary([*([definition.primary] if isinstance(definition, Text) else []), *map(plain, paragraphs)])


def _told(kind: type[Object], title: str, rendered: str, language: str) -> dict[str, Any]:
    told: dict[str, Any] = {"media_type": "text/html", "in_language": language or None}
    if title:
        told["name"] = Text.of(title, language)
    if rendered.strip() or (title and kind.TYPE in {"Article", "Event", "Note"}):
        told["content"] = Text.of(rendered.strip() or f"<p>{html.escape(title, quote=False)}</p>", language)
    return told


FORMAT = Format(
    name="markdown",
    media_type="text/markdown",
    extension="md",
    loses={"fr": "Rien de ce que l’entête et le texte disent.", "en": "Nothing of what its head and its text say."},
    read=read,
)
