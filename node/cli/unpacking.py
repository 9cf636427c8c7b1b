"""The files of an import: one, those of a folder, those of a ZIP; each read only when it is its turn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from node.actions.read_files import opened
from node.cli.reading import content_of
from node.contracts import File, Unread
from node.domain.packed import LARGEST, LARGEST_TOGETHER, MOST_FILES
from node.errors import Invalid

_NOT_UTF_8 = "its name is not text in UTF-8"


def files_of(path: Path, name: str) -> Iterator[File | Unread]:
    """The files at a path, which is called `name`; a file within is called by that and its path: those of two folders differ.

    What is hidden, and what is no file, is passed over; a link is not followed out of the folder.
    """
    if path.is_dir():
        yield from _folder(path, name)
    elif path.suffix.lower() == ".zip":
        yield from _zip(path, name)
    else:
        yield _read(path, name)


def _folder(folder: Path, called: str) -> Iterator[File | Unread]:
    inside = sorted(entry for entry in folder.rglob("*") if not _is_hidden(entry.relative_to(folder)))
    found = [entry for entry in inside if entry.is_file() or entry.is_symlink()]
    if len(found) > MOST_FILES:
        raise Invalid(f"{folder}: {len(found)} files are too many at once; take {MOST_FILES} at a time")
    for entry in found:
        name = f"{called}/{entry.relative_to(folder).as_posix()}"
        problem = "it is a link to another file" if entry.is_symlink() else _problem(name)
        yield Unread(source=name.encode("utf-8", "replace").decode(), reason=problem) if problem else _read(entry, name)


def _zip(path: Path, called: str) -> Iterator[File | Unread]:
    yield from opened(File(name=called, content=content_of(path, LARGEST_TOGETHER)))


def _read(path: Path, name: str) -> File | Unread:
    problem = _problem(name)
    if problem:
        raise Invalid(f"{name.encode('utf-8', 'replace').decode()}: {problem}")
    if path.stat().st_size > LARGEST:
        return Unread(source=name, reason=f"it is larger than {LARGEST // 1024 // 1024} MB; split it")
    return File(name=name, content=content_of(path, LARGEST))


def _problem(name: str) -> str:
    try:
        name.encode()
    except UnicodeEncodeError:
        return _NOT_UTF_8
    return ""


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in path.parts)
