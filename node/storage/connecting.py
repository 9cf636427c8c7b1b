"""How connections are made: SQLite's pragmas, PostgreSQL's pool."""

from __future__ import annotations

import logging
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.pool import NullPool, QueuePool, StaticPool

log = logging.getLogger(__name__)

#: The first library without the WAL-reset fault, which can corrupt a file that several connections write.
SOUND = (3, 51, 3)

PRAGMAS = (
    "PRAGMA busy_timeout=10000",  # the first: the others may have to wait, too
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA journal_size_limit=209715200",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA mmap_size=0",
)


def warn_of_faulty_library() -> bool:
    """Says so when the SQLite library has the WAL-reset fault; whether it is sound."""
    if dbapi2.sqlite_version_info >= SOUND:
        return True
    log.warning("SQLite %s can corrupt a database in WAL mode; 3.51.3 or newer is needed", dbapi2.sqlite_version)
    return False


class _Hinted(SQLiteCompiler):
    """Writes the hints of statements (INDEXED BY), which the library's own leaves out."""

    def get_from_hint_text(self, table: object, text: str | None) -> str | None:  # noqa: ARG002 - asked for
        """What is written behind the name of a table."""
        return text


def sqlite(url: URL) -> Engine:
    """The engine of the one connection that writes."""
    warn_of_faulty_library()
    pool = StaticPool if url.database in {None, "", ":memory:"} else NullPool
    if url.database and pool is NullPool:
        _keep_to_owner(Path(url.database))
    engine = create_engine(url, module=dbapi2, poolclass=pool, connect_args=_ARGUMENTS)
    engine.dialect.statement_compiler = _Hinted
    event.listen(engine, "connect", partial(_prepare, PRAGMAS))
    event.listen(engine, "begin", _begin_immediately)
    return engine


def sqlite_readers(url: URL, n: int) -> Engine:
    """The engine of connections that only read; each of their transactions sees one state."""
    engine = create_engine(
        url, module=dbapi2, poolclass=QueuePool, pool_size=n, max_overflow=n, connect_args=_ARGUMENTS, pool_timeout=10
    )
    engine.dialect.statement_compiler = _Hinted
    event.listen(engine, "connect", partial(_prepare, (*PRAGMAS, "PRAGMA query_only=ON")))
    event.listen(engine, "begin", _begin)
    return engine


def sqlite_alone(file: Path) -> Engine:
    """The engine of a file that nobody else uses and that is thrown away unless all goes well: it waits for no disk."""
    engine = create_engine(URL.create("sqlite", database=str(file)), module=dbapi2, poolclass=NullPool, connect_args=_ARGUMENTS)
    engine.dialect.statement_compiler = _Hinted
    event.listen(engine, "connect", partial(_prepare, ("PRAGMA journal_mode=MEMORY", "PRAGMA synchronous=OFF")))
    event.listen(engine, "begin", _begin_immediately)
    return engine


def postgresql(url: URL, n: int) -> Engine:
    """The engine of a PostgreSQL server, with n connections that stay."""
    # Disks have no arm any more that it would take time to move; to translate a statement takes longer than any of ours runs.
    planned = "-c random_page_cost=1.1 -c jit=off"
    options = {"options": f"-c timezone=UTC -c lock_timeout=10s {planned}", "connect_timeout": 10}
    return create_engine(
        url, pool_size=n, max_overflow=2, pool_pre_ping=True, pool_timeout=10, connect_args=_merged(url, options)
    )


#: Transactions are begun by us: the library's own way begins them late, and not before every statement.
_ARGUMENTS: dict[str, Any] = {"isolation_level": None, "check_same_thread": False}


def _merged(url: URL, options: dict[str, Any]) -> dict[str, Any]:
    """Options in the address (a schema to use, in tests) are kept beside ours."""
    given = url.query.get("options")
    return {**options, "options": f"{options['options']} {given}"} if isinstance(given, str) else options


def _keep_to_owner(file: Path) -> None:
    """Has a new database readable by its owner alone, for it holds keys; the files beside it take its mode."""
    if not file.exists():
        with suppress(OSError):  # the library tells what is wrong once it is used
            file.touch(mode=0o600)


def _prepare(pragmas: tuple[str, ...], connection: dbapi2.Connection, record: object) -> None:  # noqa: ARG001 - asked for
    cursor = connection.cursor()
    for pragma in pragmas:
        cursor.execute(pragma)
    cursor.close()


def _begin_immediately(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
