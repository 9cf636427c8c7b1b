"""Files packed into one (ZIP), and documents that are such: taken out without trust in what they say of themselves.

Spec: APPNOTE.TXT §4.4.
"""

from __future__ import annotations

import contextlib
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from node.domain.html import visible
from node.errors import Invalid

#: So many files may be in one; and of one file, of all together, so many bytes come out.
MOST_FILES, LARGEST, LARGEST_TOGETHER = 5_000, 5 * 1024 * 1024, 500 * 1024 * 1024
#: Of a document no more comes out: a text of 5 MB with what it is set in.
LARGEST_DOCUMENT = 60 * 1024 * 1024
_ENCRYPTED = 0x1
_UNSEEN = ("__MACOSX/", ".")


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """One file of a ZIP: its path in it, and its bytes, or in one line why it is not read."""

    name: str
    content: bytes = b""
    problem: str = ""


def is_zip(content: bytes) -> bool:
    """Whether these bytes begin as a ZIP does."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def unpacked(name: str, content: bytes) -> Iterator[Packed]:
    """The files of a ZIP by path, one at a time; nothing is written anywhere. Raises Invalid when it is none, or too large."""
    with _opened(name, content) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_unseen(entry.filename)]
        if len(entries) > MOST_FILES:
            raise Invalid(f"{name}: {len(entries)} files are too many at once; split it into parts of {MOST_FILES}")
        left = LARGEST_TOGETHER
        for entry in sorted(entries, key=lambda entry: entry.filename):
            shown = visible(entry.filename).replace("\n", " ")[:300]
            problem = _problem(entry)
            found = b"" if problem else _inflated(archive, entry, min(LARGEST, left) + 1)
            if found is None:
                problem, found = "it is damaged, or packed in a way that is not read", b""
            elif len(found) > LARGEST:
                problem, found = f"it is larger than {LARGEST // 1024 // 1024} MB", b""
            left -= len(found)
            if left < 0:
                raise Invalid(f"{name}: more than {LARGEST_TOGETHER // 1024 // 1024} MB come out of it; split it")
            yield Packed(name=shown, content=found, problem=problem)


def parts_of(name: str, content: bytes, wanted: tuple[str, ...]) -> dict[str, bytes]:
    """The parts of a document that is a ZIP (.docx, .odt, .xlsx) whose paths begin with one of `wanted`, the whole weighed first.

    Only what is called XML is looked at, and given. Raises Invalid when it is no such document, or more comes out of it than
    any document holds: whoever reads it next may believe the sizes it says.
    """
    found: dict[str, bytes] = {}
    left = LARGEST_DOCUMENT
    with _opened(name, content) as archive:
        for entry in archive.infolist()[:MOST_FILES]:
            part = b"" if entry.is_dir() else _inflated(archive, entry, left + 1)
            if part is None or entry.flag_bits & _ENCRYPTED:
                raise Invalid(f"{name}: this document is damaged, or protected by a password")
            left -= len(part)
            if left < 0:
                raise Invalid(f"{name}: more than {LARGEST_DOCUMENT // 1024 // 1024} MB come out of this document; split it")
            if not entry.filename.endswith((".xml", ".rels")):
                continue
            if _is_declaring(part):
                raise Invalid(f"{name}: this document declares entities of its own, which are not read")
            if entry.filename.startswith(wanted):
                found[entry.filename] = part
    return found


def repacked(parts: Mapping[str, bytes]) -> io.BytesIO:
    """A document of these parts alone: a reader that goes where the document leads it meets nothing else."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path, part in parts.items():
            archive.writestr(path, part)
    made.seek(0)
    return made


def _opened(name: str, content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as fault:
        raise Invalid(f"{name}: this is not what its name says, or it is damaged") from fault


def _problem(entry: zipfile.ZipInfo) -> str:
    parts = entry.filename.replace("\\", "/").split("/")
    checks = (
        (entry.filename.startswith(("/", "\\")) or ".." in parts or ":" in parts[0], "its path leads out of the folder"),
        (stat.S_ISLNK(entry.external_attr >> 16), "it is a link to another file"),
        (bool(entry.flag_bits & _ENCRYPTED), "it is protected by a password"),
        (entry.filename.lower().endswith(".zip"), "a ZIP within a ZIP is not opened"),
    )
    return next((reason for applies, reason in checks if applies), "")


class _Begun(Exception):
    """The first element of a document began, or a declaration before it."""


def _is_declaring(content: bytes) -> bool:
    """Whether a part of a document declares its type, which is where entities would stand; office programs write none."""
    found: list[str] = []

    def stop(name: str, *_: object) -> None:
        found.append(name)
        raise _Begun

    def declared(name: str, *_: object) -> None:
        stop(f"!{name}")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = stop
    with contextlib.suppress(_Begun, expat.ExpatError):
        parser.Parse(content, True)
    return any(name.startswith("!") for name in found)


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes | None:
    """At most so many bytes of a file, whatever size it claims; None when it cannot be read."""
    if entry.flag_bits & _ENCRYPTED:
        return None
    try:
        with archive.open(entry) as opened:
            return opened.read(most)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        return None


def _is_unseen(path: str) -> bool:
    return path.startswith(_UNSEEN[0]) or path.rpartition("/")[2].startswith(_UNSEEN[1])
