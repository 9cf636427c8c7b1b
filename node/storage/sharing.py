"""One deed for all who want it at about the same time: whoever comes while one transaction is written shares the next.

The thread that writes and the loop that takes in hold one another up at every statement: few large groups cost half of many.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Generic, TypeVar

from node.errors import Busy
from node.storage.unit_of_work import UnitOfWork

T = TypeVar("T")

Submit = Callable[[Callable[[UnitOfWork], None]], Future[None]]
Waiter = tuple[T, asyncio.Future[None]]

#: So many share a transaction at most, and whoever comes first waits so long for others, in seconds.
MOST = 256
GATHERING = 0.004


class Shared(Generic[T]):
    """A deed that takes many things at once; it belongs to one event loop."""

    def __init__(self, submit: Submit, deed: Callable[[UnitOfWork, Sequence[T]], None]) -> None:
        self._submit = submit
        self._deed = deed
        self._waiting: list[Waiter[T]] = []
        self._is_awaited = False
        self._loop = asyncio.get_running_loop()

    def join(self, item: T) -> asyncio.Future[None]:
        """Has the deed done for one thing, too; done once it is on disk, or raises what kept it from being."""
        mine: asyncio.Future[None] = self._loop.create_future()
        self._waiting.append((item, mine))
        if not self._is_awaited:
            self._gather()
        return mine

    def _gather(self) -> None:
        self._is_awaited = bool(self._waiting)
        if self._is_awaited:
            self._loop.call_later(GATHERING, self._next)

    def _next(self) -> None:
        batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        self._write(batch, self._ended)

    def _write(self, batch: list[Waiter[T]], then: Callable[[list[Waiter[T]], Future[None]], None]) -> None:
        items = [item for item, _ in batch]
        try:
            written = self._submit(lambda uow: self._deed(uow, items))
        except Busy as closed:
            written = Future()
            written.set_exception(closed)
        written.add_done_callback(lambda done: self._loop.call_soon_threadsafe(then, batch, done))

    def _ended(self, batch: list[Waiter[T]], done: Future[None]) -> None:
        failure = done.exception()
        if failure is not None and len(batch) > 1 and not isinstance(failure, Busy):
            for waiter in batch:  # one bad thing must not undo the others: each by itself then
                self._write([waiter], _answer)
        else:
            _answer(batch, done)
        self._gather()


def answer(waiting: asyncio.Future[None], failure: BaseException | None) -> None:
    """Tells somebody who waits how it ended."""
    if waiting.done():
        return  # whoever waited was told to stop
    if failure is None:
        waiting.set_result(None)
    else:
        waiting.set_exception(failure)


def _answer(batch: Sequence[Waiter[T]], done: Future[None]) -> None:
    for _, waiting in batch:
        answer(waiting, done.exception())
