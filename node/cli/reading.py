"""Files that somebody names, read as far as they may go: a device without end ends there, too."""

from __future__ import annotations

from pathlib import Path

from node.errors import Invalid

_MEGABYTE = 1024 * 1024


def content_of(path: Path, largest: int) -> bytes:
    """What lies in a file; raises Invalid when that is more than `largest` bytes."""
    with path.open("rb") as file:
        content = file.read(largest + 1)
    if len(content) > largest:
        raise Invalid(f"{path} is larger than {largest // _MEGABYTE} MB; split it")
    return content


def words_of(path: Path, largest: int = _MEGABYTE) -> str:
    """The text in a file; raises Invalid for what is no text."""
    try:
        return content_of(path, largest).decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Invalid(f"{path} is not text in UTF-8; save it as that") from problem
