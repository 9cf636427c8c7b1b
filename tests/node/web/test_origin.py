"""The node answers for its own host alone, and believes proxies only where it is told to."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from kit.web_node import WebNode, web_node
from node.web.middleware.origin import is_trusted


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        yield made


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "", "[", "127.0.0.1:99999", "user@127.0.0.1"])
async def test_another_host_is_421(node: WebNode, host: str) -> None:
    assert (await node.ask("GET", "/noeud", headers={"Host": host})).status == 421


async def test_its_own_host_in_any_spelling(node: WebNode) -> None:
    port = node.url.rpartition(":")[2]
    assert (await node.ask("GET", "/noeud", headers={"Host": f"127.0.0.1.:{port}"})).status == 200


async def test_a_watcher_may_ask_for_health_under_any_name(node: WebNode) -> None:
    assert (await node.ask("GET", "/sante", headers={"Host": "localhost:80"})).status == 200


async def test_forwarded_hosts_and_paths_are_not_believed(node: WebNode) -> None:
    for name in ("X-Forwarded-Host", "X-Forwarded-Path", "X-Original-URL", "Forwarded", "X-Forwarded-Proto"):
        got = await node.ask("GET", "/noeud", headers={name: "evil.example"})
        assert got.status == 200
        assert b"evil.example" not in got.body
        assert "evil.example" not in str(got.headers)


async def test_two_hosts_are_refused(node: WebNode) -> None:
    host = node.url.partition("//")[2]
    for hosts in (f"Host: {host}\r\nHost: {host}", f"Host: {host}\r\nHost: evil.example", "X: y"):
        answer = await node.raw(f"GET /noeud HTTP/1.1\r\n{hosts}\r\nConnection: close\r\n\r\n".encode())
        assert answer.split(b" ")[1] in {b"400", b"421"}


@pytest.mark.parametrize("odd", ["evil.example@{}", "{}/noeud", "{}?x", "{}#x", "{}\\\\x"])
async def test_a_host_is_a_host_and_nothing_more(node: WebNode, odd: str) -> None:
    host = odd.format(node.url.partition("//")[2])
    answer = await node.raw(f"GET /noeud HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    assert answer.split(b" ")[1] == b"421"


async def test_a_whole_address_in_the_request_line_must_be_ours(node: WebNode) -> None:
    host = node.url.partition("//")[2]
    for address, status in ((f"{node.url}/noeud", b"200"), ("http://evil.example/noeud", b"421")):
        asked = f"GET {address} HTTP/1.1\r\nHost: {host}\r\nAccept: application/activity+json\r\nConnection: close\r\n\r\n"
        assert (await node.raw(asked.encode())).split(b" ")[1] == status


def test_networks_of_proxies() -> None:
    assert is_trusted("10.0.0.7", ("10.0.0.0/8",))
    assert not is_trusted("11.0.0.7", ("10.0.0.0/8",))
    assert not is_trusted("nonsense", ("0.0.0.0/0",))
    assert is_trusted("::1", ("::1/128", "10.0.0.0/8"))
