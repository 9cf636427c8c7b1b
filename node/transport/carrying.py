"""Carries whole files to another server and back, by the guarded way out: slowly if need be, never elsewhere than asked.

Spec: RFC 4918 §9.7.
Spec: RFC 9110 §9.3.4.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from yarl import URL

from federation.errors import ForbiddenAddress, Unreachable
from federation.fetching import check_url, wire_url
from node.transport.connecting import REFUSED, Guarded
from node.transport.requests import Requests

#: A file may take an hour; nothing at all may come or go for a minute.
TOTAL_SECONDS, CONNECT_SECONDS, STILL_SECONDS = 3_600.0, 10.0, 60.0
CHUNK = 262_144
_OK = 200

Headers = Sequence[tuple[str, str]]


class Carrier:
    """Files to and from one server at a time (contracts.Carrier); `requests` knows which addresses may be connected to."""

    def __init__(self, requests: Requests, agent: str) -> None:
        self._requests = requests
        self._agent = agent

    async def put(self, url: str, headers: Headers, file: Path) -> int:
        """Sends a file; the status of the answer. Raises ForbiddenAddress or Unreachable."""
        size = str(await asyncio.to_thread(lambda: file.stat().st_size))
        async with self._answer("PUT", url, [*headers, ("Content-Length", size)], _read(file)) as answer:
            return answer.status

    async def get(self, url: str, headers: Headers, file: Path, most: int) -> int:
        """Fetches what is there into a file, when it answers 200 with at most so many bytes; the status. Raises as `put`."""
        async with self._answer("GET", url, headers) as answer:
            if answer.status != _OK:
                return answer.status
            size = 0
            with file.open("wb") as target:
                async for piece in answer.content.iter_chunked(CHUNK):
                    size += len(piece)
                    if size > most:
                        raise Unreachable(f"{URL(url).host} gave back more than was sent")
                    await asyncio.to_thread(target.write, piece)
            return answer.status

    async def remove(self, url: str, headers: Headers) -> int:
        """Has a file removed there; the status. Raises as `put`."""
        async with self._answer("DELETE", url, headers) as answer:
            return answer.status

    @asynccontextmanager
    async def _answer(
        self, method: str, url: str, headers: Headers, body: AsyncIterator[bytes] | None = None
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        check_url(url, allow_http=self._requests.allow_http)
        host = URL(url).host
        session = aiohttp.ClientSession(
            connector=Guarded(self._requests.may_contact, limit=1, force_close=True),
            auto_decompress=False,
            trust_env=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=TOTAL_SECONDS, connect=CONNECT_SECONDS, sock_read=STILL_SECONDS),
            headers={"User-Agent": self._agent, "Accept-Encoding": "identity"},
        )
        try:
            async with (
                session,
                session.request(
                    method, URL(wire_url(url), encoded=True), headers=[*headers], data=body, allow_redirects=False
                ) as answer,
            ):
                yield answer
        except TimeoutError as problem:
            raise Unreachable(f"{host} did not answer within the time given") from problem
        except aiohttp.ClientConnectorError as problem:
            if REFUSED in str(problem.os_error):
                raise ForbiddenAddress(f"{host}: {REFUSED}") from problem
            raise Unreachable(f"{host}: {problem}") from problem
        except (aiohttp.ClientError, OSError) as problem:
            raise Unreachable(f"{host}: {problem}") from problem


async def _read(file: Path) -> AsyncIterator[bytes]:
    with file.open("rb") as source:
        while piece := await asyncio.to_thread(source.read, CHUNK):
            yield piece
