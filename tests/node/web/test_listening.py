"""Answers that nobody takes: the line is cut, and the node goes on answering."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from dataclasses import replace

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
