"""What went wrong, as the one line that people read: what it is, and what to do."""

from __future__ import annotations

import errno
import logging
import os
import sys
import tempfile
import traceback
from contextlib import suppress
from types import TracebackType

import click

#: Standard error is the last of three.
_LAST_STREAM = 2

log = logging.getLogger(__name__)

_HELP = {
    errno.EACCES: "permission denied: do this as whoever the file belongs to",
    errno.EPERM: "permission denied: do this as whoever the file belongs to",
    errno.EROFS: "nothing can be written there: name a place on another disk",
    errno.ENOSPC: "no space left on the disk: free some, then do this again",
    errno.EDQUOT: "no space left for this user: free some, then do this again",
    errno.ENOENT: "there is no such file or folder",
    errno.EISDIR: "this is a folder, and a file is needed",
    errno.ENOTDIR: "a file stands where a folder is needed",
    errno.EEXIST: "this is there already: name another place",
    errno.EMFILE: "too many files are open at once: raise the limit (ulimit -n), then do this again",
    errno.EIO: "the disk failed: look at it before anything else is written there",
}


def open_streams() -> None:
    """Gives a process that was started without input or output ones that are empty: whatever it opens next must not be one."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= _LAST_STREAM:
        os.set_inheritable(number, True)
    os.close(number)
    sys.stdin = sys.stdin or os.fdopen(0, closefd=False)
    sys.stdout = sys.stdout or os.fdopen(1, "w", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", closefd=False)


def worded(problem: UnicodeError | OSError) -> str:
    """What the machine refused."""
    if isinstance(problem, UnicodeError):
        return f"a name or a text is not valid UTF-8: {problem}"
    says = _HELP.get(problem.errno or 0) or problem.strerror or str(problem)
    return f"{problem.filename}: {says}" if problem.filename else says


def unforeseen(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
    """Prints what nobody thought of: what the interpreter calls in place of showing where it happened."""
    del trace  # it is part of the problem
    if issubclass(kind, KeyboardInterrupt):
        return
    click.echo(f"maillage: {_told(kind.__name__, problem)}", err=True)


def _told(kind: str, problem: BaseException) -> str:
    """The particulars go to the log of a server, else into a file for whoever is told of it."""
    if logging.getLogger().hasHandlers():
        log.error("unforeseen", exc_info=problem)
        return f"this should not have happened ({kind}); please report it, with what is logged above"
    place = _kept("".join(traceback.format_exception(problem)))
    return f"this should not have happened ({kind}); please report it{f', with the file {place}' if place else ''}"


def _kept(text: str) -> str:
    """The file that holds a text, readable by its owner alone; "" when none can be written."""
    with (
        suppress(OSError),
        tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="maillage-", suffix=".txt", delete=False) as file,
    ):
        file.write(text)
        return file.name
    return ""
