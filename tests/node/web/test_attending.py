"""A delivery that says whom its sender counts as followers here is listened to; what it says amiss does it no harm."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest_asyncio

from federation.collections import Synchronization, digest, synchronization
from kit.rows import actor
from kit.signing import M, V
from kit.web_node import WebNode, web_node
from node.domain.errands import SYNCHRONISE
from vocab.namespaces import AS_CONTEXT


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node(mode="open", signers=(V, M)) as made:
        yield made


async def deliver(node: WebNode, number: int, value: str) -> int:
    said = {"@context": AS_CONTEXT, "id": f"{V.iri}/a/{number}", "type": "Like", "actor": V.iri, "object": f"{node.url}/x"}
    got = await node.deliver(V, json.dumps(said).encode(), **{"Collection-Synchronization": value})
    return got.status


def tasks(node: WebNode) -> list[str]:
    return [task.subject for task in node.database.read_now(lambda uow: uow.tasks.all(SYNCHRONISE))]


async def test_a_difference_is_looked_into_and_agreement_or_nonsense_is_not(node: WebNode) -> None:
    known = actor(V.iri, type="Person", inbox=f"{V.iri}/inbox", followers=f"{V.iri}/followers", state="active")
    node.database.write_now(lambda uow: uow.actors.put(known))
    said = Synchronization(collection=f"{V.iri}/followers", url=f"{V.iri}/partial", digest=digest([]))
    assert await deliver(node, 1, synchronization(said)) == 202
    assert await deliver(node, 2, "nonsense") == 202
    assert tasks(node) == []
    other = Synchronization(collection=said.collection, url=said.url, digest="1" * 64)
    assert await deliver(node, 3, synchronization(other).replace(V.iri, M.iri)) == 202
    assert tasks(node) == []
    assert await deliver(node, 4, synchronization(other)) == 202
    assert tasks(node) == [V.iri]
