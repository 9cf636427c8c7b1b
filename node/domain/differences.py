"""What changed from one text to another, word by word, and the text that two people made of one without losing anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Fate = Literal["same", "added", "removed"]

#: Of longer texts nothing is compared, and of what remains so many pairs of words: it would take seconds (measured: 2 s for 10
#: million pairs of one word said over and over).
MOST_PARAGRAPHS, MOST_PAIRS = 3_000, 2_000_000
#: Two paragraphs that share less than this are two, not one that was changed.
_ALIKE = 0.5
#: So many unchanged paragraphs stay around a change.
_AROUND = 1
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some words, and what became of them."""

    text: str
    fate: Fate = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph in pieces; or `skipped` paragraphs that are the same and are not shown."""

    pieces: tuple[Piece, ...] = ()
    skipped: int = 0

    @property
    def is_changed(self) -> bool:
        """Whether anything in it changed."""
        return any(piece.fate != "same" for piece in self.pieces)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text; a list or a table whose lines follow each other is in as many as it has lines."""
    return [line.strip() for line in text.replace("\r\n", "\n").split("\n") if line.strip()]


def compared(before: str, after: str) -> tuple[Passage, ...]:
    """What changed, paragraph by paragraph, with a little of what did not around it; () when nothing did."""
    old, new = paragraphs(before), paragraphs(after)
    if old == new:
        return ()
    if max(len(old), len(new)) > MOST_PARAGRAPHS:
        return (_whole(before, "removed"), _whole(after, "added"))
    left = _Patience(pairs=MOST_PAIRS)
    found = [passage for step in _steps(old, new) for passage in _passages(old, new, step, left)]
    return tuple(_shortened(found))


def merged(base: str, mine: str, theirs: str) -> str | None:
    """The text with what both changed in `base`, None where they changed the same paragraph in two ways."""
    if mine in {base, theirs}:
        return theirs
    if theirs == base:
        return mine
    blocks = _combined(_blocks(base), _blocks(mine), _blocks(theirs))
    return None if blocks is None else "\n\n".join(blocks)


def merged_list(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """A list in which each stands once, with what both added, and without what either took away; in the order of `mine`."""
    gone = (set(base) - set(theirs)) | (set(base) - set(mine))
    return tuple(item for item in dict.fromkeys([*mine, *theirs]) if item not in gone)


def _blocks(text: str) -> list[str]:
    return [block for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if (block := part.strip("\n"))]


Step = tuple[str, int, int, int, int]


@dataclass(slots=True, kw_only=True)
class _Patience:
    """How many pairs of words may still be compared."""

    pairs: int

    def takes(self, before: str, after: str) -> bool:
        """Whether two paragraphs may still be compared."""
        self.pairs -= len(_WORDS.findall(before)) * len(_WORDS.findall(after))
        return self.pairs >= 0


def _steps(old: Sequence[str], new: Sequence[str]) -> Iterator[Step]:
    yield from SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()


def _passages(old: Sequence[str], new: Sequence[str], step: Step, left: _Patience) -> Iterator[Passage]:
    tag, begin, end, start, stop = step
    if tag == "equal":
        yield from (Passage(pieces=(Piece(text=line),)) for line in old[begin:end])
        return
    gone, come = list(old[begin:end]), list(new[start:stop])
    while gone or come:
        if gone and come and _is_alike(gone[0], come[0]) and left.takes(gone[0], come[0]):
            yield Passage(pieces=tuple(_words(gone.pop(0), come.pop(0))))
        elif gone and (not come or not any(_is_alike(gone[0], line) for line in come[1:3])):
            yield _whole(gone.pop(0), "removed")
        else:
            yield _whole(come.pop(0), "added")


def _is_alike(one: str, other: str) -> bool:
    """Whether two paragraphs have many words in common, wherever these stand."""
    return SequenceMatcher(a=_WORDS.findall(one), b=_WORDS.findall(other), autojunk=False).quick_ratio() >= _ALIKE


def _words(before: str, after: str) -> Iterator[Piece]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    for tag, begin, end, start, stop in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(text="".join(old[begin:end]))
            continue
        if end > begin:
            yield Piece(text="".join(old[begin:end]), fate="removed")
        if stop > start:
            yield Piece(text="".join(new[start:stop]), fate="added")


def _whole(text: str, fate: Fate) -> Passage:
    return Passage(pieces=(Piece(text=text, fate=fate),))


def _shortened(found: Sequence[Passage]) -> Iterator[Passage]:
    """Without the unchanged paragraphs that stand far from any change."""
    near = {place + step for place, passage in enumerate(found) if passage.is_changed for step in range(-_AROUND, _AROUND + 1)}
    skipped = 0
    for place, passage in enumerate(found):
        if place in near:
            if skipped:
                yield Passage(skipped=skipped)
            skipped = 0
            yield passage
        else:
            skipped += 1
    if skipped:
        yield Passage(skipped=skipped)


def _combined(base: list[str], mine: list[str], theirs: list[str]) -> list[str] | None:
    """The three lists made one: between two places at which all agree, at most one of the two may differ from the base."""
    found: list[str] = []
    at = left = right = 0
    for begin, first, second, length in [*_agreed(base, mine, theirs), (len(base), len(mine), len(theirs), 0)]:
        part = _chosen(base[at:begin], mine[left:first], theirs[right:second])
        if part is None:
            return None
        found += [*part, *base[begin : begin + length]]
        at, left, right = begin + length, first + length, second + length
    return found


def _chosen(base: list[str], mine: list[str], theirs: list[str]) -> list[str] | None:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    if len(base) == len(mine) == len(theirs) > 1:  # neighbours, changed by one each
        parts = [_chosen([old], [one], [other]) for old, one, other in zip(base, mine, theirs, strict=True)]
        return None if None in parts else [part[0] for part in parts if part]
    return [*mine, *theirs] if not base and not set(mine) & set(theirs) else None


def _agreed(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches that are in all three: where they begin in each, and how long they are."""
    left = _places(base, mine)
    right = _places(base, theirs)
    at = 0
    while at < len(base):
        if at not in left or at not in right:
            at += 1
            continue
        length = 1
        while (left.get(at + length), right.get(at + length)) == (left[at] + length, right[at] + length):
            length += 1
        yield at, left[at], right[at], length
        at += length


def _places(base: list[str], other: list[str]) -> dict[int, int]:
    blocks = SequenceMatcher(a=base, b=other, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}
