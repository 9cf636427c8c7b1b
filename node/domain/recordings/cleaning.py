"""A recording without what nobody hears or sees of it: where it was made, when, by whom, with what. It is not encoded again."""

from __future__ import annotations

import struct
from collections.abc import Callable

from node.domain.recordings import boxes, elements, frames, pages

#: By the end of a name, how such a recording is cleaned.
_BY_ENDING: dict[str, Callable[[bytes], bytes]] = {
    **dict.fromkeys(("mp3", "mp2", "mpga"), frames.mp3),
    "aac": frames.aac,
    "flac": frames.flac,
    "wav": frames.wave,
    **dict.fromkeys(("ogg", "oga", "opus", "ogv", "spx"), pages.blanked),
    **dict.fromkeys(("m4a", "m4b", "mp4", "m4v", "mov", "3gp", "3g2"), boxes.blanked),
    **dict.fromkeys(("weba", "webm", "mka", "mkv"), elements.blanked),
}
#: What says where or by whom it was made, in ways that are not known here.
_CLOSED = frozenset({"aif", "aifc", "aiff", "ape", "asf", "avi", "caf", "flv", "m2ts", "mpc", "mts", "wma", "wmv", "wv"})
#: How recordings begin whatever they are called: what stands there, and from which byte on.
_BEGINNINGS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"fLaC", "flac"), (0, b"OggS", "ogg"), (0, b"\x1a\x45\xdf\xa3", "webm"), (8, b"WAVE", "wav"), (4, b"ftyp", "mp4"),
    (4, b"moov", "mov"), (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "asf"), (8, b"AVI ", "avi"), (8, b"AIFF", "aiff"),
)  # fmt: skip


class NotCleaned(ValueError):
    """What this recording hides cannot be found here, so that it cannot be taken out."""


def kind_of(end: str, content: bytes) -> str:
    """As which kind of recording a file is cleaned, by how it begins, else by the end of its name; "" for none."""
    begins = next((kind for at, mark, kind in _BEGINNINGS if content[at : at + len(mark)] == mark), "")
    return begins or (end if end in _BY_ENDING or end in _CLOSED else "")


def cleaned(kind: str, content: bytes) -> bytes:
    """The same to hear and to see; raises NotCleaned. It takes a while: call it in a thread."""
    clean = _BY_ENDING.get(kind)
    if clean is None:
        raise NotCleaned
    try:
        return clean(content)
    except (ValueError, IndexError, KeyError, TypeError, struct.error, OverflowError) as problem:
        raise NotCleaned from problem
