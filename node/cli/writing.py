"""A file that is written whole, or stays as it was."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, content: bytes, *, is_secret: bool = False) -> None:
    """Puts a content into a file, by way of one beside it; raises OSError. `is_secret`: for its owner alone."""
    if path.exists() and not path.is_file():
        path.write_bytes(content)  # a pipe or a device: nothing lies there that could be lost
        return
    target = path.resolve()
    part = target.with_name(f".{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if is_secret else 0o666), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as problem:
        raise OSError(problem.errno, problem.strerror, str(path)) from problem  # the one that somebody named
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
