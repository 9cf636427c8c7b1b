"""Large, slow and many requests: each is ended, and the node goes on answering."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

import pytest
import pytest_asyncio
from aiohttp import web

from kit.signing import BOB, M, Signer, activity
from kit.web_node import AP, WebNode, web_node
from node.contracts import Endpoint, Reply
from node.web.limits import Limits
from node.web.middleware.pressure import Pressure, Room

LIMITS = Limits(body=10_000, body_seconds=0.5, handler_seconds=6.0, keepalive_seconds=0.5, lingering_seconds=0.1)
HEAD = "POST /inbox HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/activity+json\r\n"


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node(limits=LIMITS, signers=(M, BOB)) as made:
        yield made
        assert (await made.get("/sante", accept="*/*")).status == 200  # still there


def head(node: WebNode) -> str:
    return HEAD.format(host=node.url.partition("//")[2])


async def test_a_body_that_says_it_is_too_large(node: WebNode) -> None:
    got = await node.raw(f"{head(node)}Content-Length: 10001\r\n\r\n".encode())
    assert got.split(b" ")[1] == b"413"
    assert b"Connection: close" in got


async def test_a_body_that_is_too_large_without_saying_so(node: WebNode) -> None:
    chunk = b"1000\r\n" + b" " * 4096 + b"\r\n"
    got = await node.raw(f"{head(node)}Transfer-Encoding: chunked\r\n\r\n".encode() + chunk * 5)
    assert got.split(b" ")[1] == b"413"


async def test_a_body_that_is_too_large_and_there_at_once(node: WebNode) -> None:
    whole = b"2711\r\n" + b" " * 10_001 + b"\r\n0\r\n\r\n"
    got = await node.raw(f"{head(node)}Transfer-Encoding: chunked\r\n\r\n".encode() + whole)
    assert got.split(b" ")[1] == b"413"


async def test_a_body_just_small_enough(node: WebNode) -> None:
    body = activity(M.iri).ljust(10_000)
    assert len(body) == 10_000
    assert (await node.deliver(M, body)).status == 202


@pytest.mark.parametrize("begun", [b"", b'{"half":', b"5\r\nhal"])
async def test_half_a_body_is_ended(node: WebNode, begun: bytes) -> None:
    length = "Transfer-Encoding: chunked" if b"\r\n" in begun else "Content-Length: 100"
    started = time.monotonic()
    got = await node.raw(f"{head(node)}{length}\r\n\r\n".encode() + begun)
    assert got.split(b" ")[1] == b"408"
    assert time.monotonic() - started < 4


async def test_a_dripping_body_is_ended(node: WebNode) -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        for _ in range(100):
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.05)

    assert 0.4 < await seconds_until_closed(node, f"{head(node)}Content-Length: 5000\r\n\r\n".encode(), drip) < 4


async def test_dripping_headers_are_ended(node: WebNode) -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        for number in range(100):
            writer.write(f"X-{number}: y\r\n".encode())
            await writer.drain()
            await asyncio.sleep(0.05)

    assert 0.4 < await seconds_until_closed(node, head(node).encode(), drip) < 4


async def test_a_silent_connection_is_closed(node: WebNode) -> None:
    async def wait(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0)

    for begun in (b"", b"GET /sante HT"):
        assert 0.4 < await seconds_until_closed(node, begun, wait) < 4


async def seconds_until_closed(node: WebNode, first: bytes, more: Callable[[asyncio.StreamWriter], Awaitable[None]]) -> float:
    """How long the node bears a connection until it closes it on its own; TimeoutError when that is more than 8 s."""
    started = time.monotonic()
    host, _, port = node.url.partition("//")[2].partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        async with asyncio.timeout(8), asyncio.TaskGroup() as group:
            dripping = group.create_task(until_closed(more, writer, first))
            await reader.read()
            dripping.cancel()
    except* ConnectionError:
        pass
    finally:
        writer.close()
    return time.monotonic() - started


async def until_closed(
    more: Callable[[asyncio.StreamWriter], Awaitable[None]], writer: asyncio.StreamWriter, first: bytes
) -> None:
    try:
        writer.write(first)
        await writer.drain()
        await more(writer)
    except ConnectionError:
        pass


async def test_others_are_served_meanwhile() -> None:
    async with web_node(limits=replace(LIMITS, body_seconds=20.0, handler_seconds=30.0)) as node:
        slow = asyncio.gather(*(node.raw(f"{head(node)}Content-Length: 9\r\n\r\n".encode(), seconds=30) for _ in range(40)))
        await asyncio.sleep(0.05)
        assert (await node.get("/noeud")).status == 200
        assert not slow.done()
        slow.cancel()
        with suppress(asyncio.CancelledError):
            await slow


async def test_one_sender_has_a_burst_and_others_theirs() -> None:
    async with web_node(limits=Limits(inbox_burst=5, inbox_rate=0.05), signers=(M, BOB)) as node:
        stranger = {"Content-Type": AP, "Signature": f'keyId="{BOB.key.iri.replace("evil", "other")}",signature="eA=="'}
        statuses = [
            (await node.deliver(M, activity(M.iri, id=f"https://evil.example/act/{number}"))).status for number in range(8)
        ]
        assert statuses == [202] * 5 + [429] * 3
        refused = await node.deliver(M, activity(M.iri))
        assert 1 <= int(refused.headers["Retry-After"]) <= 20
        assert (await node.ask("POST", "/inbox", headers=stranger, body=b"{}")).status == 401  # not 429
        assert (await node.get("/noeud")).status == 200


async def test_long_messages_count_as_many() -> None:
    async with web_node(limits=Limits(inbox_burst=7, inbox_rate=0.01, weight=1_000), signers=(M, BOB)) as node:

        async def said(who: Signer, number: int, length: int) -> int:
            note = activity(who.iri, id=f"https://evil.example/act/{number}", summary="a" * length)
            return (await node.deliver(who, note)).status

        assert [await said(M, number, 2_500) for number in range(3)] == [202, 202, 429]
        assert [await said(M, 3, 10), await said(M, 4, 10)] == [202, 429], "what is short still finds a token"


async def test_too_many_at_once_are_told_to_come_back() -> None:
    async with web_node(limits=Limits(strangers=1, waiting=2, body_seconds=1.0, lingering_seconds=0.1), signers=(M,)) as node:
        asked = f"{head(node)}Content-Length: 9\r\n\r\n".encode()
        answers = await asyncio.gather(*(node.raw(asked) for _ in range(6)))
        statuses = sorted(answer.split(b" ")[1] for answer in answers)
        assert statuses.count(b"503") == 3
        assert all(b"Retry-After: 30" in answer for answer in answers if b" 503 " in answer)
        assert (await node.deliver(M, activity(M.iri))).status == 202  # once they are through


async def test_a_deed_that_never_ends_is_ended() -> None:
    async def sleeps(*_: object) -> Reply:
        await asyncio.sleep(60)
        raise AssertionError

    async with web_node(
        limits=replace(LIMITS, handler_seconds=1.0), extra_endpoints={"sleeps": Endpoint(path="/dort", receive=sleeps)}
    ) as node:
        got = await node.ask("POST", "/dort")
        assert got.status == 503
        assert "Retry-After" in got.headers


async def test_long_headers_and_lines_are_refused(node: WebNode) -> None:
    host = node.url.partition("//")[2]
    for asked in (
        f"GET /{'a' * 10_000} HTTP/1.1\r\nHost: {host}\r\n\r\n",
        f"GET /sante HTTP/1.1\r\nHost: {host}\r\nX: {'a' * 10_000}\r\n\r\n",
        "nonsense\r\n\r\n",
    ):
        got = await node.raw(asked.encode())
        assert got.split(b" ")[1] == b"400"
        assert b"aiohttp" not in got
        assert b"aaaa" not in got


async def test_odd_targets_never_break_the_node(node: WebNode) -> None:
    for target in ("/%", "/%ff", "/..%2f..", "//evil.example/noeud", "/ressources/%00", "/communautes/logement/outbox?avant=%ff"):
        got = await node.ask("GET", target, headers={"Accept": AP})
        assert got.status in {400, 404}, target


async def everybody_has_tried() -> None:
    """All that can go on has gone on, however long the machine takes for it."""
    for _ in range(100):
        await asyncio.sleep(0)


async def test_one_sender_never_has_all_the_places() -> None:
    room, leave, entered = Room(places=3, each=2, waiting=9), asyncio.Event(), list[str]()

    async def stay(who: str) -> None:
        async with room.place(who):
            entered.append(who)
            await leave.wait()

    async with asyncio.TaskGroup() as tasks:
        for who in ("slow", "slow", "slow", "slow", "other"):
            tasks.create_task(stay(who))
        await everybody_has_tried()
        assert sorted(entered) == ["other", "slow", "slow"]
        leave.set()
    assert len(entered) == 5


def key(host: str, name: str = "m") -> str:
    return f"https://{host}/u/{name}#main-key"


async def knows_good(key_id: str) -> bool:
    return "//good.example/" in key_id


async def test_slow_servers_of_strangers_keep_nobody_out_who_is_known() -> None:
    """However many they are, and although each of their messages waits for a key that does not come."""
    pressure = Pressure(Limits(at_once=2, strangers=2, strangers_each=1, waiting=3), knows_good)
    leave, entered = asyncio.Event(), list[str]()

    async def stay(host: str) -> None:
        async with await pressure.place("192.0.2.1", key(host)):
            entered.append(host)
            await leave.wait()

    async with asyncio.TaskGroup() as tasks:
        for number in range(5):
            tasks.create_task(stay(f"slow{number}.example"))
        await everybody_has_tried()
        assert entered == ["slow0.example", "slow1.example"]
        with pytest.raises(web.HTTPServiceUnavailable):
            await stay("slow9.example")
        tasks.create_task(stay("good.example"))
        await everybody_has_tried()
        assert entered[-1] == "good.example"
        leave.set()


async def test_keys_that_are_made_up_are_counted_by_the_address() -> None:
    pressure = Pressure(Limits(inbox_burst=3, inbox_rate=0.5, servers_each=2), knows_good)

    async def knock(address: str, host: str) -> int:
        try:
            async with await pressure.place(address, key(host)):
                return 202
        except web.HTTPTooManyRequests as refusal:
            return 429 if int(refusal.headers["Retry-After"]) >= 1 else 0

    flood = [await knock("192.0.2.1", f"made-up-{number}.example") for number in range(9)]
    assert flood == [202] * 6 + [429] * 3
    assert await knock("192.0.2.1", "good.example") == 202
    assert await knock("192.0.2.2", "new.example") == 202


async def test_reading_is_limited_only_for_keys_that_are_not_at_hand() -> None:
    pressure = Pressure(Limits(inbox_burst=1, inbox_rate=0.5, servers_each=2), knows_good)

    async def reads(host: str) -> None:
        async with await pressure.introduction("192.0.2.1", key(host)):
            pass

    for _ in range(5):
        await reads("good.example")
    await reads("made-up.example")
    await reads("made-up.example")
    with pytest.raises(web.HTTPTooManyRequests):
        await reads("made-up.example")
