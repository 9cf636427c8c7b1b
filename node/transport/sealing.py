"""Signs in threads of their own, several letters for one way there and back: signing is slow, and lets others work meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass

from federation.errors import FederationError
from federation.messages import Outgoing

#: So many are signed before those who wait for them are told.
BATCH = 8
#: While one waits for its turn to run, the other signs.
THREADS = 2

Seal = Callable[[], Outgoing]


@dataclass(slots=True)
class _Letter:
    """Something to be sealed, and who waits for it."""

    seal: Seal
    waiting: asyncio.Future[Outgoing]
    sealed: Outgoing | None = None
    problem: FederationError | None = None


class Sealer:
    """Threads that are begun with the first letter. They keep nothing, so that they may be let go of at any moment."""

    def __init__(self) -> None:
        self._letters: queue.SimpleQueue[_Letter] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []

    async def sealed(self, seal: Seal) -> Outgoing:
        """What `seal()` gives, made in a thread; raises the FederationError that it raises."""
        while len(self._threads) < THREADS:
            self._threads.append(threading.Thread(target=self._work, name="sealer", daemon=True))
            self._threads[-1].start()
        letter = _Letter(seal, asyncio.get_running_loop().create_future())
        self._letters.put(letter)
        return await letter.waiting

    def _work(self) -> None:
        while True:
            batch = [self._letters.get()]
            while len(batch) < BATCH and not self._letters.empty():
                batch.append(self._letters.get())
            for letter in batch:
                _seal(letter)
            # Letters of another loop (in tests) are rare, and told one by one.
            for loop in {letter.waiting.get_loop() for letter in batch}:
                with contextlib.suppress(RuntimeError):  # a loop that has ended waits for nothing
                    loop.call_soon_threadsafe(_hand_out, [letter for letter in batch if letter.waiting.get_loop() is loop])


def _seal(letter: _Letter) -> None:
    try:
        letter.sealed = letter.seal()
    except FederationError as problem:
        letter.problem = problem


def _hand_out(letters: list[_Letter]) -> None:
    for letter in letters:
        if letter.waiting.done():
            continue  # whoever waited was told to stop
        if letter.sealed is not None:
            letter.waiting.set_result(letter.sealed)
        else:
            letter.waiting.set_exception(letter.problem or FederationError())
