"""A node that is asked: the right rows with their source, nothing hidden, and a hostile question that it does not notice."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import urlencode

from kit.asking import Desk
from kit.web_node import Got, WebNode, web_node
from node.actions.index_graph import index_anew
from node.domain.entries import Audience
from node.graph.engine import Limits

NAMES = (
    "SELECT ?g ?n { GRAPH ?g { ?s a <https://www.w3.org/ns/activitystreams#Article> ; ?p ?n FILTER(CONTAINS(STR(?p), 'name')) } }"
)
HOSTILE = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?c ?f ?i"


async def ask(node: WebNode, text: str) -> Got:
    return await node.ask("GET", f"/sparql?{urlencode({'query': text})}", headers={"Accept": "text/csv"})


async def test_a_node_that_is_asked(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "graph", Limits(seconds=60, memory=200_000_000))
    async with web_node(graph=desk.graph) as node:
        node.plant("ressources/ouverte", Audience.PUBLIC)
        node.plant("ressources/cachee", Audience.COMMUNITY)
        await index_anew(node.database, desk.graph)
        async with asyncio.TaskGroup() as group:
            hostile = group.create_task(ask(node, HOSTILE))
            while not hostile.done():
                assert (await node.get("/communautes", accept="text/html")).status == 200
        assert (hostile.result().status, "memory" in hostile.result().text) == (503, True)
        got = await ask(node, NAMES)
    assert got.text == f"g,n\r\n{node.url}/,Titre\r\n"
