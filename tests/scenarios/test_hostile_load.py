"""Bodies, documents and connections that cost too much: cut off, while everybody else is still served (D01 to D13)."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from aiohttp import web

from federation.messages import SigningKey
from federation.outbox import seal
from kit.hostile import AP, Place, Somebody, cavage, fresh, now
from kit.scene import SAFE, UNPROVEN, Scene

pytestmark = pytest.mark.enable_socket


@contextmanager
def served(scene: Scene) -> Iterator[None]:
    """Meanwhile somebody innocent is answered within three seconds, all the time; later only where the machine is slow anyway."""
    slowest, stop = 0.0, threading.Event()

    def once() -> float:
        start = time.monotonic()
        assert scene.send(scene.v, scene.v.says("Like", scene.here)) == 202
        assert scene.get(scene.here).status == 200
        return time.monotonic() - start

    def look() -> None:
        nonlocal slowest
        while not stop.wait(0.2):
            slowest = max(slowest, once())

    usual = max(once() for _ in range(3))

    with ThreadPoolExecutor(1) as pool:
        looking = pool.submit(look)
        try:
            yield
        finally:
            stop.set()
            looking.result(120)
    assert 0 < slowest < 3 + 10 * usual


def test_d01_d02_bodies_too_large(scene: Scene) -> None:
    m = scene.m
    with scene.unharmed():
        body = json.dumps(m.says("Like", scene.here, x="a" * 1_048_576)).encode()
        assert scene.post(body, cavage(body, scene.inbox, m.key)) == 413
        with socket.create_connection((scene.node.address, scene.node.port), timeout=60) as line:
            head = (
                f"POST /inbox HTTP/1.1\r\nHost: {scene.node.url[7:]}\r\nContent-Type: {AP}\r\nTransfer-Encoding: chunked\r\n\r\n"
            )
            line.sendall(head.encode())
            try:
                for _ in range(40):
                    line.sendall(b"10000\r\n" + b"a" * 65_536 + b"\r\n")
            except OSError:
                pass
            else:
                assert b" 413 " in line.recv(200)
        bomb = gzip.compress(b"a" * 50_000_000)
        with scene.cheap(5):
            for coding in ("gzip", "deflate", "br", "gzip, gzip"):
                assert scene.post(bomb, cavage(bomb, scene.inbox, m.key, Content_Encoding=coding)) == 415


def test_d03_documents_that_swell_or_never_end(scene: Scene) -> None:
    bomb = gzip.compress(b'{"x": "' + b"a" * 60_000_000 + b'"}')
    sent = 0

    async def endless(request: web.BaseRequest) -> web.StreamResponse:
        nonlocal sent
        answer = web.StreamResponse(headers={"Content-Type": AP})
        await answer.prepare(request)
        while sent < 200_000_000:
            await answer.write(b" " * 65_536)
            sent += 65_536
        return answer

    with scene.unharmed():
        for iri in (
            scene.evil.serve(f"/n/{fresh()}", bomb, Content_Encoding="gzip"),
            scene.evil.serve(f"/n/{fresh()}", b'{"x": "' + b"a" * 5_000_000 + b'"}'),
            scene.evil.serve(f"/n/{fresh()}", b"\x1f\x8bnot really", Content_Encoding="gzip"),
            scene.evil.serve(f"/n/{fresh()}", b"{}", Content_Encoding="br"),
            scene.evil.script(f"/n/{fresh()}", endless),
        ):
            assert scene.send(scene.m, scene.m.says("Create", iri)) == 202
    assert sent < 50_000_000


def dripping(path: str, place: Place) -> str:
    """An address that answers one byte a second."""

    async def drip(request: web.BaseRequest) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": AP})
        await answer.prepare(request)
        for _ in range(60):
            await answer.write(b" ")
            await asyncio.sleep(1)
        return answer

    return place.script(path, drip)


def test_d08_d09_whoever_dawdles_is_left_alone(scene: Scene) -> None:
    """All at the same time: documents and keys that drip, and connections that send half of something."""
    m = scene.m
    for number in range(12):
        assert scene.send(m, m.says("Create", dripping(f"/n/drip{number}", scene.evil))) == 202

    def key(number: int) -> float:
        # The last one redirects, drop by drop, from one slow address to the next.
        iri = dripping(f"/keys/drip{number}", scene.evil)
        start = time.monotonic()
        assert scene.send(m, m.says("Like", scene.here), key=SigningKey(iri=f"{iri}#main-key", pem=m.key.pem)) in UNPROVEN
        return time.monotonic() - start

    host = scene.node.url.removeprefix("http://")
    head = f"POST /inbox HTTP/1.1\r\nHost: {host}\r\nContent-Type: {AP}\r\nContent-Length: 1000\r\n\r\n".encode()
    lines: tuple[tuple[bytes, bytes], ...] = (
        (b"", b""),
        (head[:30], b""),
        (b"GET / HTTP/1.1\r\n", b"X"),
        (head, b""),
        (head, b"{"),
    )

    def dawdle(start: bytes, drop: bytes) -> float:
        return until_closed(scene, start, drop)

    with served(scene), ThreadPoolExecutor(24) as pool:
        slow_keys = [pool.submit(key, number) for number in range(6)]
        slow_lines = [pool.submit(dawdle, *line) for line in lines]
        assert max(each.result() for each in slow_keys) < 15
        assert max(each.result() for each in slow_lines) < 20
    scene.stands()


def until_closed(scene: Scene, start: bytes, drop: bytes) -> float:
    """How long a connection is kept that sends a beginning and then, now and again, one drop."""
    began = time.monotonic()
    with socket.create_connection((scene.node.address, scene.node.port), timeout=30) as line:
        line.settimeout(0.5)
        try:
            line.sendall(start)
            while time.monotonic() - began < 25:
                try:
                    if not line.recv(4096):
                        break
                except TimeoutError:
                    line.sendall(drop)
        except OSError:
            pass
    return time.monotonic() - began


def test_d10_farewells_of_strangers(scene: Scene) -> None:
    gone = [Somebody(scene.evil, f"gone{number}") for number in range(3)]
    for number in range(120):
        scene.evil.serve(f"/u/departed{number}", b"", status=410)

    def farewell(number: int) -> int:
        iri = f"{scene.evil.url}/u/departed{number}"
        said = {**gone[0].says("Delete", iri), "actor": iri, "id": f"{iri}#delete"}
        body = json.dumps(said).encode()
        return scene.post(body, cavage(body, scene.inbox, SigningKey(iri=f"{iri}#main-key", pem=gone[0].key.pem)), "/inbox")

    asked = scene.evil.asked()
    with scene.unharmed(), ThreadPoolExecutor(12) as pool:
        assert set(pool.map(farewell, range(120))) == {202}
    assert scene.evil.asked() - asked <= 10


def test_d11_a_flood_of_one_server(scene: Scene) -> None:
    flood = Place("127.0.0.12")
    loud = Somebody(flood, "loud")
    letters: list[tuple[bytes, dict[str, str]]] = []
    for _ in range(400):
        body = json.dumps(loud.says("Like", scene.here)).encode()
        letters.append((body, dict(seal(body, scene.inbox, loud.key, now()).headers)))

    def post(letter: tuple[bytes, dict[str, str]]) -> tuple[int, str]:
        answer = scene.ask("POST", "/communautes/accueil/inbox", *letter)
        return answer.status, answer.headers.get("Retry-After", "")

    try:
        with served(scene), ThreadPoolExecutor(16) as pool:
            answers = list(pool.map(post, letters))
    finally:
        flood.close()
    assert {status for status, _ in answers} <= {202, 429, 503}
    assert [pause for status, pause in answers if status in {429, 503}]
    assert all(int(pause) >= 1 for status, pause in answers if status in {429, 503})
    scene.stands()


def test_d13_many_hosts_leave_little_behind(scene: Scene) -> None:
    before = scene.database.read_now(lambda uow: len(uow.peers.all()))
    many = [
        Somebody(scene.evil, f"crowd{number}", {"inbox": f"http://127.0.0.12:{20_000 + number}/inbox"}) for number in range(40)
    ]
    with scene.unharmed():
        for each in many:
            assert scene.send(each, each.says("Follow", scene.here)) in SAFE
    assert scene.database.read_now(lambda uow: len(uow.peers.all())) <= before + 2
