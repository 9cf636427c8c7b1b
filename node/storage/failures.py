"""What the database says when it cannot, in the words of node.errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy import exc

from node.errors import Busy, Conflict

#: SQLite's primary codes, in the low byte: BUSY, LOCKED, IOERR, FULL, CANTOPEN.
SQLITE_BUSY = {5: "the database is locked", 6: "the database is locked", 10: "the disk failed, or is full: look at it",
               13: "the disk is full: free some space", 14: "its file cannot be opened: look at whose it is"}  # fmt: skip
#: The same: READONLY, CORRUPT, NOTADB. These do not pass by themselves.
SQLITE_BROKEN = {8: "its file may not be written: look at whose it is", 11: "its file is damaged: restore a backup",
                 26: "its file is no SQLite database: restore a backup"}  # fmt: skip
#: PostgreSQL's classes: connection, insufficient resources, operator intervention; and the code of a lock timeout.
POSTGRESQL_BUSY = ("08", "53", "57", "55P03")
#: The same that do not pass by themselves.
POSTGRESQL_BROKEN = {"42501": "its user may not do this there: make that user the owner of the database",
                     "25006": "it is read-only: look whether it is a copy, or being looked after"}  # fmt: skip
BROKEN = ("40001", "40P01")


class Deadlock(Busy):
    """The server broke a deadlock; the deed may be begun anew."""


class Attempt:
    """Whatever goes wrong inside is kept for the one who waits for it, and goes no further."""

    __slots__ = ("failure",)

    def __init__(self) -> None:
        self.failure: BaseException | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> bool:  # fmt: skip
        self.failure = failure
        return True


@contextmanager
def translated() -> Iterator[None]:
    """Turns failures of the database into Busy or Conflict; what is our own mistake passes as it is."""
    try:
        yield
    except exc.IntegrityError as failure:
        raise Conflict(f"This does not fit what is already there: {failure.orig}") from failure
    except exc.TimeoutError as failure:
        raise Busy("All connections to the database are in use; try again in a while.") from failure
    except exc.DBAPIError as failure:
        error = busy(failure)
        if error is None:
            raise
        raise error from failure


def busy(failure: exc.DBAPIError) -> Busy | None:
    """What to raise for a failure that will pass, None for one that will not."""
    number = getattr(failure.orig, "sqlite_errorcode", None)
    return _of_server(failure) if number is None else _of_file(number & 0xFF)


def _of_file(code: int) -> Busy | None:
    broken, reason = SQLITE_BROKEN.get(code), SQLITE_BUSY.get(code)
    if broken:
        return Busy(f"The database cannot be used; {broken}.")
    return Busy(f"The change was not made: {reason}; try again in a while.") if reason else None


def _of_server(failure: exc.DBAPIError) -> Busy | None:
    code = str(getattr(failure.orig, "sqlstate", None) or "")
    if code in BROKEN:
        return Deadlock()
    if _is_unreachable(failure, code):
        return _unreachable(failure)
    if code.startswith(POSTGRESQL_BUSY) or failure.connection_invalidated:
        return Busy("The database server cannot do this at the moment; try again in a while.")
    broken = POSTGRESQL_BROKEN.get(code)
    return Busy(f"The database cannot be used; {broken}.") if broken else None


def _is_unreachable(failure: exc.DBAPIError, code: str) -> bool:
    return isinstance(failure, exc.OperationalError) and not code


def _unreachable(failure: exc.DBAPIError) -> Busy:
    """Why stands in a note, for whoever looks after the node: it tells where the database lies."""
    error = Busy("The database server cannot be reached at the moment; try again in a while.")
    lines = [line for line in str(failure.orig).splitlines() if ": " in line]
    says = lines[-1].rpartition("FATAL: ")[2].rpartition(" failed: ")[2].strip() if lines else "it does not answer"
    error.add_note(f"({says}: see that it runs, and that database.url is right)")
    return error
