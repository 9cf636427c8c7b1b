"""The guarded way out against real servers on loopback: addresses, redirects, sizes, times, silent closing."""

from __future__ import annotations

import asyncio
import gzip
import socket
import time
import zlib
from typing import Any

import pytest

from federation.errors import ForbiddenAddress, RemoteError, UnacceptableAnswer, Unreachable
from federation.messages import Outgoing
from kit.servers import LoopbackServer, Seen, answer, loopback_server, moved
from node.transport import requests as transport
from node.transport.requests import Limits, Requests

ALLOWED = ("127.0.0.11/32",)


def get(url: str) -> Outgoing:
    return Outgoing(method="GET", url=url)


def opened(*, total: float = 10.0, size: int = 1_048_576, allowed: tuple[str, ...] = ALLOWED) -> Requests:
    limits = Limits(total_seconds=total, document_bytes=size)
    return Requests(agent="Maillage/test", allow_addresses=allowed, allow_http=True, limits=limits)


async def test_an_allowed_server_is_asked_and_answers() -> None:
    async with loopback_server() as server, opened() as requests:
        server.scripts["/x"] = answer(b"hello")
        reply = await requests.send(get(f"{server.url}/x"))
    assert (reply.status, reply.body, reply.value("content-type")) == (200, b"hello", "application/activity+json")
    assert server.seen[0].value("user-agent") == "Maillage/test"


async def test_the_address_goes_out_as_it_was_signed() -> None:
    async with loopback_server() as server, opened() as requests:
        await requests.send(get(f"{server.url}/a%40b%7Ec?x=%2F%c3%a9"))
    assert server.seen[0].target == "/a%40b%7Ec?x=%2F%c3%a9"


@pytest.mark.parametrize(
    "spelling",
    [
        "http://127.0.0.13:{port}/", "http://[::ffff:7f00:d]:{port}/", "http://[::ffff:127.0.0.13]:{port}/",
        "http://2130706445:{port}/", "http://0x7f00000d:{port}/", "http://0177.0.0.13:{port}/", "http://127.13:{port}/",
        "http://localhost:{port}/", "http://[::1]:{port}/", "http://127.0.0.13.:{port}/", "http://C@127.0.0.13:{port}/",
        "http://C\\@127.0.0.13:{port}/", "http://①②⑦.⓪.⓪.①③:{port}/", "gopher://127.0.0.13:{port}/", "file:///etc/hostname",
        "ftp://127.0.0.13:{port}/", "data:text/plain,x", "javascript:1", "http://[", "http://127.0.0.13:99999/", "",
    ],
)  # fmt: skip
async def test_a_private_address_is_never_contacted_however_it_is_spelled(spelling: str) -> None:
    async with loopback_server("127.0.0.13") as canary, opened() as requests:
        with pytest.raises(ForbiddenAddress):
            await requests.send(get(spelling.format(port=canary.url.rpartition(":")[2])))
    assert canary.connections == 0


async def test_a_name_that_turns_private_after_the_check_is_not_contacted(monkeypatch: pytest.MonkeyPatch) -> None:
    async with loopback_server("127.0.0.13") as canary, opened() as requests:
        port = int(canary.url.rpartition(":")[2])

        async def rebound(*_: object, **__: object) -> list[tuple[Any, ...]]:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.13", port))]

        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", rebound)
        with pytest.raises(ForbiddenAddress):
            await requests.send(get(f"http://rebinding.example:{port}/"))
    assert canary.connections == 0


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_handed_back_and_not_followed(status: int) -> None:
    async with loopback_server("127.0.0.13") as canary, loopback_server() as server, opened() as requests:
        server.scripts["/x"] = moved(f"{canary.url}/", status)
        reply = await requests.send(get(f"{server.url}/x"))
    assert reply.status == status
    assert canary.connections == 0


async def test_a_bomb_is_dropped_at_the_limit() -> None:
    bomb = gzip.compress(b"\0" * 60_000_000)
    async with loopback_server() as server, opened() as requests:
        server.scripts["/bomb"] = answer(bomb, headers=(("Content-Encoding", "gzip"),))
        with pytest.raises(UnacceptableAnswer):
            await requests.send(get(f"{server.url}/bomb"))


@pytest.mark.parametrize(
    "rest", [bytes(8_000_000), b"\0\0\0\xff\xff" * 1_600_000], ids=["after its end", "nothing, again and again"]
)
async def test_what_goes_on_and_inflates_to_nothing_is_dropped_at_the_limit(rest: bytes) -> None:
    packed = gzip.compress(b"{}") if not rest[4] else gzip.compress(b"")[:10]
    async with loopback_server() as server, opened() as requests:
        server.scripts["/x"] = answer(packed + rest, headers=(("Content-Encoding", "gzip"),))
        with pytest.raises(UnacceptableAnswer):
            await requests.send(get(f"{server.url}/x"))


@pytest.mark.parametrize(
    ("coding", "packed"),
    [("gzip", gzip.compress(b"text", mtime=0)), ("deflate", zlib.compress(b"text"))],
    ids=["gzip", "deflate"],
)
async def test_a_compressed_answer_is_inflated(coding: str, packed: bytes) -> None:
    async with loopback_server() as server, opened() as requests:
        server.scripts["/x"] = answer(packed, headers=(("Content-Encoding", coding),))
        assert (await requests.send(get(f"{server.url}/x"))).body == b"text"


@pytest.mark.parametrize("headers", [(("Content-Encoding", "br"),), (("Content-Encoding", "gzip"),)])
async def test_what_cannot_be_inflated_is_no_answer(headers: tuple[tuple[str, str], ...]) -> None:
    async with loopback_server() as server, opened() as requests:
        server.scripts["/x"] = answer(b"not compressed", headers=headers)
        with pytest.raises(Unreachable):
            await requests.send(get(f"{server.url}/x"))


async def test_an_endless_answer_is_dropped_at_the_limit() -> None:
    async def endless(_: Seen, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 X\r\nContent-Type: application/activity+json\r\n\r\n")
        while not writer.is_closing():
            writer.write(b" " * 65_536)
            await writer.drain()

    async with loopback_server() as server, opened(size=200_000) as requests:
        server.scripts["/x"] = endless
        with pytest.raises(UnacceptableAnswer):
            await requests.send(get(f"{server.url}/x"))


async def test_one_byte_at_a_time_is_given_up_in_time() -> None:
    async def drip(_: Seen, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 X\r\nContent-Length: 100000\r\n\r\n")
        while not writer.is_closing():
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.05)

    async with loopback_server() as server, opened(total=0.5) as requests:
        server.scripts["/x"] = drip
        begin = time.monotonic()
        with pytest.raises(Unreachable):
            await requests.send(get(f"{server.url}/x"))
        assert time.monotonic() - begin < 3


async def test_a_refused_connection_is_unreachable() -> None:
    async with loopback_server() as server:
        url = server.url
    async with opened() as requests:
        with pytest.raises(Unreachable):
            await requests.send(get(f"{url}/"))


async def _posts(server: LoopbackServer, requests: Requests, count: int) -> None:
    for number in range(count):
        reply = await requests.send(Outgoing(method="POST", url=f"{server.url}/inbox", body=b"%d" % number))
        assert reply.status == 202
        await asyncio.sleep(0.01)


async def test_a_connection_closed_in_silence_costs_no_delivery() -> None:
    """As snac does: it answers, then closes, and says so to nobody."""
    async with loopback_server() as server, opened() as requests:
        server.closes_after = 1
        server.scripts["/inbox"] = answer(b"", status=202)
        await _posts(server, requests, 4)
    assert [seen.body for seen in server.seen] == [b"0", b"1", b"2", b"3"]


async def test_a_large_reply_to_a_post_is_cut_and_not_refused() -> None:
    async with loopback_server() as server, opened() as requests:
        server.scripts["/inbox"] = answer(b"x" * 300_000, status=400)
        reply = await requests.send(Outgoing(method="POST", url=f"{server.url}/inbox", body=b"{}"))
    assert (reply.status, len(reply.body)) == (400, 65_536)


@pytest.mark.parametrize(
    ("headers", "is_closed"),
    [
        (b"Content-Length: 9", True),
        (b"Content-Length: 9", False),
        (b"Content-Encoding: br\r\nContent-Length: 2", False),
        (b"Content-Encoding: gzip\r\nContent-Length: 2", False),
    ],
)
async def test_what_was_taken_stays_so_whatever_is_wrong_with_the_rest_of_the_answer(
    headers: bytes, is_closed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play(_: Seen, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 202 X\r\n" + headers + b"\r\n\r\nOK")
        await writer.drain()
        if is_closed:
            writer.close()

    monkeypatch.setattr(transport, "REPLY_SECONDS", 0.1)
    async with loopback_server() as server, opened() as requests:
        server.scripts["/inbox"] = play
        await _posts(server, requests, 3)
    assert [seen.body for seen in server.seen] == [b"0", b"1", b"2"]


async def test_nothing_but_https_goes_out_by_default() -> None:
    async with loopback_server() as server, Requests(agent="x", allow_addresses=ALLOWED) as requests:
        with pytest.raises(RemoteError):
            await requests.send(get(f"{server.url}/x"))
    assert server.connections == 0


async def test_environment_proxies_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    async with loopback_server("127.0.0.13") as proxy, loopback_server() as server, opened() as requests:
        monkeypatch.setenv("http_proxy", proxy.url)
        await requests.send(get(f"{server.url}/x"))
    assert (proxy.connections, server.connections) == (0, 1)
