"""What the web side puts up with: sizes, times, rates; shipped values, each of which wiring may set otherwise."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bodies in bytes, times in seconds, rates in messages per second; a message counts once more for each `weight` bytes it has.

    A form with files of somebody signed in may have `upload` bytes and take `upload_seconds`. `at_once` signed requests are
    worked on, `at_once_each` of one sender, `waiting` more may queue; of senders whose key must be fetched first, `strangers` and
    `strangers_each`. One address may send as much as `servers_each` servers; `buckets` is how many senders are remembered. After
    a refusal the rest of a body is waited for during `lingering_seconds`, so that the sender reads why. Whoever takes less than
    `taken` bytes of an answer in `taking_seconds`, which no line is too slow for, gets no more of it. `connections` are held at a
    time, `connections_each` of one address, which has as many answers under way at most. Of one address
    `questions_each` questions may be here at a time, and `questions_a_minute` come. `trusted_proxies` are networks whose
    X-Forwarded-For is believed.
    """

    body: int = 1_048_576
    body_seconds: float = 10.0
    upload: int = 11_534_336
    upload_seconds: float = 120.0
    handler_seconds: float = 30.0
    keepalive_seconds: float = 10.0
    lingering_seconds: float = 1.0
    shutdown_seconds: float = 5.0
    taking_seconds: float = 60.0
    taken: int = 262_144
    connections: int = 4_096
    connections_each: int = 256
    inbox_burst: int = 250
    inbox_rate: float = 25.0
    weight: int = 65_536
    at_once: int = 64
    at_once_each: int = 48
    waiting: int = 128
    strangers: int = 32
    strangers_each: int = 8
    servers_each: int = 4
    buckets: int = 10_000
    questions_each: int = 3
    questions_a_minute: int = 30
    trusted_proxies: tuple[str, ...] = ()


class Buckets:
    """Token buckets by sender, the longest unused forgotten first. Moments are seconds of a monotonic clock."""

    def __init__(self, *, burst: int, rate: float, kept: int) -> None:
        self._burst, self._rate, self._kept = burst, rate, kept
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, sender: str, at: float, n: int = 1) -> float:
        """Takes n tokens of `sender`, all that there can be at most; 0 when they were there, else the seconds until they are."""
        level, then = self._levels.pop(sender, (float(self._burst), at))
        level = min(float(self._burst), level + max(0.0, at - then) * self._rate)
        wanted = min(n, self._burst)
        wait = 0.0 if level >= wanted else (wanted - level) / self._rate
        self._levels[sender] = (level - wanted if level >= wanted else level, at)
        while len(self._levels) > self._kept:
            self._levels.popitem(last=False)
        return wait

    def __len__(self) -> int:
        return len(self._levels)
