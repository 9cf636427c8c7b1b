"""Connections are made only to addresses that were looked at, whether a name has one or several."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from node.transport.connecting import REFUSED, Guarded

NAME = "ailleurs.example"


class _Names(AbstractResolver):
    """One name has these addresses."""

    def __init__(self, addresses: tuple[str, ...]) -> None:
        self._addresses = addresses

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
        assert host == NAME
        return [ResolveResult(hostname=host, host=each, port=port, family=family, proto=0, flags=0) for each in self._addresses]

    async def close(self) -> None:
        pass


async def _asked(addresses: tuple[str, ...], allowed: tuple[str, ...]) -> tuple[int, list[str]]:
    """The status of the answer to a GET of a name with these addresses, and where a request came in."""
    came: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.append(str(writer.get_extra_info("sockname")[0]))
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.11", 0)
    port = server.sockets[0].getsockname()[1]
    connector = Guarded(allowed.__contains__, resolver=_Names(addresses))
    try:
        async with aiohttp.ClientSession(connector=connector) as session, session.get(f"http://{NAME}:{port}/") as response:
            return response.status, came
    except aiohttp.ClientConnectorError as problem:
        return (0 if REFUSED in str(problem.os_error) else -1), came
    finally:
        server.close()


@pytest.mark.parametrize("addresses", [("127.0.0.11",), ("127.0.0.11", "127.0.0.12")])
async def test_what_may_be_contacted_is(addresses: tuple[str, ...]) -> None:
    assert await _asked(addresses, addresses) == (204, ["127.0.0.11"])


@pytest.mark.parametrize("addresses", [("127.0.0.11",), ("127.0.0.11", "127.0.0.12"), ("::1",)])
async def test_what_may_not_be_contacted_is_not(addresses: tuple[str, ...]) -> None:
    assert await _asked(addresses, ("127.0.0.13",)) == (0, [])


async def test_where_a_name_has_one_address_the_loop_makes_the_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> socket.socket:
        raise AssertionError("a socket of Python's own")

    monkeypatch.setattr(Guarded, "_make_socket", refuse)
    assert await _asked(("127.0.0.11",), ("127.0.0.11",)) == (204, ["127.0.0.11"])


async def test_a_name_with_very_many_addresses_has_few_of_them_tried() -> None:
    asked: list[str] = []

    def may_contact(address: str) -> bool:
        asked.append(address)
        return False

    names = _Names(tuple(f"203.0.{high}.{low}" for high in range(8) for low in range(250)))
    async with aiohttp.ClientSession(connector=Guarded(may_contact, resolver=names)) as session:
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get(f"http://{NAME}/")
    assert set(asked) == {"203.0.0.0", "203.0.0.1", "203.0.0.2"}
    assert len(asked) < 10
