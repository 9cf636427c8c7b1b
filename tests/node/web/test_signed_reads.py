"""A node that asks for signatures on what is public too: strangers read nothing, pages and the way to meet stay open."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from federation.errors import ForbiddenAddress, KeyUnavailable, Unreachable
from kit.signing import BOB, M, V
from kit.web_node import WebNode, web_node
from node.domain.entries import Audience

GROUP = "/communautes/logement"


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node(signers=(V, M)) as made:
        made.signed_reads = True
        made.plant("ressources/x", Audience.PUBLIC)
        yield made


@pytest.mark.parametrize("path", [GROUP, "/organisation", "/personnes/mireille", f"{GROUP}/outbox", "/ressources/x"])
async def test_public_documents_are_for_those_who_say_who_they_are(node: WebNode, path: str) -> None:
    assert (await node.get(path)).status == 401
    assert (await node.get(path, accept="text/turtle")).status == 401
    assert (await node.get(path, signer=BOB)).status == 401, "a key that cannot be had proves nothing"
    got = await node.get(path, signer=V)
    assert (got.status, got.headers["Cache-Control"]) == (200, "private, no-store")
    assert "Signature" in got.headers["Vary"]
    assert (await node.get(path, person=f"{node.url}/personnes/mireille")).status == 200


@pytest.mark.parametrize("path", [GROUP, "/ressources/x", "/"])
async def test_pages_stay_open(node: WebNode, path: str) -> None:
    assert (await node.get(path, accept="text/html")).status == 200


@pytest.mark.shows("ActivityPub", "Two nodes that both ask for signatures on what is public can still meet.")
@pytest.mark.parametrize(
    "path", ["/noeud", "/.well-known/nodeinfo", "/nodeinfo/2.1", "/.well-known/host-meta", "/sante", "/vocab/roles"]
)
async def test_what_one_needs_to_meet_is_never_closed(node: WebNode, path: str) -> None:
    assert (await node.get(path, accept="*/*")).status == 200
    webfinger = f"/.well-known/webfinger?resource={node.url}{GROUP}"
    assert (await node.get(webfinger, accept="*/*")).status == 200


@pytest.mark.parametrize("is_guarded", [True, False])
@pytest.mark.parametrize("path", [GROUP, "/ressources/x"])
async def test_a_blocked_host_reads_nothing_not_even_actors(node: WebNode, path: str, is_guarded: bool) -> None:
    node.signed_reads = is_guarded
    node.database.write_now(lambda uow: uow.peers.put_state("evil.example", "blocked", node.now))
    assert (await node.get(path, signer=M)).status == 403
    assert (await node.get(path, signer=V)).status == 200


async def test_nobody_learns_from_an_answer_what_this_node_can_reach(node: WebNode) -> None:
    answers = set()
    for reason in (ForbiddenAddress("intern.example"), Unreachable("[Name or service not known]"), KeyUnavailable("404")):
        node.keys.problem = reason
        got = await node.get("/ressources/x", signer=M)
        answers.add((got.status, got.body))
    assert answers == {(401, b'{"error":"The key that the signature names cannot be had."}')}
