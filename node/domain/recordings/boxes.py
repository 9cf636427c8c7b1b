"""MP4, M4A, MOV and 3GP: of each box only those that play stay, and what goes is blanked in its place, so that nothing moves.

Spec: ISO/IEC 14496-12 §4.2.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sized
from itertools import accumulate, islice
from typing import NamedTuple, TypeAlias

#: What may be in a box: by type, what of it may be in that, None where all of it stays.
Parts: TypeAlias = "Mapping[bytes, Parts | None]"


class Box(NamedTuple):
    """A box: its type, where it begins, where its content begins, where it ends."""

    kind: bytes
    at: int
    inside: int
    end: int


def _plain(names: str) -> dict[bytes, Parts | None]:
    return dict.fromkeys(names.encode().split())


_SAMPLES = _plain("stsd stts ctts cslg stss stps stsc stsz stz2 stco co64 sdtp sbgp sgpd subs saiz saio padb")
_MEDIUM: Parts = {**_plain("vmhd smhd hmhd sthd nmhd gmhd dinf hdlr"), b"stbl": _SAMPLES}
_TRACK: Parts = {**_plain("tkhd tref edts tapt"), b"mdia": {**_plain("mdhd hdlr elng"), b"minf": _MEDIUM}}
_FRAGMENT: Parts = {**_plain("mfhd"), b"traf": _plain("tfhd trun tfdt sbgp sgpd subs saiz saio")}
_FILE: Parts = {
    **_plain("ftyp styp sidx ssix mdat mfra"),
    b"moov": {**_plain("mvhd mvex iods"), b"trak": _TRACK},
    b"moof": _FRAGMENT,
}
#: What one sees, hears or reads. Any other track is where and how a camera was held, who was in front of it, what time it was.
_PLAYED = frozenset({b"soun", b"vide", b"auxv", b"text", b"sbtl", b"subt", b"clcp"})
_DATED = frozenset({b"mvhd", b"tkhd", b"mdhd"})
_SMALLEST, _MOST_TRACKS, _MOST_CHUNKS = 8, 64, 100_000


def blanked(content: bytes) -> bytes:
    """The same recording without places, dates, titles, names of devices; raises ValueError, IndexError or struct.error."""
    made = bytearray(content)
    found = [box for box in _boxes(made, 0, len(made)) if box.kind == b"moov"]
    tracks = [box for movie in found for box in _boxes(made, movie.inside, movie.end) if box.kind == b"trak"]
    if len(tracks) > _MOST_TRACKS:
        raise ValueError("nobody plays so many tracks")
    played = [track for track in tracks if _handler(made, track) in _PLAYED]
    if not played:
        raise ValueError("nothing in it is played")
    is_in_fragments = any(box.kind == b"moof" for box in _boxes(made, 0, len(made)))
    if is_in_fragments and len(played) < len(tracks):
        raise ValueError("a track that nobody plays lies in fragments")
    if not is_in_fragments:
        chunks = list[tuple[int, int]]()
        for track in played:
            chunks += _chunks(made, track)
            _must_be_few(chunks)
        _silence(made, chunks)
    for track in tracks:
        if track not in played:
            made[track.at + 4 : track.at + 8] = b"free"
    _walk(made, 0, len(made), _FILE)
    return bytes(made)


def _boxes(made: bytearray, start: int, end: int) -> Iterator[Box]:
    """The boxes between two places; raises ValueError where there is none."""
    at = start
    while end - at >= _SMALLEST:
        size, kind = struct.unpack_from(">I4s", made, at)
        inside = at + _SMALLEST
        if size == 1:
            (size,), inside = struct.unpack_from(">Q", made, inside), inside + _SMALLEST
        last = end if size == 0 else at + size
        if last < inside or last > end:
            raise ValueError("a box ends where none can")
        yield Box(kind, at, inside, last)
        at = last
    made[at:end] = bytes(end - at)


def _walk(made: bytearray, start: int, end: int, parts: Parts) -> None:
    for box in _boxes(made, start, end):
        if box.kind not in parts:
            made[box.at + 4 : box.at + 8] = b"free"
            made[box.inside : box.end] = bytes(box.end - box.inside)
            continue
        within = parts[box.kind]
        if within is not None:
            _walk(made, box.inside, box.end, within)
        elif box.kind in _DATED:  # made, and changed: as long as the version of the box says
            width = 16 if made[box.inside] else 8
            made[box.inside + 4 : box.inside + 4 + width] = bytes(width)
        elif box.kind == b"hdlr":  # who made what plays it, then its name
            name = min(box.inside + 12, box.end)
            made[name : box.end] = bytes(box.end - name)


def _within(made: bytearray, box: Box, *path: bytes) -> Box:
    for kind in path:
        box = next((each for each in _boxes(made, box.inside, box.end) if each.kind == kind), Box(b"", 0, 0, 0))
        if not box.kind:
            raise ValueError("a track lacks a part")
    return box


def _handler(made: bytearray, track: Box) -> bytes:
    """What kind of thing a track holds."""
    box = _within(made, track, b"mdia", b"hdlr")
    return bytes(made[box.inside + 8 : box.inside + 12])


def _silence(made: bytearray, played: list[tuple[int, int]]) -> None:
    """Blanks what lies among the sound and the pictures and belongs to no track that is played."""
    ranges = sorted(played)
    found = [box for box in _boxes(made, 0, len(made)) if box.kind == b"mdat"]
    if len(found) > _MOST_TRACKS:
        raise ValueError("it lies in too many parts")
    for box in found:
        at = box.inside
        for start, length in [*ranges, (box.end, 0)]:
            if box.inside <= start <= box.end:
                made[at:start] = bytes(max(start - at, 0))
                at = max(at, min(start + length, box.end))


def _chunks(made: bytearray, track: Box) -> list[tuple[int, int]]:
    """Where the parts of a track lie in the file, and how long they are."""
    table = _within(made, track, b"mdia", b"minf", b"stbl")
    parts = {box.kind: box for box in _boxes(made, table.inside, table.end)}
    places = parts.get(b"stco") or parts[b"co64"]
    starts = _numbers(made, places.inside + 4, places.end, "Q" if places.kind == b"co64" else "I")
    _must_be_few(starts)
    each, count = struct.unpack_from(">II", made, parts[b"stsz"].inside + 4)
    if each == 1:  # as old programs write that they do not say it
        raise ValueError("a track does not say how long its parts are")
    sizes = [] if each else _numbers(made, parts[b"stsz"].inside + 8, parts[b"stsz"].end, "I")
    runs = _numbers(made, parts[b"stsc"].inside + 4, parts[b"stsc"].end, "III")
    sizes_until = [0, *accumulate(sizes)]
    found, sample = [], 0
    for first, following, many in zip(runs[::3], [*runs[3::3], len(starts) + 1], runs[1::3], strict=False):
        if not 0 < first <= following:
            raise ValueError("the parts of a track are in no order")
        for number in range(first - 1, min(following - 1, len(starts))):
            last = min(sample + many, count)
            length = (last - sample) * each if each else sizes_until[last] - sizes_until[sample]
            found.append((starts[number], length))
            sample = last
    if sum(length for _, length in found) > len(made):
        raise ValueError("a track is longer than the file")
    return found


def _must_be_few(parts: Sized) -> None:
    if len(parts) > _MOST_CHUNKS:
        raise ValueError("it lies in too many parts")


def _numbers(made: bytearray, at: int, end: int, pattern: str) -> list[int]:
    """A counted list of rows of numbers, one after the other, in a box that ends somewhere."""
    (count,) = struct.unpack_from(">I", made, at)
    if at + 4 + count * struct.calcsize(f">{pattern}") > end:
        raise ValueError("a list is longer than its box")
    rows = struct.iter_unpack(f">{pattern}", made[at + 4 : at + 4 + count * struct.calcsize(f">{pattern}")])
    return [number for row in islice(rows, count) for number in row]
