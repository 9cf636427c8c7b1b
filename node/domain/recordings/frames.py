"""MP3, AAC, FLAC and WAV: of the file only what sounds goes on, whatever lies before, between or after it.

Spec: ISO/IEC 11172-3 §2.4.1. Spec: RFC 9639 §8.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sized

#: How long the frame at a place is, and what all frames of one recording have in common; None where there is none.
Framed = Callable[[bytes, int], tuple[int, int] | None]

#: So many bytes that are no sound may lie between frames, beside tags that say how long they are.
_MOST_BETWEEN = 1_048_576
#: No FLAC or WAV has more parts beside its sound.
_MOST_PARTS = 1_000
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
#: Kilobits a second, by MPEG 1 or later and by layer (1, 2, 3).
_BITS = {
    (True, 1): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (True, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 1): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (False, 2): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 3): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_TAG, _OLD_TAG, _APE_TAG, _APE = b"ID3", 128, b"APETAGEX", 32
_FLAC_PLAYED, _WAVE_PLAYED = frozenset({0, 3}), frozenset({b"fmt ", b"fact", b"data"})


def mp3(content: bytes) -> bytes:
    """The frames of an MP3; raises ValueError where there are none."""
    return b"".join(_frames(content, _mpeg))


def aac(content: bytes) -> bytes:
    """The frames of an AAC stream; raises ValueError where there are none."""
    return b"".join(_frames(content, _adts))


def flac(content: bytes) -> bytes:
    """What a FLAC is, where to find what, and its sound; raises ValueError."""
    at = _after_tags(content, 0)
    if content[at : at + 4] != b"fLaC":
        raise ValueError("this is no FLAC")
    at, is_last, blocks = at + 4, False, list[tuple[int, bytes]]()
    while not is_last:
        _must_be_few(blocks)
        kind, length = content[at] & 0x7F, int.from_bytes(content[at + 1 : at + 4])
        is_last = bool(content[at] & 0x80)
        if kind in _FLAC_PLAYED:
            blocks.append((kind, content[at + 1 : at + 4 + length]))
        at += 4 + length
    if not blocks or content[at : at + 1] != b"\xff":
        raise ValueError("there is no sound in it")
    end = len(content)
    end -= _OLD_TAG if content[end - _OLD_TAG :].startswith(b"TAG") else 0
    if content[end - _APE : end].startswith(_APE_TAG):  # its length counts this foot, not the head that it may have
        length, _, flags = struct.unpack_from("<III", content, end - 20)
        end = max(at, end - length - (_APE if flags >> 31 else 0))
    last = len(blocks) - 1
    heads = (bytes((kind | (0x80 if place == last else 0),)) + block for place, (kind, block) in enumerate(blocks))
    return b"".join((b"fLaC", *heads, content[at:end]))


def wave(content: bytes) -> bytes:
    """The format and the sound of a WAV; raises ValueError or struct.error."""
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise ValueError("this is no WAV")
    parts, at = list[bytes](), 12
    while at + 8 <= len(content):
        _must_be_few(parts)
        kind, length = struct.unpack_from("<4sI", content, at)
        body = content[at + 8 : at + 8 + length]
        if kind in _WAVE_PLAYED:
            parts.append(struct.pack("<4sI", kind, len(body)) + body + bytes(len(body) % 2))
        at += 8 + length + length % 2
    if not {b"fmt ", b"data"} <= {part[:4] for part in parts}:
        raise ValueError("there is no sound in it")
    whole = b"".join(parts)
    return struct.pack("<4sI4s", b"RIFF", len(whole) + 4, b"WAVE") + whole


def _must_be_few(parts: Sized) -> None:
    if len(parts) > _MOST_PARTS:
        raise ValueError("it lies in too many parts")


def _after_tags(content: bytes, at: int) -> int:
    """Where the tags (ID3, APE) that begin here end, as they say themselves."""
    while len(content) >= at + _APE:
        if content[at : at + 3] == _TAG:
            size = content[at + 6 : at + 10]
            at += 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3]) + (10 if content[at + 5] & 0x10 else 0)
        elif content[at : at + 8] == _APE_TAG:
            at += _APE + int.from_bytes(content[at + 12 : at + 16], "little")
        else:
            break
    return at


def _frames(content: bytes, framed: Framed) -> Iterator[bytes]:
    """What sounds, in its order: frames of one kind that follow one another; raises ValueError where there are none."""
    at, kind, between = _after_tags(content, 0), -1, 0
    while at < len(content):
        found = framed(content, at)
        if found and kind in {-1, found[1]} and _goes_on(content, at, found, framed):
            kind, start = found[1], at
            while found and found[1] == kind and at + found[0] <= len(content):
                at += found[0]
                found = framed(content, at)
            yield content[start:at]
        else:
            tagged, sync = _after_tags(content, at), content.find(b"\xff", at + 1)
            after = tagged if tagged > at else sync if sync > 0 else len(content)
            between, at = between + (0 if tagged > at else after - at), after
            if between > _MOST_BETWEEN:
                raise ValueError("there is too much between what sounds")
    if kind == -1:
        raise ValueError("there is no sound in it")


def _goes_on(content: bytes, at: int, found: tuple[int, int], framed: Framed) -> bool:
    """Whether after a frame comes another of its kind, or the end: else it is no frame, but looks like one."""
    after = at + found[0]
    if after == len(content) or content[after : after + 3] in {b"TAG", b"APE"}:
        return True
    following = framed(content, after)
    return following is not None and following[1] == found[1]


def _mpeg(content: bytes, at: int) -> tuple[int, int] | None:
    head = int.from_bytes(content[at : at + 4])
    version, layer, bits, rate = head >> 19 & 3, 4 - (head >> 17 & 3), head >> 12 & 15, head >> 10 & 3
    is_frame = head >> 21 == 0x7FF and version != 1 and layer != 4 and bits not in {0, 15} and rate != 3  # noqa: PLR2004
    if not is_frame or len(content) < at + 4:
        return None
    kilobits, hertz, padding = _BITS[version == 3, layer][bits - 1], _RATES[version][rate], head >> 9 & 1  # noqa: PLR2004
    if layer == 1:
        length = (12_000 * kilobits // hertz + padding) * 4
    else:
        length = (72_000 if layer == 3 and version != 3 else 144_000) * kilobits // hertz + padding  # noqa: PLR2004
    return length, head >> 17 & 15 | rate << 4


def _adts(content: bytes, at: int) -> tuple[int, int] | None:
    head = content[at : at + 7]
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0:  # noqa: PLR2004 (as the format says)
        return None
    length = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return (length, head[2] >> 2) if length > len(head) else None
