"""Keeps one request, or one sender, from taking the time of all: so many seconds a request, so many a sender, so many at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from math import ceil
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from aiohttp import web
from aiohttp.typedefs import Handler

from federation.inbox import named_key
from node.web.bodies import heading
from node.web.limits import Buckets, Limits
from node.web.middleware.origin import client

#: What an overloaded node asks for, in seconds.
PAUSE = 30

#: `heading` wants a moment; a claim is read without one.
_NO_MOMENT = datetime.fromtimestamp(0, UTC)


class Pressure:
    """The state of one process: who sent how much, and how many messages are being taken in."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._buckets = Buckets(burst=limits.inbox_burst, rate=limits.inbox_rate, kept=limits.buckets)
        self._places = asyncio.Semaphore(limits.at_once)
        self._shares: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._present = 0

    @asynccontextmanager
    async def place(self, who: str) -> AsyncIterator[None]:
        """A place among the messages taken in; raises 429 for a sender that sends too much, 503 when too many wait.

        No sender has all the places: one whose keys take long to be had would keep the others out.
        """
        wait = self._buckets.take(who, asyncio.get_running_loop().time())
        if wait:
            raise retry_later(web.HTTPTooManyRequests(text="Too many messages from this server."), ceil(wait))
        if self._present >= self._limits.at_once + self._limits.waiting:
            raise retry_later(web.HTTPServiceUnavailable(text="This node is overloaded."), PAUSE)
        self._present += 1
        try:
            async with self._shares.setdefault(who, asyncio.Semaphore(self._limits.at_once_each)), self._places:
                yield
        finally:
            self._present -= 1


#: The pressure on this process.
PRESSURE = web.AppKey("pressure", Pressure)

#: The limits in force.
LIMITS = web.AppKey("limits", Limits)


@web.middleware
async def relieve(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Gives every request its time and every message its place; raises 503 when the time is over."""
    try:
        async with asyncio.timeout(request.app[LIMITS].handler_seconds):
            if request.method == "POST" and request.path.endswith("/inbox"):
                async with request.app[PRESSURE].place(sender(request)):
                    return await handler(request)
            return await handler(request)
    except TimeoutError as problem:
        raise retry_later(web.HTTPServiceUnavailable(text="This took too long."), PAUSE) from problem


def sender(request: web.Request) -> str:
    """Who seems to send a message: its address and the host that its signature names, neither of them proven.

    Both together, so that nobody can use up the share of another by naming them.
    """
    try:
        host = urlsplit(named_key(heading(request, _NO_MOMENT))).netloc.lower()
    except ValueError:
        host = ""
    return f"{client(request)} {host}"


def retry_later(refusal: web.HTTPException, seconds: int) -> web.HTTPException:
    """The same refusal, saying when to come back."""
    refusal.headers["Retry-After"] = str(max(1, seconds))
    return refusal
