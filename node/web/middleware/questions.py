"""Who may put a question to the index: so many a minute, and few at a time, so that nobody has all turns."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_address, ip_network
from math import ceil

from aiohttp import web

from node.web.limits import Buckets, Limits

#: Where questions are asked.
ASKED_AT = "/sparql"
#: What is asked of those who find no place, in seconds.
PAUSE = 10
#: One household or office has so many addresses in the newer kind of network.
NEIGHBOURS = 64


class Questions:
    """The questions that are here."""

    def __init__(self, limits: Limits) -> None:
        self._asked = Buckets(burst=limits.questions_a_minute, rate=limits.questions_a_minute / 60, kept=limits.buckets)
        self._each = limits.questions_each
        self._present: Counter[str] = Counter()

    @asynccontextmanager
    async def place(self, address: str) -> AsyncIterator[None]:
        """A place for a question of that address; raises 429 when it asks too much, or too much at a time.

        Turns are given in the order of arrival, to questions that are here whole: who sends one slowly keeps nobody waiting.
        """
        who = _neighbourhood(address)
        wait = self._asked.take(who, asyncio.get_running_loop().time())
        if wait:
            raise _later(web.HTTPTooManyRequests(text="Too many questions from this address."), ceil(wait))
        if self._present[who] >= self._each:
            raise _later(web.HTTPTooManyRequests(text="Other questions from this address are still being answered."), PAUSE)
        self._present[who] += 1
        try:
            yield
        finally:
            self._present[who] -= 1
            if not self._present[who]:
                del self._present[who]


def _neighbourhood(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    known = getattr(parsed, "ipv4_mapped", None) or parsed
    return str(known) if known.version == 4 else str(ip_network((known, NEIGHBOURS), strict=False))  # noqa: PLR2004


def _later(refusal: web.HTTPException, seconds: int) -> web.HTTPException:
    refusal.headers["Retry-After"] = str(max(1, seconds))
    return refusal
