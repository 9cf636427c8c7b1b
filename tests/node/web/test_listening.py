"""Answers that nobody takes: the line is cut, and the node goes on answering."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Protocol

from kit.web_node import WebNode, web_node
from node.contracts import Endpoint, Reply
from node.web.limits import Limits


async def test_whoever_does_not_take_the_answer_is_cut_off() -> None:
    large = Endpoint(path="/large", answer=lambda *_: Reply(body=bytes(12_000_000), media_type="audio/mpeg"))
    limits = Limits(taking_seconds=0.2, taken=100_000)
    async with web_node(limits=replace(limits, taking_seconds=2.0), extra_endpoints={"large": large}) as node:
        assert await taken(node, 0.0, 0.06) > 12_000_000, "slower than that in all, and not too slow"
    async with web_node(limits=limits, extra_endpoints={"large": large}) as node:
        assert await taken(node, 0.6, 0.0) < 12_000_000
        assert (await node.get("/sante", accept="*/*")).status == 200


SMALL = Limits(connections=6, connections_each=3, trusted_proxies=("127.0.0.2/32",))


async def test_one_address_has_so_many_connections_and_others_have_theirs() -> None:
    async with web_node(limits=SMALL) as node, lines(node) as line_to:
        held = [await line_to("127.0.0.3") for _ in range(3)]
        assert await said(await line_to("127.0.0.3")) == b""
        assert (await said(await line_to("127.0.0.4"))).startswith(b"HTTP/1.1 200")
        assert (await said(held[0])).startswith(b"HTTP/1.1 200"), "those that were there stay"
        held += [await line_to("127.0.0.5") for _ in range(3)]
        assert await said(await line_to("127.0.0.4")) == b"", "no more in all"
        held.pop()[1].transport.abort()
        answer = b""
        for _ in range(600):  # until the node has noticed
            if answer := await said(await line_to("127.0.0.4")):
                break
            await asyncio.sleep(0.05)
        assert answer.startswith(b"HTTP/1.1 200")


async def test_who_takes_no_answers_gets_no_more_of_them_by_a_proxy_either() -> None:
    large = Endpoint(path="/large", answer=lambda *_: Reply(body=bytes(12_000_000), media_type="audio/mpeg"))
    limits = replace(SMALL, connections=100)
    async with web_node(limits=limits, extra_endpoints={"large": large}) as node, lines(node) as line_to:
        for _ in range(3):
            reader, writer = await line_to("127.0.0.2", is_narrow=True)
            writer.write(request(node, "/large", "203.0.113.7"))
            assert await reader.read(12) == b"HTTP/1.1 200"
        assert await said(await line_to("127.0.0.2"), "203.0.113.7") == b""
        assert (await said(await line_to("127.0.0.2"), "203.0.113.8")).startswith(b"HTTP/1.1 200")


Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Connect(Protocol):
    """Makes a connection from an address; a narrow one takes little before it is read."""

    async def __call__(self, peer: str, *, is_narrow: bool = False) -> Line: ...


@asynccontextmanager
async def lines(node: WebNode) -> AsyncIterator[Connect]:
    """What connects, until all connections are let go of."""
    host, _, port = node.url.partition("//")[2].partition(":")
    opened: list[Line] = []

    async def line_to(peer: str, *, is_narrow: bool = False) -> Line:
        line = socket.socket()
        if is_narrow:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        line.setblocking(False)
        line.bind((peer, 0))
        await asyncio.get_running_loop().sock_connect(line, (host, int(port)))
        opened.append(await asyncio.open_connection(sock=line, limit=4_096))
        return opened[-1]

    try:
        yield line_to
    finally:
        for _, writer in opened:
            writer.transport.abort()
        await asyncio.sleep(0)


def request(node: WebNode, path: str, asker: str) -> bytes:
    """A request that a proxy passes on."""
    return f"GET {path} HTTP/1.1\r\nHost: {node.url.partition('//')[2]}\r\nX-Forwarded-For: {asker}\r\n\r\n".encode()


async def said(line: Line, asker: str = "203.0.113.9") -> bytes:
    """How the answer to a small question begins, nothing where the line is cut."""
    reader, writer = line
    with suppress(ConnectionError):
        writer.write(f"GET /sante HTTP/1.1\r\nHost: any.example\r\nX-Forwarded-For: {asker}\r\n\r\n".encode())
        return await reader.read(200)
    return b""


async def taken(node: WebNode, at_first: float, each_time: float) -> int:
    """How much of a large answer somebody gets who waits first, and before each mouthful."""
    host, _, port = node.url.partition("//")[2].partition(":")
    line = socket.create_connection((host, int(port)))
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
    reader, writer = await asyncio.open_connection(sock=line, limit=65_536)
    writer.write(f"GET /large HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode())
    got, part = 0, b"-"
    with suppress(ConnectionError):
        await asyncio.sleep(at_first)
        while part:
            part = await reader.read(262_144)
            got += len(part)
            await asyncio.sleep(each_time)
    writer.close()
    return got
