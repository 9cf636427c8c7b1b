"""The database: one SQLite file with a single writer that commits in groups, or a PostgreSQL server.

Deeds are plain functions of a UnitOfWork, so nothing can wait for the network inside a transaction.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, exc
from sqlalchemy.engine import make_url
from sqlalchemy.pool import PoolProxiedConnection

from node.errors import Invalid
from node.storage import connecting, migrating
from node.storage.failures import Deadlock, translated
from node.storage.recollection import Recollection
from node.storage.sharing import Shared
from node.storage.unit_of_work import UnitOfWork
from node.storage.writer import Writer

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

#: How many deeds may look at the database at once (and, with PostgreSQL, change it).
READERS = 4
#: How often a deed is begun anew after PostgreSQL had to break a deadlock.
TRIES = 3

_WRITTEN = "postgresql://USER:PASSWORD@HOST:5432/NAME"

log = logging.getLogger(__name__)


class Database:
    """Where everything is kept: `sqlite:///path`, `sqlite://` (in memory, for tests) or `postgresql+psycopg://…`.

    Any failure to write because the disk is full or somebody else holds the file is node.errors.Busy; a row that
    contradicts another is node.errors.Conflict.
    """

    def __init__(self, url: str) -> None:
        try:
            self.url = make_url(url)
        except (exc.ArgumentError, ValueError) as problem:
            raise Invalid(f"database.url cannot be read: write {_WRITTEN}, marks in the password as %40 for @") from problem
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.is_in_memory = self.is_sqlite and self.url.database in {None, "", ":memory:"}
        self._engine: Engine = connecting.sqlite(self.url) if self.is_sqlite else connecting.postgresql(self.url, READERS)
        self._readers: Engine = self._engine
        self._writer: Writer | None = None
        self._memory = Recollection()
        self._shared: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[object, Shared[Any]]] = WeakKeyDictionary()
        if self.is_sqlite:
            self._writer = Writer(self._engine, unsettled=self._memory.forget)
            if not self.is_in_memory:
                self._readers = connecting.sqlite_readers(self.url, READERS)
        self._watch: PoolProxiedConnection | None = None
        self._threads = ThreadPoolExecutor(max_workers=READERS, thread_name_prefix="database")

    async def write(self, deed: Callable[[UnitOfWork], T]) -> T:
        """Runs a deed in a transaction of its own: all of it is on disk when this returns, or nothing of it ever."""
        if self._writer is not None:
            return await asyncio.wrap_future(self._writer.submit(deed))
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._write_there, deed)

    async def write_together(self, deed: Callable[[UnitOfWork, Sequence[T]], None], item: T) -> None:
        """Runs a deed that takes many things at once, for this thing and all others that wait for the same deed.

        It is on disk when this returns. A thing that cannot be written keeps none of the others from it.
        """
        shared = self._shared.setdefault(asyncio.get_running_loop(), {})
        if deed not in shared:
            shared[deed] = Shared(self._submit, deed)
        await shared[deed].join(item)

    async def recall(self, look: Callable[[UnitOfWork, K], T], about: K) -> T:
        """What reading `look(uow, about)` gives, perhaps known from a moment ago: for who may write here, and with which key.

        What this process changes about that is seen at once, what another one changes within a second.
        """
        kept = self._memory.get((look, about))
        if kept is not None:
            answer: T = kept[0]
            return answer
        stamp = self._memory.stamp
        answer = await self.read(lambda uow: look(uow, about))
        self._memory.put((look, about), answer, stamp)
        return answer

    async def read(self, look: Callable[[UnitOfWork], T]) -> T:
        """Runs a look at one unchanging state of the database; it cannot change anything."""
        if self._writer is not None and self.is_in_memory:
            return await asyncio.wrap_future(self._writer.submit(look, is_reading=True))
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._read_here, look)

    def write_now(self, deed: Callable[[UnitOfWork], T]) -> T:
        """The same as `write`, blocking: for the command line and tests."""
        return self._writer.submit(deed).result() if self._writer is not None else self._write_there(deed)

    def read_now(self, look: Callable[[UnitOfWork], T]) -> T:
        """The same as `read`, blocking."""
        if self._writer is not None and self.is_in_memory:
            return self._writer.submit(look, is_reading=True).result()
        return self._read_here(look)

    def migrate(self) -> None:
        """Brings the schema to what this version needs; all of it or nothing, and nothing when it is so already.

        Raises Invalid when a newer version has been at work on it.
        """
        if self._writer is not None:
            self._writer.submit(_migrate).result()
            return
        with translated(), self._engine.begin() as connection:
            migrating.migrate(connection)

    def state(self) -> int | None:
        """A number that is another one after each commit of anybody; None where that cannot be told at once, without waiting.

        What was read after it was asked for is as it still is, as long as it is the same.
        """
        if not self.is_sqlite or self.is_in_memory:
            return None
        if self._watch is None:
            self._watch = self._readers.raw_connection()
        cursor = self._watch.cursor()
        cursor.execute("PRAGMA data_version")
        version = cursor.fetchone()
        cursor.close()
        return int(version[0]) if version else None

    @property
    def stamp(self) -> int:
        """A number that changes when this process changes who may write here, or who this house is."""
        return self._memory.stamp

    def close(self) -> None:
        """Finishes what was begun and lets go of all connections; safe to call twice."""
        self._threads.shutdown(wait=True)
        if self._watch is not None:
            self._watch.close()
        if self._writer is not None:
            self._writer.close()
        self._readers.dispose()
        self._engine.dispose()

    def _submit(self, deed: Callable[[UnitOfWork], T]) -> Future[T]:
        return self._writer.submit(deed) if self._writer is not None else self._threads.submit(self._write_there, deed)

    def _write_there(self, deed: Callable[[UnitOfWork], T]) -> T:
        for left in reversed(range(TRIES)):
            try:
                with translated(), self._engine.begin() as connection:
                    result, is_unsettling = _done(deed, connection)
                if is_unsettling:
                    self._memory.forget()
            except Deadlock:
                if not left:
                    raise
                log.info("a deadlock was broken; beginning the deed anew")
            else:
                return result
        raise AssertionError

    def _read_here(self, look: Callable[[UnitOfWork], T]) -> T:
        with translated(), self._readers.connect() as connection:
            if not self.is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():  # said here: a statement that is spoken to the driver itself begins nothing
                return look(UnitOfWork(connection))


def _done(deed: Callable[[UnitOfWork], T], connection: Connection) -> tuple[T, bool]:
    uow = UnitOfWork(connection)
    result = deed(uow)
    uow.settle()
    return result, uow.ground.is_unsettling


def _migrate(uow: UnitOfWork) -> None:
    migrating.migrate(uow.connection)
