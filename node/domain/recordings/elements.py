"""WebM and Matroska: of each element only those that play stay, and what goes is blanked in its place, so that nothing moves.

Spec: RFC 8794 §5. Spec: RFC 9559 §5.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

#: What may be in an element: by number, how what is there is treated.
Parts: TypeAlias = "Mapping[int, Parts | str]"

_KEEP, _EMPTY, _CODEC = "kept", "emptied", "kept without its comments"
#: So many elements are looked at: hours of sound have fewer.
_MOST = 500_000
#: Two empty lists of comments, and the bit that ends them.
_FRAME = 9
_HEAD, _SEGMENT, _CLUSTER, _VOID = 0x1A45DFA3, 0x18538067, 0x1F43B675, 0xEC
#: A track: its numbers, its codec, its picture or sound; not its name.
_TRACK: Parts = dict.fromkeys(
    (
        0xD7, 0x73C5, 0x83, 0xB9, 0x88, 0x55AA, 0x9C, 0x6DE7, 0x6DF8, 0x23E383, 0x234E7A, 0x23314F, 0x55EE, 0x22B59C, 0x22B59D,
        0x86, 0x56AA, 0x56BB, 0xE0, 0xE1,
    ),
    _KEEP,
) | {0x63A2: _CODEC}  # fmt: skip
_BLOCKS: Parts = dict.fromkeys((0xE7, 0xA3, 0xA0, 0xA7, 0xAB), _KEEP)
#: How fast the clock goes and how long it lasts; which programs wrote it must be there, and is left empty.
_INFO: Parts = {0x2AD7B1: _KEEP, 0x4489: _KEEP, 0x4D80: _EMPTY, 0x5741: _EMPTY}
_PARTS: Parts = {0x114D9B74: _KEEP, 0x1C53BB6B: _KEEP, 0x1549A966: _INFO, 0x1654AE6B: {0xAE: _TRACK}, _CLUSTER: _BLOCKS}
#: What ends a cluster of unknown length: whatever stands beside one. Tags, attachments and chapters are among it.
_BESIDE = frozenset({*_PARTS, 0x1254C367, 0x1941A469, 0x1043A770, _HEAD, _SEGMENT})
_ENDS = frozenset({_HEAD, _SEGMENT})


def blanked(content: bytes) -> bytes:
    """The same recording without titles, dates, programs, tags, attachments and chapters; raises ValueError or IndexError."""
    made = bytearray(content)
    number, start, end = _element(made, 0, len(made))
    if number != _HEAD or end is None:
        raise ValueError("it begins with no head")
    number, start, last = _element(made, end, len(made))
    if number != _SEGMENT:
        raise ValueError("there is no segment")
    return bytes(made[: _walked(made, start, min(last or len(made), len(made)), _PARTS, _ENDS, iter(range(_MOST)))])


def _walked(made: bytearray, start: int, end: int, parts: Parts, ends: frozenset[int], left: Iterator[int]) -> int:
    """Blanks what is not among `parts`; where it came to its end, which is also before one of `ends`."""
    at = start
    while at < end:
        number, inside, after = _element(made, at, end)
        if next(left, None) is None:
            raise ValueError("there are too many elements")
        if number in ends:
            return at
        how = parts.get(number)
        if after is None and number != _CLUSTER:
            raise ValueError("an element does not say how long it is")
        if isinstance(how, Mapping):
            stop = _walked(made, inside, end if after is None else after, how, _BESIDE if after is None else frozenset(), left)
            after = stop if after is None else after
        elif after:
            _blank(made, how, at, inside, after)
        at = after or end
    return at


def _blank(made: bytearray, how: str | None, at: int, inside: int, after: int) -> None:
    """Treats an element that has none inside."""
    if how == _CODEC:
        _uncomment(made, inside, after)
    elif how == _EMPTY:
        made[inside:after] = bytes(after - inside)
    elif how is None:
        made[at:after] = _void(after - at)


def _element(made: bytearray, at: int, end: int) -> tuple[int, int, int | None]:
    """The number of the element that begins here, where its content begins, and where it ends; None where that is not said."""
    width = 9 - made[at].bit_length()
    if width > 4:  # noqa: PLR2004 (a number has four bytes at most)
        raise ValueError("there is no element here")
    number, at = int.from_bytes(made[at : at + width]), at + width
    width = 9 - made[at].bit_length()
    if width > 8 or at + width > end:  # noqa: PLR2004 (and a length eight)
        raise ValueError("an element has no length")
    free = (1 << (7 * width)) - 1
    length, at = int.from_bytes(made[at : at + width]) & free, at + width
    return number, at, None if length == free else min(at + length, end)


def _uncomment(made: bytearray, start: int, end: int) -> None:
    """Empties the comments that Vorbis brings along with its codec, between two other heads."""
    at = made.find(b"\x03vorbis", start, end) + 7
    last = made.find(b"\x05vorbis", at, end)
    if at > start and last - at > _FRAME:
        made[at:last] = bytes(_FRAME - 1) + b"\x01" + bytes(last - at - _FRAME)


def _void(length: int) -> bytes:
    """So many bytes that say nothing, as one element."""
    shortest = 128
    if length <= shortest:
        return bytes((_VOID, 0x80 | (length - 2))) + bytes(length - 2)
    return bytes((_VOID, 1)) + (length - 9).to_bytes(7) + bytes(length - 9)
