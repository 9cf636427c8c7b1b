"""MP4, M4A, MOV and 3GP: of each box only those that play stay, and what goes is blanked in its place, so that nothing moves.

Spec: ISO/IEC 14496-12 §4.2.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
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
_SMALLEST, _MOST_TRACKS = 8, 64


def blanked(content: bytes) -> bytes:
    """The same recording without places, dates, titles, names of devices; raises ValueError, IndexError or struct.error."""
    made = bytearray(content)
    found = [box for box in _boxes(made, 0, len(made)) if box.kind == b"moov"]
    tracks = [box for movie in found for box in _boxes(made, movie.inside, movie.end) if box.kind == b"trak"]
    if len(tracks) > _MOST_TRACKS:
        raise ValueError("nobody plays so many tracks")
    unplayed = [track for track in tracks if _handler(made, track) not in _PLAYED]
    if len(unplayed) == len(tracks):
        raise ValueError("nothing in it is played")
    if unplayed and any(box.kind == b"moof" for box in _boxes(made, 0, len(made))):
        raise ValueError("a track that nobody plays lies in fragments")
    for track in unplayed:
        _silence(made, track)
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


def _silence(made: bytearray, track: Box) -> None:
    """Blanks all that a track holds, and the track; raises ValueError."""
    table = _within(made, track, b"mdia", b"minf", b"stbl")
    for start, length in _chunks(made, table):
        if start + length > len(made):
            raise ValueError("a track goes on after the end")
        made[start : start + length] = bytes(length)
    made[track.at + 4 : track.at + 8] = b"free"
    made[track.inside : track.end] = bytes(track.end - track.inside)


def _chunks(made: bytearray, table: Box) -> list[tuple[int, int]]:
    """Where the parts of a track lie in the file, and how long they are."""
    parts = {box.kind: box for box in _boxes(made, table.inside, table.end)}
    places = parts.get(b"stco") or parts[b"co64"]
    starts = _numbers(made, places.inside + 4, "Q" if places.kind == b"co64" else "I")
    each, count = struct.unpack_from(">II", made, parts[b"stsz"].inside + 4)
    sizes = [] if each else _numbers(made, parts[b"stsz"].inside + 8, "I")
    runs = _numbers(made, parts[b"stsc"].inside + 4, "III")
    firsts, sizes_until = iter(zip(runs[::3], [*runs[3::3], len(starts) + 1], runs[1::3], strict=False)), [0, *accumulate(sizes)]
    found, sample = [], 0
    for first, following, many in firsts:
        for number in range(first - 1, min(following - 1, len(starts))):
            last = min(sample + many, count)
            length = (last - sample) * each if each else sizes_until[last] - sizes_until[sample]
            found.append((starts[number], length))
            sample = last
    if sum(length for _, length in found) > len(made):
        raise ValueError("a track is longer than the file")
    return found


def _numbers(made: bytearray, at: int, pattern: str) -> list[int]:
    """A counted list of rows of numbers, one after the other."""
    (count,) = struct.unpack_from(">I", made, at)
    if count * struct.calcsize(f">{pattern}") > len(made):
        raise ValueError("a list is longer than the file")
    rows = struct.iter_unpack(f">{pattern}", made[at + 4 : at + 4 + count * struct.calcsize(f">{pattern}")])
    return [number for row in islice(rows, count) for number in row]
