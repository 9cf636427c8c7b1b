"""What people may give as a file, how it is kept and given back: pictures are made anew, everything else is only offered.

Nothing that somebody gave is ever opened by a browser as what it says it is.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from node.domain.html import visible

#: One file has so many bytes at most; a person keeps so many files, which have so many bytes together.
MOST_BYTES, MOST_FILES, MOST_KEPT = 10_485_760, 5_000, 2_147_483_648
#: A longer description of a picture is cut: it is read aloud.
LONGEST_DESCRIPTION = 1_000
#: What is said in a recording is written down, so that it is found, and read by those who do not hear: an hour of it.
LONGEST_TRANSCRIPT = 60_000
#: The longest name of a file, in bytes, that every system takes.
LONGEST_NAME = 120

PICTURES = frozenset({"jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "heic", "heif", "hif", "avif"})
#: Pictures that say where and with what they were taken, in ways that are not read here.
CLOSED = frozenset({"arw", "cr2", "cr3", "dng", "jp2", "jxl", "nef", "orf", "raf", "raw", "rw2", "tif", "tiff"})
#: The other ends of the name of a picture that is kept as it says.
_SAME = {"jpg": frozenset({"jpg", "jpeg", "jpe", "jfif"}), "png": frozenset({"png"})}
#: How pictures begin, whatever they are called; those of telephones name their kind (`ftyp`) after their length.
_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
_OF_TELEPHONES = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1", b"avif", b"avis"}
)
OPAQUE = "application/octet-stream"
#: What is offered as what it is, by the end of its name: no browser runs any of it. Everything else is bytes.
OFFERED = {
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
    "zip": "application/zip",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "aac": "audio/aac",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "weba": "audio/webm",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "3gp": "video/3gpp",
    "webm": "video/webm",
    "mkv": "video/x-matroska",
}
#: What a picture is kept as.
SHOWN = {"jpg": "image/jpeg", "png": "image/png"}
#: Where a document of ours names a file of ours.
_NAMED = re.compile(rb"/media/(?P<digest>[0-9a-f]{64})\.")
_ENDING = re.compile(r"[a-z0-9]{1,8}")
#: What stands in no name of a file: it would be a path, a command or a device somewhere.
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A file as it came: the name and the type that are said of it are believed by nobody."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A file as it is kept. `width` and `height` are 0 of what is no picture."""

    name: str
    media_type: str
    extension: str
    content: bytes
    width: int = 0
    height: int = 0

    @property
    def digest(self) -> str:
        """What it is called here: the SHA-256 of its bytes."""
        return hashlib.sha256(self.content).hexdigest()


def ending(name: str) -> str:
    """The end of a file's name, "" for none that is one."""
    stem, dot, end = name.lower().rpartition(".")
    return end if stem and dot and _ENDING.fullmatch(end) else ""


def safe_name(name: str) -> str:
    """A name that can be shown and be the name of a file anywhere: no path, no device, not too long."""
    last = re.split(r"[\\/]", name)[-1]
    clean = " ".join(_UNSAFE.sub(" ", visible(last)).split()).strip(". ")
    end = ending(clean)
    stem = clean.removesuffix(clean[-len(end) - 1 :]) if end else clean
    stem = stem.encode()[:LONGEST_NAME].decode("utf-8", "ignore").strip(". ")
    if not stem or _DEVICES.match(stem):
        stem = f"fichier {stem}".strip()
    return f"{stem}.{end}" if end else stem


def is_picture(name: str) -> bool:
    """Whether a file says of itself that it is a picture that can be made anew here."""
    return ending(name) in PICTURES


def begins_as_picture(content: bytes) -> bool:
    """Whether a file begins as a picture that can be made anew here, whatever it is called."""
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return content.startswith(_BEGINNINGS) or is_webp or is_of_telephone(content)


def is_of_telephone(content: bytes) -> bool:
    """Whether these bytes begin as a photograph in HEIC or AVIF does."""
    return content[4:8] == b"ftyp" and content[8:12] in _OF_TELEPHONES


def picture_name(name: str, extension: str) -> str:
    """The name of a picture that was made anew: it ends as what it has become."""
    safe = safe_name(name)
    if ending(safe) in _SAME[extension]:
        return safe
    return f"{safe[: -len(ending(safe)) - 1] if ending(safe) in PICTURES else safe}.{extension}"


def offered(given: Given) -> Prepared:
    """A file that is no picture, as it is kept."""
    end = ending(given.name)
    media_type = OFFERED.get(end, OPAQUE)
    return Prepared(
        name=safe_name(given.name),
        media_type=media_type,
        extension=end if media_type != OPAQUE else "bin",
        content=given.content,
    )


def media_types() -> tuple[str, ...]:
    """Every type in which a file is given: none of them is one that other servers believe documents in."""
    types = (*SHOWN.values(), *OFFERED.values(), OPAQUE)
    return tuple(dict.fromkeys(media_type.partition(";")[0] for media_type in types))


def named_in(document: bytes) -> frozenset[str]:
    """The digests of the files of this node that a document of ours may name: their addresses are like no other."""
    return frozenset(match["digest"].decode() for match in _NAMED.finditer(document))


def shown_as(name: str, address: str, description: str, *, is_picture: bool) -> str:
    """The Markdown by which a text shows a picture, or offers a file."""
    words = re.sub(r"([\\\[\]])", r"\\\1", " ".join((description if is_picture else name).split()))
    return f"![{words}]({address})" if is_picture else f"[{words}]({address})"


def fits(count: int, total: int, size: int) -> bool:
    """Whether somebody who keeps `count` files of `total` bytes may give one more of `size`."""
    return count < MOST_FILES and total + size <= MOST_KEPT
