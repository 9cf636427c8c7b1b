"""Ogg with Opus, Vorbis, FLAC, Speex or Theora in it: the comments are blanked in their place, so that nothing moves.

Spec: RFC 3533 §6. Spec: RFC 7845 §5.2.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

#: What the first packet of a stream begins with, what the second does, and what goes after its empty lists.
_CODECS = (
    (b"OpusHead", b"OpusTags", b""),
    (b"\x01vorbis", b"\x03vorbis", b"\x01"),
    (b"\x80theora", b"\x81theora", b""),
    (b"Speex   ", b"", b""),
)
_FLAC, _COMMENTS, _NOTHING = b"\x7fFLAC", 4, 1
#: Blocks of FLAC that play: what the stream is, and where one finds what.
_PLAYED = frozenset({0, 3})
_HEAD = struct.Struct("<4sBBqIIIB")
_BEGINS, _WHOLE = 2, 255


class Page(NamedTuple):
    """A page: where it begins, where its packets begin, where it ends; whether it begins a stream, and which."""

    at: int
    inside: int
    end: int
    begins: bool
    stream: int
    laces: bytes


@dataclass(slots=True)
class _Stream:
    """A stream as far as it was read: its first packet, how many headers are still to come, and the places of this one.

    `changed`: the pages of the recording in which something was blanked, by their place.
    """

    changed: dict[int, Page]
    first: bytes = b""
    left: int = 1
    spans: list[tuple[int, int]] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)


def blanked(content: bytes) -> bytes:
    """The same recording without its comments and pictures, and what comes after it; raises ValueError or struct.error."""
    made = bytearray(content)
    streams: dict[int, _Stream] = {}
    changed: dict[int, Page] = {}
    end = 0
    for page in _pages(made):
        end = page.end
        if page.begins:
            streams[page.stream] = _Stream(changed)
        if page.stream not in streams:
            raise ValueError("a stream has no beginning")
        _read(made, streams[page.stream], page)
    if not streams or any(stream.left for stream in streams.values()):
        raise ValueError("a stream has no head")
    for page in changed.values():  # once each: a page may hold hundreds of headers
        made[page.at + 22 : page.at + 26] = bytes(4)
        made[page.at + 22 : page.at + 26] = struct.pack("<I", _checked(made[page.at : page.end]))
    return bytes(made[:end])


def _pages(made: bytearray) -> Iterator[Page]:
    at = 0
    while made[at : at + 4] == b"OggS" and at + _HEAD.size <= len(made):
        _, _, flags, _, stream, _, _, count = _HEAD.unpack_from(made, at)
        inside = at + _HEAD.size + count
        laces = bytes(made[at + _HEAD.size : inside])
        end = inside + sum(laces)
        if end > len(made):
            return  # the recorder was stopped within a page
        yield Page(at, inside, end, bool(flags & _BEGINS), stream, laces)
        at = end


def _read(made: bytearray, stream: _Stream, page: Page) -> None:
    """Goes on in a stream until its headers are over."""
    at = page.inside
    for lace in page.laces:
        if not stream.left:
            return
        stream.spans.append((at, at + lace))
        if not stream.pages or stream.pages[-1] != page:
            stream.pages.append(page)
        at += lace
        if lace < _WHOLE:
            _header(made, stream)
            stream.spans, stream.pages = [], []


def _header(made: bytearray, stream: _Stream) -> None:
    packet = b"".join(made[start:end] for start, end in stream.spans)
    if not stream.first:
        stream.first = packet
        stream.left = int.from_bytes(packet[7:9]) if packet.startswith(_FLAC) else 1
        if not stream.left:
            raise ValueError("it does not say how many headers come")
        return
    stream.left -= 1
    if stream.first.startswith(_FLAC):
        blank = _blank_block(packet)
    else:
        _, begins, ends = next((codec for codec in _CODECS if stream.first.startswith(codec[0])), (b"", b"", None))
        if ends is None or not packet.startswith(begins):
            raise ValueError("this stream is in no way that is known here")
        blank = begins + bytes(8) + ends
    if len(blank) > len(packet):
        raise ValueError("the comments have no room")
    _put(made, stream, blank.ljust(len(packet), b"\0"))


def _blank_block(packet: bytes) -> bytes:
    kind, is_last = packet[0] & 0x7F, packet[0] & 0x80
    if kind in _PLAYED:
        return packet
    # the comments must come, empty; whatever else is there becomes room for nothing
    return bytes((is_last | (_COMMENTS if kind == _COMMENTS else _NOTHING),)) + packet[1:4]


def _put(made: bytearray, stream: _Stream, packet: bytes) -> None:
    at = 0
    for start, end in stream.spans:
        made[start:end] = packet[at : at + end - start]
        at += end - start
    stream.changed.update((page.at, page) for page in stream.pages)


def _checked(page: bytearray) -> int:
    """The checksum of a page, as Ogg counts it."""
    table, total = _table(), 0
    for byte in page:
        total = ((total << 8) & 0xFFFFFFFF) ^ table[(total >> 24) ^ byte]
    return total


@cache
def _table() -> tuple[int, ...]:
    found = []
    for number in range(256):
        total = number << 24
        for _ in range(8):
            total = (total << 1) ^ (0x104C11DB7 if total & 0x80000000 else 0)
        found.append(total & 0xFFFFFFFF)
    return tuple(found)
