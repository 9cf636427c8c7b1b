"""Plain text, as people have it: the title, headings, lists and paragraphs are told by their looks. Reads only."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace

from node.contracts import Draft, File, Format
from node.domain import prose
from node.domain.files import text_of
from node.domain.html import clean, plain
from node.domain.outline import Block, blocks
from node.domain.typesetting import inline, levelled, written
from node.errors import Invalid
from vocab.things.repertoire_item import RepertoireItem
from vocab.values import Text

_LONGEST_TITLE = 160
_LONG_PREFACE = 200
_SHORTEST_HEAD = 10
_LONG_LINE = 2_000
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_TAIL = re.compile(r"\s+[|·]\s+")


def read(file: File) -> list[Draft]:
    """One resource from a text file in UTF-8; Invalid says in one line what is wrong with the file."""
    name = file.name
    found = blocks(text_of(name, file.content))
    place = _title_place(found)
    if place is None:
        raise Invalid(f"{name}, line 1: this file has no text in it; export it as text again")
    title, tail, rest = _titled(found, place)
    words = "\n".join(block.text for block in found)
    language = prose.language(words)
    body = clean("\n".join([*_subtitle(tail), *(written(block) for block in levelled(rest))]) or f"<p>{html.escape(title)}</p>")
    summary = prose.summary(plain(text) for text in _PARAGRAPH.findall(body) if "<br>" not in text) or title
    thing = RepertoireItem(
        name=Text.of(title, language),
        summary=Text.of(f"<p>{html.escape(summary, quote=False)}</p>", language),
        content=Text.of(str(body), language),
        media_type="text/html",
        in_language=language or None,
    )
    return [Draft(thing=thing, source=name)]


def _titled(found: Sequence[Block], place: int) -> tuple[str, str, list[Block]]:
    """The title, what followed it after a bar, and the blocks without it."""
    block = found[place]
    line = _said(block.lines[0])
    rest = list(found)
    if len(line) > _LONGEST_TITLE and block.kind != "heading":
        return prose.shorten(line, _LONGEST_TITLE), "", rest
    rest[place : place + 1] = [replace(block, kind="paragraph", lines=block.lines[1:])] if block.lines[1:] else []
    head, *tails = _TAIL.split(line, maxsplit=1)
    if tails and len(head) >= _SHORTEST_HEAD and " " in head:
        return head, tails[0], rest
    return line, "", rest


def _title_place(found: Sequence[Block]) -> int | None:
    """Where the title is: the first marked heading, unless much is said before it; else the first line. None without any."""
    for place, block in enumerate(found):
        if block.kind == "heading" and block.is_marked and _said(block.text):
            return place
        if len(block.text) >= _LONG_PREFACE:
            break
    return next((place for place, block in enumerate(found) if block.lines and _said(block.lines[0])), None)


def _said(line: str) -> str:
    """The words of a line without its marks; of a very long one, those at its beginning."""
    return plain(inline(line[:_LONG_LINE])).replace("\n", " ")


def _subtitle(tail: str) -> list[str]:
    return [f"<p><em>{html.escape(tail, quote=False)}</em></p>"] if tail else []


FORMAT = Format(
    name="text",
    media_type="text/plain",
    extension="txt",
    loses={
        "fr": "La date, l’auteur·trice et la licence, qu’un texte seul ne dit pas.",
        "en": "Date, author and licence, which a bare text does not tell.",
    },
    read=read,
)
