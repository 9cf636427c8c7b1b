"""The one guarded way out: every address checked as it is connected to, no redirects, limits on time and size.

The address list is federation's; this file only makes sure that nothing is contacted that was not asked about.
Spec: RFC 9110 §15.4.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import TracebackType
from typing import Any, Self

import aiohttp
from yarl import URL

from federation.errors import ForbiddenAddress, RemoteError, UnacceptableAnswer, Unreachable
from federation.fetching import Address, Network, check_url, is_forbidden, wire_url
from federation.messages import Answer, Outgoing
from node.transport.connecting import REFUSED, Guarded

#: What a peer's complaint may weigh, and how long it may take; the rest of an answer to a POST is not read.
REPLY_LIMIT = 65_536
REPLY_SECONDS = 2.0
#: How many hosts are remembered as closing connections in silence.
REMEMBERED_HOSTS = 1_000
#: So many hosts are in conversation: connections to them are kept for a while. To others, one request is one connection, or a
#: post to ten thousand servers would leave ten thousand of them open.
CONVERSATIONS = 100
CHUNK = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request may cost. Seconds; `document_bytes` counts what a body is when inflated."""

    total_seconds: float = 10.0
    connect_seconds: float = 5.0
    document_bytes: int = 1_048_576


class Requests:
    """Makes requests to other servers. Use it as an asynchronous context, or close it yourself.

    `allow_addresses` are networks ("127.0.0.11/32") that are let through although they are on the forbidden list.
    """

    def __init__(
        self, *, agent: str, allow_addresses: Sequence[str] = (), allow_http: bool = False, limits: Limits | None = None
    ) -> None:
        self._agent = agent
        self._allowed = tuple(ipaddress.ip_network(network, strict=False) for network in allow_addresses)
        self._allow_http = allow_http
        self._limits = limits or Limits()
        self._kept: aiohttp.ClientSession | None = None
        self._fresh: aiohttp.ClientSession | None = None
        self._silent_closers: dict[str, None] = {}
        self._conversations: dict[str, None] = {}

    @property
    def allow_http(self) -> bool:
        """Whether plain http is let out, for trials on one machine."""
        return self._allow_http

    @property
    def total_seconds(self) -> float:
        """What one errand may take, however many requests it needs."""
        return self._limits.total_seconds

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Closes all connections; the object may be used again afterwards."""
        sessions, self._kept, self._fresh = (self._kept, self._fresh), None, None
        for session in sessions:
            if session is not None:
                await session.close()

    async def send(self, outgoing: Outgoing) -> Answer:
        """Makes one request and reads its answer, following no redirect.

        Raises ForbiddenAddress, Unreachable, or UnacceptableAnswer for an answer to a GET beyond the document limit.
        """
        check_url(outgoing.url, allow_http=self._allow_http)
        try:
            async with asyncio.timeout(self._limits.total_seconds):
                return await self._send_once_or_twice(outgoing)
        except TimeoutError as problem:
            raise Unreachable(f"{_host(outgoing.url)} did not answer within the time given") from problem
        except aiohttp.ClientError as problem:
            raise self._as_remote(outgoing.url, problem) from problem
        except (OSError, ValueError) as problem:
            raise Unreachable(f"{_host(outgoing.url)}: {problem}") from problem

    async def _send_once_or_twice(self, outgoing: Outgoing) -> Answer:
        host = _host(outgoing.url)
        is_fresh = host in self._silent_closers or not self._is_in_conversation(host)
        if is_fresh or outgoing.method != "POST":
            return await self._exchange(self._session(is_fresh=is_fresh), outgoing)
        try:
            return await self._exchange(self._session(is_fresh=False), outgoing)
        except aiohttp.ClientConnectorError:
            raise
        except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError):
            # Some servers close a kept connection without saying so; aiohttp repeats no POST by itself. Ours may be
            # repeated: an inbox takes an activity once, by its id.
            _remember(self._silent_closers, host, REMEMBERED_HOSTS)
            return await self._exchange(self._session(is_fresh=True), outgoing)

    def _is_in_conversation(self, host: str) -> bool:
        """Whether a host was among the last that were asked something; now it is."""
        is_known = host in self._conversations
        self._conversations.pop(host, None)
        _remember(self._conversations, host, CONVERSATIONS)
        return is_known

    async def _exchange(self, session: aiohttp.ClientSession, outgoing: Outgoing) -> Answer:
        headers = [(name, value) for name, value in outgoing.headers if name.lower() != "user-agent"]
        is_post = outgoing.method == "POST"
        async with session.request(
            outgoing.method,
            URL(wire_url(outgoing.url), encoded=True),
            headers=[*headers, ("User-Agent", self._agent)],
            data=outgoing.body if is_post else None,
            allow_redirects=False,
        ) as response:
            body = await (_reply(response) if is_post else _read(response, self._limits.document_bytes))
            return Answer(
                status=response.status,
                url=outgoing.url,
                headers=tuple((name.lower(), value) for name, value in response.headers.items()),
                body=body,
            )

    def _session(self, *, is_fresh: bool) -> aiohttp.ClientSession:
        if is_fresh:
            if self._fresh is None:
                self._fresh = self._open(Guarded(self.may_contact, limit=0, force_close=True))
            return self._fresh
        if self._kept is None:
            # No limit in all: whoever asks has one, and a host that dawdles would take the places of the others here.
            connector = Guarded(self.may_contact, limit=0, limit_per_host=4, keepalive_timeout=15)
            self._kept = self._open(connector)
        return self._kept

    def _open(self, connector: Guarded) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=connector,
            auto_decompress=False,
            trust_env=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            # `send` takes the time for the whole, which may be two requests: a clock for each would tell nothing more.
            timeout=aiohttp.ClientTimeout(total=None, connect=self._limits.connect_seconds),
            headers={"Accept-Encoding": "gzip, deflate"},
        )

    def may_contact(self, address: Address | str) -> bool:
        """Whether an address may be connected to: it is on no forbidden list, or is allowed by the settings."""
        return not _is_forbidden(str(address), self._allowed)

    @staticmethod
    def _as_remote(url: str, problem: aiohttp.ClientError) -> RemoteError:
        if isinstance(problem, aiohttp.ClientConnectorError) and REFUSED in str(problem.os_error):
            return ForbiddenAddress(f"{_host(url)}: {REFUSED}")
        return Unreachable(f"{_host(url)}: {str(problem) or type(problem).__name__}")


async def _reply(response: aiohttp.ClientResponse) -> bytes:
    """What comes with the answer to a POST, when it can be read: the status has said already whether it was taken."""
    if response.content.at_eof():  # as most are
        return b""
    with contextlib.suppress(aiohttp.ClientError, OSError, Unreachable):
        async with asyncio.timeout(REPLY_SECONDS):
            return await _read(response, REPLY_LIMIT, is_cut=True)
    return b""


async def _read(response: aiohttp.ClientResponse, limit: int, *, is_cut: bool = False) -> bytes:
    """The body, inflated; beyond `limit` bytes it is cut, or UnacceptableAnswer is raised."""
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    inflate = _inflater(coding)
    parts: list[bytes] = []
    room, packed = limit, limit + CHUNK
    async for chunk in response.content.iter_chunked(CHUNK):
        part = inflate(chunk, room + 1)
        parts.append(part)
        room, packed = room - len(part), packed - len(chunk)
        # what inflates to nothing, or goes on after its end, is counted as it comes
        if room < 0 or packed < 0:
            if not is_cut:
                raise UnacceptableAnswer(f"the document at {response.url.host} is larger than {limit} bytes")
            break
    return b"".join(parts)[:limit]


def _inflater(coding: str) -> Callable[[bytes, int], bytes]:
    if coding in {"", "identity"}:
        return lambda chunk, _: chunk
    if coding in {"gzip", "x-gzip"}:
        return _guard_zlib(zlib.decompressobj(wbits=31))
    if coding == "deflate":
        return _guard_zlib(zlib.decompressobj())
    raise Unreachable(f"the answer is in a coding that is not read: {coding[:40]}")


def _guard_zlib(machine: Any) -> Callable[[bytes, int], bytes]:  # zlib's type has no public name  # noqa: ANN401
    def inflate(chunk: bytes, room: int) -> bytes:
        try:
            return bytes(machine.decompress(chunk, room))
        except zlib.error as problem:
            raise Unreachable("the answer cannot be inflated") from problem

    return inflate


@lru_cache(maxsize=4096)
def _is_forbidden(address: str, allowed: tuple[Network, ...]) -> bool:
    """The verdict on a literal address never changes, and takes as long as all the lists are."""
    return is_forbidden(address, allowed)


def _remember(hosts: dict[str, None], host: str, most: int) -> None:
    while len(hosts) >= most:
        hosts.pop(next(iter(hosts)))
    hosts[host] = None


def _host(url: str) -> str:
    return URL(url, encoded=True).host or url[:100]
