"""Keeps one request, or one sender, from taking the time of all: so many seconds a request, so many a sender, so many at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from math import ceil
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from aiohttp import web
from aiohttp.typedefs import Handler

from federation.inbox import key_in
from node.web.limits import Buckets, Limits
from node.web.middleware.origin import client
from node.web.middleware.questions import ASKED_AT, Questions
from node.web.visits import DEADLINE

#: What an overloaded node asks for, in seconds.
PAUSE = 30


class Room:
    """Places for messages that are being taken in at the same time; no sender has all of them."""

    def __init__(self, *, places: int, each: int, waiting: int) -> None:
        self.places, self.most = asyncio.Semaphore(places), places + waiting
        self.present = 0
        self._each = each
        self._shares: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    def place(self, who: str) -> Place:
        """One of the places, once there is one; raises 503 on entering when too many wait for theirs."""
        share = self._shares.get(who)
        if share is None:
            share = self._shares[who] = asyncio.Semaphore(self._each)
        return Place(self, share)


class Place:
    """A place in a room, one of those that its sender may have; free again on leaving. No generator: one is made per message."""

    __slots__ = ("_held", "_room", "_wanted")

    def __init__(self, room: Room, share: asyncio.Semaphore) -> None:
        self._room, self._wanted = room, (share, room.places)
        self._held: list[asyncio.Semaphore] = []

    async def __aenter__(self) -> None:
        """Waits for it."""
        if self._room.present >= self._room.most:
            raise retry_later(web.HTTPServiceUnavailable(text="This node is overloaded."), PAUSE)
        self._room.present += 1
        try:
            for places in self._wanted:
                await places.acquire()
                self._held.append(places)
        except asyncio.CancelledError:
            self._leave()
            raise

    async def __aexit__(self, *_: object) -> None:
        """Leaves it to others."""
        self._leave()

    def _leave(self) -> None:
        for places in self._held:
            places.release()
        self._room.present -= 1


class Pressure:
    """The state of one process: who sent how much, and how many messages are being taken in.

    Those whose key is at hand are proven in no time; the keys of strangers must be had from servers that may be slow. They have a
    room of their own, so that no number of slow servers keeps out those who are known.
    """

    def __init__(self, limits: Limits, is_known: Callable[[str], Awaitable[bool]]) -> None:
        self._is_known = is_known
        self.questions = Questions(limits)
        self._weight = limits.weight
        self._senders = Buckets(burst=limits.inbox_burst, rate=limits.inbox_rate, kept=limits.buckets)
        burst, rate = limits.inbox_burst * limits.servers_each, limits.inbox_rate * limits.servers_each
        self._addresses = Buckets(burst=burst, rate=rate, kept=limits.buckets)
        self._known = Room(places=limits.at_once, each=limits.at_once_each, waiting=limits.waiting)
        self._strangers = Room(places=limits.strangers, each=limits.strangers_each, waiting=limits.waiting)

    async def place(self, address: str, key_id: str, size: int = 0) -> AbstractAsyncContextManager[None]:
        """A place for a message that comes from an address and names a key; raises 429 for a sender that sends too much.

        `size` is in bytes: few long messages fill a disk as many short ones do. Whoever names ever new keys is counted by the
        address: it may speak for several servers, not for any number.
        """
        who = f"{address} {_host(key_id)}"
        self._count(self._senders, who, 1 + size // self._weight)
        return self._known.place(who) if await self._is_known(key_id) else self._introduction(address, who)

    async def introduction(self, address: str, key_id: str) -> AbstractAsyncContextManager[None]:
        """The same for a request to read something: nothing is counted or limited once the key that it names is at hand."""
        return nullcontext() if await self._is_known(key_id) else self._introduction(address, f"{address} {_host(key_id)}")

    def _introduction(self, address: str, who: str) -> AbstractAsyncContextManager[None]:
        self._count(self._addresses, address)
        return self._strangers.place(who)

    def _count(self, buckets: Buckets, who: str, n: int = 1) -> None:
        wait = buckets.take(who, asyncio.get_running_loop().time(), n)
        if wait:
            raise retry_later(web.HTTPTooManyRequests(text="Too many messages from this server."), ceil(wait))


#: The pressure on this process.
PRESSURE = web.AppKey("pressure", Pressure)

#: The limits in force.
LIMITS = web.AppKey("limits", Limits)


@web.middleware
async def relieve(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Gives every request its time, and a place to each that has to be proven; raises 503 when the time is over."""
    try:
        async with asyncio.timeout(request.app[LIMITS].handler_seconds) as request[DEADLINE]:
            async with await _room(request):
                return await handler(request)
    except TimeoutError as problem:
        raise retry_later(web.HTTPServiceUnavailable(text="This took too long."), PAUSE) from problem


async def _room(request: web.Request) -> AbstractAsyncContextManager[None]:
    pressure, headers = request.app[PRESSURE], request.headers
    key_id = key_in([*headers.getall("Signature-Input", ()), *headers.getall("Signature", ())])
    if request.method == "POST" and request.path.endswith("/inbox"):
        # A body that does not say how long it is counts as the longest.
        size = request.content_length if request.content_length is not None else request.app[LIMITS].body
        return await pressure.place(client(request), key_id, size)
    if request.path == ASKED_AT and request.method != "OPTIONS":
        return pressure.questions.place(client(request))
    return await pressure.introduction(client(request), key_id) if key_id else nullcontext()


def _host(key_id: str) -> str:
    """The host that a signature names: not proven, so that it counts only together with the address it comes from."""
    try:
        return urlsplit(key_id).netloc.lower()
    except ValueError:
        return ""


def retry_later(refusal: web.HTTPException, seconds: int) -> web.HTTPException:
    """The same refusal, saying when to come back."""
    refusal.headers["Retry-After"] = str(max(1, seconds))
    return refusal
