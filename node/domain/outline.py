"""What the lines of a plain text are: headings, paragraphs, lists, quotes; marked as in Markdown, or told by their looks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["heading", "paragraph", "list", "quote", "rule"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of a text. `lines` are its lines, or the items of a list that counts from `start`; a heading has a `level`."""

    kind: Kind
    lines: tuple[str, ...] = ()
    level: int = 0
    is_marked: bool = False
    is_ordered: bool = False
    start: int = 1

    @property
    def text(self) -> str:
        """All of it in one line."""
        return " ".join(self.lines)


_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*)$")
_RULE = re.compile(r"^ {0,3}([-*_=])(?: *\1){2,}\s*$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-{3,})\s*$")
_ITEM = re.compile(r"^\s*(?:(?P<bullet>[-*+•◦▪–])|(?P<number>\d{1,3})[.)])\s+(?:~\s*)?(?P<text>\S.*)$")
_QUOTE = re.compile(r"^ {0,3}>\s?(.*)$")
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)\.?\s+(\S.*)$")
_LOWER = re.compile(r"[a-zß-öø-ÿœ]")
_LONGEST_HEADING = 100
_LONGEST_UNDERLINED = 160
_SUBSTANCE = 80
_HEADINGS_IN_A_ROW = 2


def blocks(text: str) -> list[Block]:
    """The blocks of a text, in order. Where at least two headings carry `#`, no other line is taken for one."""
    found = [block for chunk in _chunks(text) for block in _blocks_of(chunk)]
    joined = _join(found)
    if sum(block.kind == "heading" for block in joined) > 1:
        return joined
    places = {place for place in range(len(joined)) if _looks_like_heading(joined, place)}
    depths = [depth for place in places if (depth := _depth(joined[place]))]
    highest = min(depths, default=1)
    return [_as_heading(block, highest) if place in places else block for place, block in enumerate(joined)]


def _chunks(text: str) -> list[list[str]]:
    chunks: list[list[str]] = [[]]
    for line in text.replace("\f", "\n\n").split("\n"):
        if line.strip():
            chunks[-1].append(line.rstrip())
        elif chunks[-1]:
            chunks.append([])
    return [chunk for chunk in chunks if chunk]


def _blocks_of(chunk: Sequence[str]) -> list[Block]:
    found: list[tuple[Block, list[str]]] = []
    for line in chunk:
        last = found[-1] if found else None
        if last is None or not _belongs(*last, line):
            begun = _begun(line)
            found.append((begun, list(begun.lines)))
        elif _is_underlined(*last, line):
            found[-1] = (Block(kind="heading", level=1 if line.strip()[0] == "=" else 2, is_marked=True), last[1])
        elif _goes_on(last[0], line):
            last[1][-1] += f" {line.strip()}"
        else:
            last[1].extend(_begun(line).lines)
    return [replace(block, lines=tuple(lines)) for block, lines in found]


def _begun(line: str) -> Block:
    if _RULE.match(line):
        return Block(kind="rule")
    if heading := _HEADING.match(line):
        return Block(kind="heading", lines=(heading[2].rstrip().rstrip("#").rstrip(),), level=len(heading[1]), is_marked=True)
    if item := _ITEM.match(line):
        number = item["number"]
        return Block(kind="list", lines=(item["text"].strip(),), is_ordered=number is not None, start=int(number or 1))
    if quote := _QUOTE.match(line):
        return Block(kind="quote", lines=(quote[1].strip(),))
    return Block(kind="paragraph", lines=(line.strip(),))


def _belongs(last: Block, lines: Sequence[str], line: str) -> bool:
    """Whether a line is part of the block before it, or makes a heading of it."""
    if _is_underlined(last, lines, line) or _goes_on(last, line):
        return True
    begun = _begun(line)
    return begun.kind == last.kind and last.kind in {"paragraph", "quote", "list"} and begun.is_ordered == last.is_ordered


def _is_underlined(last: Block, lines: Sequence[str], line: str) -> bool:
    is_short = len(lines) == 1 and len(lines[0]) <= _LONGEST_UNDERLINED
    return last.kind == "paragraph" and is_short and _UNDERLINE.match(line) is not None


def _goes_on(last: Block, line: str) -> bool:
    """Whether a line that is set in goes on with the item above it."""
    return last.kind == "list" and line[:1].isspace() and _begun(line).kind == "paragraph"


def _join(found: Sequence[Block]) -> list[Block]:
    """Lists whose items stand apart become one; so does a sentence that a page break has cut."""
    joined: list[tuple[Block, list[str]]] = []
    for block in found:
        last = joined[-1] if joined else None
        if last is None or not _continues(*last, block):
            joined.append((block, list(block.lines)))
        elif block.kind == "list":
            last[1].extend(block.lines)
        else:
            last[1][-1] += f" {block.lines[0]}"
            last[1].extend(block.lines[1:])
    return [replace(block, lines=tuple(lines)) for block, lines in joined]


def _continues(last: Block, lines: Sequence[str], block: Block) -> bool:
    if last.kind != block.kind or not lines:
        return False
    if last.kind == "list":
        return last.is_ordered == block.is_ordered
    length = sum(len(line) + 1 for line in lines[-_SUBSTANCE:]) - 1
    is_cut = last.kind == "paragraph" and length >= _SUBSTANCE and lines[-1][-1:].isalnum()
    return is_cut and _LOWER.match(block.text) is not None and len(block.text) >= _SUBSTANCE


def _looks_like_heading(found: Sequence[Block], place: int) -> bool:
    """A short line without an end, with something to read below it: a menu has lines too, but nothing below."""
    if not _is_title_like(found[place]):
        return False
    for block in found[place + 1 : place + 2 + _HEADINGS_IN_A_ROW]:
        if block.kind == "heading" or _is_title_like(block):
            continue
        return block.kind in {"list", "quote"} or len(block.text) >= _SUBSTANCE
    return False


def _is_title_like(block: Block) -> bool:
    if len(block.lines) != 1 or block.kind not in {"paragraph", "list"}:
        return False
    line = block.text
    if block.kind == "list" and not block.is_ordered:
        return False
    bare = found[2] if (found := _NUMBERED.match(line)) else line
    fits = len(line) <= _LONGEST_HEADING and not re.search(r"[.,;:!…]$|\t| \| |https?:", line)
    return fits and bare[0].isupper()


def _depth(block: Block) -> int:
    """How deep the number of a heading goes: 2 for "3.1. Outils", 1 for "3. Outils", 0 for "Outils"."""
    if block.kind == "list":
        return 1
    numbered = _NUMBERED.match(block.text)
    return numbered[1].count(".") + 1 if numbered else 0


def _as_heading(block: Block, highest: int) -> Block:
    line = f"{block.start}. {block.text}" if block.kind == "list" else block.text
    return Block(kind="heading", lines=(line,), level=min(max(_depth(block) - highest + 1, 1), 6))
