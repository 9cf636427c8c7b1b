"""Answers of the database kept in memory: for a second, and no longer than until this process changes what they rest on."""

from __future__ import annotations

import time
from collections.abc import Hashable
from typing import Any

#: How long another process may have changed the rows unnoticed, in seconds; and how many answers are kept.
SECONDS = 1.0
MOST = 5_000


class Recollection:
    """What was read lately. Any thread may `forget`; all else belongs to one event loop."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[float, Any]] = {}
        self._stamp = 0

    @property
    def stamp(self) -> int:
        """A number that changes when everything is forgotten: what was read before then is not kept any more."""
        return self._stamp

    def get(self, key: Hashable) -> tuple[Any] | None:
        """The answer in a tuple of one, None when it is not known, or was read too long ago."""
        kept = self._kept.get(key)
        return (kept[1],) if kept is not None and kept[0] > time.monotonic() else None

    def put(self, key: Hashable, answer: object, stamp: int) -> None:
        """Keeps an answer that was asked for when `stamp` held."""
        if stamp == self._stamp:
            if len(self._kept) >= MOST:
                self._kept.clear()
            self._kept[key] = (time.monotonic() + SECONDS, answer)

    def forget(self) -> None:
        """Forgets everything."""
        self._stamp += 1
        self._kept = {}
