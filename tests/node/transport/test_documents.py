"""Fetching and looking up, against a real server on loopback: what is believed, followed, remembered."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from federation.errors import ForbiddenAddress, Gone, RemoteError, UnacceptableAnswer, Unreachable
from federation.messages import SigningKey
from kit.nodes import key_pair
from kit.servers import LoopbackServer, Seen, answer, loopback_server, moved
from node.transport.documents import Documents
from node.transport.requests import Limits, Requests

JRD = "application/jrd+json"


class Bench:
    def __init__(self, server: LoopbackServer, documents: Documents) -> None:
        self.server = server
        self.documents = documents
        self.now = datetime(2026, 11, 22, tzinfo=UTC)

    def serve(self, path: str, **said: Any) -> str:
        """Puts a document at a path, its id the address unless said; its address."""
        url = f"{self.server.url}{path}"
        body = {"@context": "https://www.w3.org/ns/activitystreams", "id": url, "type": "Note", "content": "x", **said}
        self.server.scripts[path] = answer(json.dumps(body).encode())
        return url


@asynccontextmanager
async def bench(*, is_signed: bool = True, seconds: float = 10.0) -> AsyncIterator[Bench]:
    limits = Limits(total_seconds=seconds)
    out = Requests(agent="x", allow_addresses=("127.0.0.11/32",), allow_http=True, limits=limits)

    async def key() -> SigningKey | None:
        return SigningKey(iri="https://ici.example/noeud#main-key", pem=key_pair(1).private) if is_signed else None

    made: list[Bench] = []
    async with loopback_server() as server, out:
        documents = Documents(out, key=key, now=lambda: made[0].now)
        made.append(Bench(server, documents))
        yield made[0]


async def test_a_document_is_asked_for_with_our_signature_and_the_right_type() -> None:
    async with bench() as here:
        url = here.serve("/n/1")
        got = await here.documents.document(url)
    (seen,) = here.server.seen
    assert got.url == url
    assert 'keyId="https://ici.example/noeud#main-key"' in seen.value("signature")
    assert "application/activity+json" in seen.value("accept")


async def test_without_a_key_it_is_asked_for_unsigned() -> None:
    async with bench(is_signed=False) as here:
        await here.documents.document(here.serve("/n/1"))
    assert here.server.seen[0].value("signature") == ""


async def test_a_redirect_on_the_same_server_is_followed_with_a_new_signature() -> None:
    async with bench() as here:
        url = here.serve("/n/1")
        here.server.scripts["/old"] = moved("/n/1")
        got = await here.documents.document(f"{here.server.url}/old")
    first, second = here.server.seen
    assert got.url == url
    assert first.value("signature") != second.value("signature")


async def test_a_redirect_elsewhere_is_not_followed() -> None:
    async with bench() as here, loopback_server("127.0.0.13") as canary:
        here.server.scripts["/old"] = moved(f"{canary.url}/n/1")
        with pytest.raises(UnacceptableAnswer):
            await here.documents.document(f"{here.server.url}/old")
    assert canary.connections == 0


async def test_a_loop_of_redirects_ends() -> None:
    async with bench() as here:
        here.server.scripts["/loop"] = moved("/loop")
        with pytest.raises(UnacceptableAnswer):
            await here.documents.document(f"{here.server.url}/loop")
    assert len(here.server.seen) <= 4


async def test_a_document_that_is_elsewhere_on_its_server_is_asked_for_once() -> None:
    async with bench() as here:
        url = here.serve("/n/1")
        here.serve("/near", id=url)
        assert (await here.documents.document(f"{here.server.url}/near")).url == url
        here.serve("/a", id=f"{here.server.url}/b")
        here.serve("/b", id=f"{here.server.url}/a")
        with pytest.raises(UnacceptableAnswer):
            await here.documents.document(f"{here.server.url}/a")


@pytest.mark.parametrize(
    "media_type",
    ["image/png", "text/plain", "application/json", "text/html", "application/ld+json", "application/octet-stream"],
)
async def test_other_media_types_are_not_read(media_type: str) -> None:
    async with bench() as here:
        url = f"{here.server.url}/n/1"
        here.server.scripts["/n/1"] = answer(json.dumps({"id": url, "type": "Note"}).encode(), media_type=media_type)
        with pytest.raises(UnacceptableAnswer):
            await here.documents.document(url)


async def test_a_claim_to_be_somebody_elses_is_not_believed() -> None:
    async with bench() as here:
        here.serve("/fake", id="https://innocent.example/n/1")
        with pytest.raises(UnacceptableAnswer):
            await here.documents.document(f"{here.server.url}/fake")


@pytest.mark.parametrize(("status", "error"), [(404, Gone), (410, Gone), (403, UnacceptableAnswer), (503, Unreachable)])
async def test_each_status_has_its_meaning(status: int, error: type[RemoteError]) -> None:
    async with bench() as here:
        here.server.scripts["/n/1"] = answer(status=status)
        with pytest.raises(error):
            await here.documents.document(f"{here.server.url}/n/1")


async def test_a_final_failure_is_remembered_for_a_minute_and_trouble_is_not() -> None:
    async with bench() as here:
        for status, asked in ((410, 1), (503, 2)):
            path = f"/{status}"
            here.server.scripts[path] = answer(status=status)
            before = len(here.server.seen)
            for _ in range(2):
                with pytest.raises(RemoteError):
                    await here.documents.document(f"{here.server.url}{path}")
            assert len(here.server.seen) - before == asked
        here.server.scripts["/410"] = answer(status=410)
        before = len(here.server.seen)
        with pytest.raises(RemoteError):
            await here.documents.document(f"{here.server.url}/410", is_anew=True)
        assert len(here.server.seen) == before + 1
        here.now += timedelta(minutes=2)
        url = here.serve("/410")
        assert (await here.documents.document(url)).url == url


async def test_a_handle_leads_to_its_actor() -> None:
    async with bench() as here:
        actor = here.serve("/users/a", type="Person")
        links = {"links": [{"rel": "self", "type": "application/activity+json", "href": actor}]}
        here.server.scripts["/.well-known/webfinger"] = answer(json.dumps(links).encode(), media_type=JRD)
        host = here.server.url.removeprefix("http://")
        assert await here.documents.lookup(f"@a@{host}") == actor
        assert await here.documents.lookup(actor) == actor
        assert here.server.seen[0].target.endswith(f"acct%3Aa%40{host.replace(':', '%3A')}")


async def test_a_handle_that_nobody_has_is_gone_and_an_odd_answer_is_none() -> None:
    async with bench() as here:
        host = here.server.url.removeprefix("http://")
        with pytest.raises(Gone):
            await here.documents.lookup(f"@a@{host}")
        here.server.scripts["/.well-known/webfinger"] = answer(status=500)
        with pytest.raises(Unreachable):
            await here.documents.lookup(f"@a@{host}")
        here.server.scripts["/.well-known/webfinger"] = answer(b"<html>", media_type="text/html")
        with pytest.raises(UnacceptableAnswer):
            await here.documents.lookup(f"@a@{host}")


@pytest.mark.parametrize("target", ["http://127.0.0.13:{port}/x", "file:///etc/hostname", "data:text/plain,x"])
async def test_webfinger_leads_nowhere_private(target: str) -> None:
    async with bench() as here, loopback_server("127.0.0.13") as canary:
        port = canary.url.rpartition(":")[2]
        here.server.scripts["/.well-known/webfinger"] = moved(target.format(port=port))
        with pytest.raises(ForbiddenAddress):
            await here.documents.lookup(f"@a@{here.server.url.removeprefix('http://')}")
    assert canary.connections == 0


async def test_all_redirects_together_have_the_time_of_one() -> None:
    async def slowly(seen: Seen, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.3)
        await moved(f"{seen.target}x")(seen, writer)

    async with bench(seconds=0.5) as here:
        for path in ("/n/", "/n/x", "/n/xx"):
            here.server.scripts[path] = slowly
        with pytest.raises(Unreachable, match="within the time"):
            await here.documents.document(f"{here.server.url}/n/")
    assert len(here.server.seen) <= 2, "two waits are longer than the time of one"
