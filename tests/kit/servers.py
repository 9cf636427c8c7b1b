"""A small real server on loopback whose every byte the test decides: slow, compressed, redirecting, or closing in silence."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

AP = "application/activity+json"
#: How a TLS connection begins.
HANDSHAKE = b"\x16"


@dataclass
class Seen:
    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes

    def value(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


Script = Callable[[Seen, asyncio.StreamWriter], Awaitable[None]]


def answer(body: bytes = b"", *, status: int = 200, media_type: str = AP, headers: tuple[tuple[str, str], ...] = ()) -> Script:
    """A complete, ordinary answer."""

    async def play(_: Seen, writer: asyncio.StreamWriter) -> None:
        lines = [f"HTTP/1.1 {status} X", f"Content-Type: {media_type}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        await writer.drain()

    return play


def moved(location: str, status: int = 302) -> Script:
    return answer(b"", status=status, headers=(("Location", location),))


@dataclass
class LoopbackServer:
    url: str = ""
    scripts: dict[str, Script] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    connections: int = 0
    closes_after: int = 1_000

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        served = 0
        try:
            while served < self.closes_after:
                first = await reader.readexactly(1)
                if first == HANDSHAKE:
                    return  # whoever tries TLS first is told at once, instead of waiting for an answer
                head = first + await reader.readuntil(b"\r\n\r\n")
                served += 1
                await self._one(head, reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _one(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
        method, target, _ = first.split(" ")
        headers = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
        seen = Seen(method, target, headers, b"")
        length = int(seen.value("content-length") or 0)
        seen.body = await reader.readexactly(length) if length else b""
        self.seen.append(seen)
        path = target.partition("?")[0]
        await self.script(path)(seen, writer)

    def script(self, path: str) -> Script:
        """What is played for a path."""
        return self.scripts.get(path, answer(b"", status=404))


@asynccontextmanager
async def loopback_server(host: str = "127.0.0.11", **scripts: Script) -> AsyncIterator[LoopbackServer]:
    """A server at `host`; scripts by path may be added while it runs."""
    kept = LoopbackServer(scripts=dict(scripts))
    listening = await asyncio.start_server(kept.serve, host, 0)
    port = listening.sockets[0].getsockname()[1]
    kept.url = f"http://{host}:{port}"
    try:
        yield kept
    finally:
        listening.close()
