"""Questions over HTTP, as programs and browsers ask them, and what is answered to those who ask too much."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import quote, urlencode

import pytest
from pyoxigraph import RdfFormat, parse

from kit.web_node import Got, WebNode, web_node
from node.graph.engine import Graph, Limits
from node.graph.questions import Found, Question
from node.web.limits import Limits as WebLimits

FORM, PLAIN = "application/x-www-form-urlencoded", "application/sparql-query"
ASK = "ASK { ?s ?p ?o }"
RESULTS = "application/sparql-results+json"


@dataclass
class Oracle:
    """Stands in for the index: remembers what it was asked; each answer waits until it may come."""

    limits: Limits = field(default_factory=Limits)
    asked: list[Question] = field(default_factory=list)
    status: int = 200
    may: asyncio.Event = field(default_factory=asyncio.Event)

    async def ask(self, question: Question) -> Found:
        self.asked.append(question)
        await self.may.wait()
        return Found(status=self.status, media_type=question.rows or "text/turtle", body=b"voici")


@pytest.fixture
async def oracle() -> Oracle:
    oracle = Oracle()
    oracle.may.set()
    return oracle


@pytest.fixture
async def node(oracle: Oracle) -> AsyncIterator[WebNode]:
    limits = WebLimits(questions_a_minute=12, body=100_000)
    async with web_node(graph=cast("Graph", oracle), limits=limits) as node:
        yield node


async def post(node: WebNode, body: str, media: str, path: str = "/sparql", **more: str) -> Got:
    return await node.ask("POST", path, headers={"Content-Type": media, **more}, body=body.encode())


async def get(node: WebNode, *pairs: tuple[str, str], accept: str = "*/*") -> Got:
    return await node.ask("GET", f"/sparql?{urlencode(pairs)}", headers={"Accept": accept})


async def test_a_question_comes_in_three_ways(node: WebNode, oracle: Oracle) -> None:
    both = ["https://a.example/", "https://b.example/"]
    graphs = (*(("default-graph-uri", graph) for graph in both), ("named-graph-uri", "urn:c"))
    for got in (
        await get(node, ("query", ASK), *graphs),
        await post(node, urlencode([("query", ASK), *graphs]), FORM),
        await post(node, ASK, f"{PLAIN}; charset=utf-8", f"/sparql?{urlencode(graphs)}"),
    ):
        assert (got.status, got.body, got.headers["Content-Type"]) == (200, b"voici", RESULTS)
        assert got.headers["Access-Control-Allow-Origin"] == "*"
    assert len(oracle.asked) == 3
    assert {question.text for question in oracle.asked} == {ASK}
    assert {question.base for question in oracle.asked} == {f"{node.url}/sparql"}
    assert [question.default_graph for question in oracle.asked] == [both] * 3
    assert [question.named_graphs for question in oracle.asked] == [["urn:c"]] * 3


@pytest.mark.parametrize(
    ("accept", "rows", "statements"),
    [
        ("*/*", RESULTS, "text/turtle"),
        ("application/json", RESULTS, ""),
        ("text/csv", "text/csv", ""),
        ("application/sparql-results+xml, text/turtle;q=0.5", "application/sparql-results+xml", "text/turtle"),
        ("text/tab-separated-values, application/n-triples", "text/tab-separated-values", "application/n-triples"),
        ("image/png", "", ""),
    ],
)
async def test_each_kind_of_answer_has_its_formats(
    node: WebNode, oracle: Oracle, accept: str, rows: str, statements: str
) -> None:  # fmt: skip
    await get(node, ("query", ASK), accept=accept)
    assert (oracle.asked[0].rows, oracle.asked[0].statements) == (rows, statements)


async def test_what_is_no_question_is_refused_with_its_reason(node: WebNode, oracle: Oracle) -> None:
    for got, status in (
        (await get(node, ("query", ASK), ("query", ASK)), 400),
        (await get(node, ("update", "DROP ALL")), 400),
        (await get(node, ("query", "SELECT * { SERVICE <http://127.0.0.1/> {} }")), 400),
        (await post(node, "update=DROP+ALL", FORM), 400),
        (await post(node, "DROP ALL", "application/sparql-update"), 400),
        (await post(node, "", FORM), 400),
        (await post(node, ASK, "text/plain"), 415),
        (await post(node, ASK + " " * 10_240, PLAIN), 400),
        (await post(node, ASK + " " * 100_000, PLAIN), 413),
        (await node.ask("POST", "/sparql", headers={"Content-Type": PLAIN}, body=b"ASK \xff"), 400),
        (await node.ask("GET", "/sparql?query=%ff"), 400),
    ):
        assert got.status == status, got.text
        assert got.headers["Cache-Control"] in {"no-store", "private, no-store"}
        assert len(got.text) > 10
    assert oracle.asked == []


async def test_what_was_ended_is_told_as_such(node: WebNode, oracle: Oracle) -> None:
    oracle.status = 503
    got = await get(node, ("query", ASK))
    assert (got.status, got.text, got.headers["Retry-After"]) == (503, "voici\n", "10")


async def test_without_a_question_it_says_what_it_is(node: WebNode, oracle: Oracle) -> None:
    got = await node.ask("GET", "/sparql")
    assert got.headers["Content-Type"] == "text/turtle; charset=utf-8"
    said = list(parse(got.body, format=RdfFormat.TURTLE))
    assert {str(quad.subject) for quad in said if quad.predicate.value.endswith("#endpoint")} == {f"<{node.url}/sparql>"}
    assert (await node.ask("HEAD", "/sparql")).status == 200
    assert oracle.asked == []


async def test_scripts_of_other_sites_may_ask(node: WebNode) -> None:
    asked = {"Origin": "https://ailleurs.example", "Access-Control-Request-Method": "POST"}
    before = await node.ask("OPTIONS", "/sparql", headers=asked)
    assert (before.status, before.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, POST, OPTIONS")
    assert "Content-Type" in before.headers["Access-Control-Allow-Headers"]
    got = await post(node, ASK, PLAIN, Origin="https://ailleurs.example", **{"Sec-Fetch-Site": "cross-site"})
    assert got.status == 200


async def test_nobody_has_all_places(node: WebNode, oracle: Oracle) -> None:
    oracle.may.clear()
    async with asyncio.TaskGroup() as group:
        asking = [group.create_task(get(node, ("query", ASK))) for _ in range(5)]
        ended = asyncio.as_completed(asking)
        refused = [await next(ended) for _ in range(2)]
        assert len(oracle.asked) == 3
        assert {(got.status, got.headers["Retry-After"]) for got in refused} == {(429, "10")}
        assert (await node.ask("GET", "/sante")).status == 200
        oracle.may.set()
    assert sorted(task.result().status for task in asking) == [200, 200, 200, 429, 429]


async def test_so_many_a_minute_and_no_more(node: WebNode) -> None:
    statuses = [(await get(node, ("query", ASK))).status for _ in range(13)]
    assert statuses == [200] * 12 + [429]


async def test_a_node_that_wants_to_know_its_readers_does_not_answer_to_all(node: WebNode, oracle: Oracle) -> None:
    node.signed_reads = True
    assert (await get(node, ("query", ASK))).status == 404
    assert (await node.ask("GET", "/sparql")).status == 404
    assert oracle.asked == []


async def test_without_an_index_there_is_nothing_here() -> None:
    async with web_node() as node:
        assert (await node.ask("GET", f"/sparql?query={quote(ASK)}")).status == 404
