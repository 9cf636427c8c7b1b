"""The blocks of a plain text as HTML: emphasis and links as in Markdown, everything else escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from node.domain.outline import Block

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_WRAPPED_AT_LEAST = 45
_MOST_BRACKETS = 1_000
_BARE_ADDRESS = re.compile(r"(?<![<(\[\"'\w/])https?://[^\s<>]*[^\s<>.,;:!?)\]»\"']")
_SMALL_MARK = re.compile(r"&lt;(/?)(sup|sub|br) ?/?&gt;")


@cache
def _marks() -> MarkdownIt:
    # imported here: a node that serves reads no files
    from markdown_it import MarkdownIt  # noqa: PLC0415

    return MarkdownIt("commonmark", {"html": False})


def levelled(found: Sequence[Block]) -> list[Block]:
    """The highest heading below the title becomes an <h2>; a rule stays only between two things."""
    highest = min((block.level for block in found if block.kind == "heading"), default=1)
    kept = [block for before, block in pairwise([Block(kind="rule"), *found]) if (before.kind, block.kind) != ("rule", "rule")]
    return [replace(block, level=min(block.level - highest + 2, 6)) for block in kept]


def written(block: Block) -> str:
    """One block; not yet cleaned."""
    match block.kind:
        case "heading":
            return f"<h{block.level}>{inline(block.text)}</h{block.level}>"
        case "list":
            mark = "ol" if block.is_ordered else "ul"
            start = f' start="{block.start}"' if block.start > 1 else ""
            items = "".join(f"<li>{inline(item)}</li>" for item in block.lines)
            return f"<{mark}{start}>{items}</{mark}>"
        case "rule":
            return "<hr>"
        case "quote":
            return f"<blockquote><p>{_flowing(block.lines)}</p></blockquote>"
        case "paragraph":
            return f"<p>{_flowing(block.lines)}</p>"


def _flowing(lines: Sequence[str]) -> str:
    """Lines that a program has wrapped flow again; short lines stay lines."""
    if all(len(line) >= _WRAPPED_AT_LEAST for line in lines[:-1]):
        return inline(" ".join(lines))
    return "<br>".join(inline(line) for line in lines)


def inline(line: str) -> str:
    """The emphasis and links of a line, the rest escaped."""
    linked = _BARE_ADDRESS.sub(lambda address: f"<{address[0]}>", line.replace("\t", " "))
    if linked.count("[") > _MOST_BRACKETS:  # each opens a search for its end: a thousand take a second
        return html.escape(line, quote=False)
    rendered: str = _marks().renderInline(linked)
    return _SMALL_MARK.sub(r"<\1\2>", rendered)
