"""How many connections and untaken answers one asker may hold, and all together: nobody keeps the others out by being slow."""

from __future__ import annotations

import resource
from collections import Counter
from contextlib import suppress

from node.web.limits import Limits
from node.web.middleware.origin import is_trusted

#: So many open files are asked for; a service is given 1,024 by itself, of which answers to a thousand slow readers are all.
FILES = 65_536


class Crowd:
    """Who is connected, and to whom answers are under way.

    Those behind a proxy that is trusted share its connections: they are told apart by their answers alone.
    """

    def __init__(self, limits: Limits, most: int | None = None) -> None:
        self._limits = limits
        self._most = min(limits.connections, most if most is not None else room())
        self._connected: Counter[str] = Counter()
        self._answered: Counter[str] = Counter()

    def come(self, peer: str) -> bool:
        """Counts a connection, whatever the answer: whether it may stay."""
        self._connected[peer] += 1
        is_shared = is_trusted(peer, self._limits.trusted_proxies)
        return self._connected.total() <= self._most and (is_shared or self._connected[peer] <= self._limits.connections_each)

    def go(self, peer: str) -> None:
        """The connection has ended."""
        _less(self._connected, peer)

    def begin(self, asker: str) -> bool:
        """Counts an answer, whatever is said: whether it is to be given."""
        self._answered[asker] += 1
        return self._answered[asker] <= self._limits.connections_each

    def end(self, asker: str) -> None:
        """The answer was taken, or is not waited for any more."""
        _less(self._answered, asker)


def room() -> int:
    """How many connections there is room for: half of the files that this process may open, as many as it is given."""
    mine, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if most == resource.RLIM_INFINITY else min(FILES, most)
    if mine != resource.RLIM_INFINITY and mine < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    mine, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return FILES if mine == resource.RLIM_INFINITY else max(1, mine // 2)


def _less(counted: Counter[str], who: str) -> None:
    counted[who] -= 1
    if counted[who] <= 0:
        del counted[who]
