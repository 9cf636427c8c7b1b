"""The one thread that writes to a SQLite file: it takes all deeds that wait and commits them together.

Each deed has its own savepoint: one that fails is rolled back alone. Nobody is told of success before the commit.
"""

from __future__ import annotations

import math
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection

from node.errors import Busy
from node.storage.failures import Attempt, translated
from node.storage.unit_of_work import UnitOfWork

T = TypeVar("T")

#: At most so many deeds share a commit, and none waits much longer than this for others, in seconds.
GROUP = 64
GATHERING = 0.05


@dataclass(slots=True, kw_only=True)
class Order:
    """A deed that somebody waits for, and what came of it."""

    deed: Callable[[UnitOfWork], Any]
    is_reading: bool
    future: Future[Any] = field(default_factory=Future)
    result: Any = None
    failure: BaseException | None = None
    is_unsettling: bool = False

    def answer(self) -> None:
        """Tells who waits what came of the deed."""
        if self.failure is not None:
            self.future.set_exception(self.failure)
        else:
            self.future.set_result(self.result)


class Writer:
    """A thread with the only connection that writes. `unsettled` is told when a deed changed who may write here."""

    def __init__(self, engine: Engine, *, unsettled: Callable[[], None] = lambda: None) -> None:
        self._engine = engine
        self._unsettled = unsettled
        self._orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._is_closed = False
        self._thread = threading.Thread(target=self._work, name="database-writer", daemon=True)
        self._thread.start()

    def submit(self, deed: Callable[[UnitOfWork], T], *, is_reading: bool = False) -> Future[T]:
        """Queues a deed; the future holds its result once it is on disk. Raises Busy after `close`."""
        if threading.current_thread() is self._thread:
            raise RuntimeError("A deed may not wait for another deed: it would wait for ever.")
        order = Order(deed=deed, is_reading=is_reading)
        with self._lock:
            if self._is_closed:
                raise Busy("The database is closed.")
            self._orders.put(order)
        return order.future

    def close(self) -> None:
        """Finishes the deeds that wait and ends the thread."""
        with self._lock:
            if not self._is_closed:
                self._is_closed = True
                self._orders.put(None)
        self._thread.join()

    def _work(self) -> None:
        connection: Connection | None = None
        while (first := self._orders.get()) is not None:
            with Attempt() as attempt, translated():
                connection = connection or self._engine.connect()
            if connection is None:
                if self._refuse_all(first, attempt.failure or Busy()):
                    break
            elif not self._group(connection, first):
                break
        if connection is not None:
            connection.close()

    def _group(self, connection: Connection, first: Order) -> bool:
        """Does a group of deeds in one transaction; False when the thread is to end."""
        done: list[Order] = []
        is_last = False
        with Attempt() as attempt, translated(), connection.begin():
            until = time.monotonic() + GATHERING
            order: Order | None = first
            while order is not None:
                if order.future.set_running_or_notify_cancel():
                    done.append(order)
                    _try(connection, order)
                order, is_last = self._next(len(done), until)
        if attempt.failure is not None and not done:
            # it could not even begin, after a long wait: the others need not wait as long each
            is_last = self._refuse_all(first, attempt.failure)
        elif attempt.failure is not None:
            _refuse(done, attempt.failure)
        else:
            if any(order.is_unsettling for order in done):
                self._unsettled()
            for order in done:
                order.answer()
        return not is_last

    def _refuse_all(self, first: Order, failure: BaseException) -> bool:
        """Refuses every deed that waits; whether the thread is to end."""
        order: Order | None = first
        is_last = False
        while order is not None:
            if not order.future.done() and order.future.set_running_or_notify_cancel():
                _refuse([order], failure)
            order, is_last = self._next(0, math.inf)
        return is_last

    def _next(self, n: int, until: float) -> tuple[Order | None, bool]:
        if n >= GROUP or time.monotonic() > until:
            return None, False
        try:
            order = self._orders.get_nowait()
        except queue.Empty:
            return None, False
        return order, order is None


def _try(connection: Connection, order: Order) -> None:
    """Does one deed in its savepoint; raises only when the whole transaction is lost."""
    raw = connection.connection.dbapi_connection
    if raw is None:
        raise Busy("The connection to the database is lost.")
    with Attempt() as attempt, translated():
        _say(raw, "SAVEPOINT deed", *(["PRAGMA query_only=ON"] if order.is_reading else []))
        uow = UnitOfWork(connection)
        order.result = order.deed(uow)
        if not order.is_reading:
            uow.settle()
            order.is_unsettling = uow.ground.is_unsettling
    order.failure = attempt.failure
    # a full disk or a failing one ends the transaction by itself: then nobody's deed is there any more
    if attempt.failure is not None and not raw.in_transaction:
        raise attempt.failure
    with translated():
        if order.is_reading:
            _say(raw, "PRAGMA query_only=OFF")
        if order.is_reading or order.failure is not None:
            _say(raw, "ROLLBACK TO deed")
        _say(raw, "RELEASE deed")


def _say(raw: DBAPIConnection, *statements: str) -> None:
    """Tells the driver itself: three times as fast as through the engine, twice per deed."""
    for statement in statements:
        raw.cursor().execute(statement)


def _refuse(orders: list[Order], failure: BaseException) -> None:
    for order in orders:
        if not order.future.done():
            order.future.set_exception(order.failure or failure)
