"""The woven emblem of a community: a small arrow-sash pattern drawn from its address, always the same for the same community."""

from __future__ import annotations

import hashlib
from functools import lru_cache

_SIZE = 48
_ROWS = 5
_THREADS = 4


@lru_cache(maxsize=500)
def emblem(iri: str) -> tuple[tuple[str, str], ...]:
    """The threads of an emblem in a square of 48: pairs of a class name (`t0` to `t3`) and the points of a zigzag."""
    bits = hashlib.sha256(iri.encode()).digest()
    period = (12, 16, 24)[bits[0] % 3]
    height = (5, 8, 10)[bits[1] % 3]
    first = bits[2] % _THREADS
    threads = []
    for row in range(_ROWS + 2):
        thread = (first + (row + bits[3] % 3 * (row // 2))) % _THREADS
        top = row * 10 - 10
        threads.append((f"t{thread}", _zigzag(top, period, height)))
    return tuple(threads)


def _zigzag(top: int, period: int, height: int) -> str:
    half = period // 2
    steps = range(-period, _SIZE + period + 1, half)
    return " ".join(f"{x},{top + (height if index % 2 else 0)}" for index, x in enumerate(steps))
