"""What the database says when it cannot, in the words of node.errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy import exc

from node.errors import Busy, Conflict

#: SQLite's primary codes, in the low byte: BUSY, LOCKED, IOERR, FULL, CANTOPEN.
SQLITE_BUSY = {5: "the database is locked", 6: "the database is locked", 10: "the disk failed", 13: "the disk is full",
               14: "the database file cannot be opened"}  # fmt: skip
#: The same: READONLY, CORRUPT, NOTADB. These do not pass by themselves.
SQLITE_BROKEN = {8: "its file may not be written: look at whose it is", 11: "its file is damaged: restore a backup",
                 26: "its file is no SQLite database: restore a backup"}  # fmt: skip
#: PostgreSQL's classes: connection, insufficient resources, operator intervention; and the code of a lock timeout.
POSTGRESQL_BUSY = ("08", "53", "57", "55P03")
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
    if number is not None:
        broken = SQLITE_BROKEN.get(number & 0xFF)
        if broken:
            return Busy(f"The database cannot be used; {broken}.")
        reason = SQLITE_BUSY.get(number & 0xFF)
        return Busy(f"The change was not made: {reason}; try again in a while.") if reason else None
    code = str(getattr(failure.orig, "sqlstate", None) or "")
    if code in BROKEN:
        return Deadlock()
    if code.startswith(POSTGRESQL_BUSY) or failure.connection_invalidated or _is_unreachable(failure, code):
        return Busy("The database server cannot do this at the moment; try again in a while.")
    return None


def _is_unreachable(failure: exc.DBAPIError, code: str) -> bool:
    return isinstance(failure, exc.OperationalError) and not code
