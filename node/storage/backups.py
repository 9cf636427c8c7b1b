"""Copies of a SQLite file: made while a node writes to it, and looked at before one is trusted.

A copy is complete or is not there: it is written under another name, examined, and only then given its own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pysqlite3 import dbapi2
from sqlalchemy import text

from node.errors import Busy, Conflict, Invalid
from node.storage.crossing import index_file, into_file
from node.storage.unit_of_work import UnitOfWork

#: What a half-written copy is called.
_PART = ".part"
#: How long a writer is waited for, in seconds.
_PATIENCE = 60.0
_COUNTED = {
    "communities": "SELECT count(*) FROM actors WHERE type = 'Group' AND is_local AND state = 'active'",
    "people": "SELECT count(*) FROM members",
    "things": "SELECT count(*) FROM things WHERE is_local AND deleted_at IS NULL",
}


def copy_living(source: Path, target: Path) -> None:
    """Copies a database that may be in use, as it is at this moment; readable by its owner alone, for it holds keys.

    Raises Conflict when there is something at `target`, Busy when it cannot be read or written, Invalid when it is damaged.
    """
    with _written(target) as part, _translated(source):
        # Not a mode of our connections, which always are in a transaction: VACUUM must not be.
        with closing(dbapi2.connect(source, timeout=_PATIENCE, isolation_level=None)) as connection:
            connection.execute("VACUUM INTO ?", (str(part),))
        examine(part)


def copy_rows(uow: UnitOfWork, target: Path) -> None:
    """Copies the rows of a PostgreSQL server, as this one look at them sees them, into the same kind of file; raises as above."""
    with _written(target) as part:
        into_file(uow, part)
        examine(part)


def put_back(source: Path, target: Path) -> None:
    """Puts a copy in the place of a database that is not there; raises as `copy_living`."""
    with _written(target) as part:
        examine(source)
        shutil.copyfile(source, part)
        index_file(part)
        examine(part)


def examine(path: Path) -> None:
    """Reads every page and index of a database that nobody uses; raises Invalid when something is wrong with it."""
    if not path.is_file():
        raise Invalid(f"{path} is not there.")
    with _translated(path), closing(dbapi2.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as connection:
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if found is None or found[0] != "ok":
        raise Invalid(f"{path} is damaged: {found[0] if found else 'nothing in it'}")
    if not {"alembic_version", "actors", "things", "state"} <= tables:
        raise Invalid(f"{path} is not the database of a node.")


def address_in(path: Path) -> str:
    """The address of the node whose database this is, "" when it does not say."""
    with _translated(path), closing(dbapi2.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as connection:
        row = connection.execute("SELECT value FROM state WHERE key = 'node.url'").fetchone()
    return str(row[0]) if row else ""


def counts_in(path: Path) -> dict[str, int]:
    """How much of what people know there is in a database: communities, people, and what was published and not withdrawn."""
    with _translated(path), closing(dbapi2.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        return {name: int(connection.execute(question).fetchone()[0]) for name, question in _COUNTED.items()}


def counts_here(uow: UnitOfWork) -> dict[str, int]:
    """The same of this node."""
    return {name: uow.ground.number(text(question)) for name, question in _COUNTED.items()}


@contextmanager
def _written(target: Path) -> Iterator[Path]:
    """A file to write to, on disk under the name of `target` when all went well, and gone when it did not."""
    if target.exists():
        raise Conflict(f"{target} is there already.")
    part = target.with_name(target.name + _PART)
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    try:
        yield part
        _settle(part)
        part.rename(target)
        _settle(target.parent)
    finally:
        part.unlink(missing_ok=True)


def _settle(path: Path) -> None:
    """Waits until a file, or the names in a folder, are on disk."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except dbapi2.OperationalError as failure:
        raise Busy(f"{path} cannot be copied: {failure}.") from failure
    except dbapi2.DatabaseError as failure:
        raise Invalid(f"{path} cannot be read: {failure}.") from failure
