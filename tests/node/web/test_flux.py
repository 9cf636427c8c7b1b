"""The stream of changes, as pages for two kinds of harvesters."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kit.web_node import WebNode, plant, web_node
from node.domain.entries import Audience
from node.storage.unit_of_work import UnitOfWork
from node.web import streams

LD, JSON = "application/ld+json", "application/json"
PUBLIC, OURS = Audience.PUBLIC, Audience.COMMUNITY
#: The communities and the organisation are in the stream before anything else.
ACTORS = 3


@pytest_asyncio.fixture
async def node(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[WebNode]:
    monkeypatch.setattr(streams, "PLACES", 4)
    async with web_node() as made:
        yield made


def publish(node: WebNode, *names: str, audience: Audience = PUBLIC) -> None:
    for name in names:
        node.now += timedelta(seconds=1)
        node.database.write_now(lambda uow, n=name: plant(uow, node.house(), f"ressources/{n}", audience, name=n))  # type: ignore[misc]


def bury(node: WebNode, name: str) -> None:
    def deed(uow: UnitOfWork) -> None:
        uow.things.bury(f"{node.url}/ressources/{name}", b"{}", node.now + timedelta(seconds=1))

    node.database.write_now(deed)


async def walk(node: WebNode, accept: str = LD) -> list[dict[str, Any]]:
    """Every page from the first to the last, as a harvester goes."""
    root = (await node.get("/flux", accept=accept)).json()
    pages, place = [], root["first"]["id"]
    while place:
        pages.append((await node.get(place.removeprefix(node.url), accept=accept)).json())
        place = pages[-1].get("next", {}).get("id")
    assert pages[-1]["id"] == root["last"]["id"]
    assert sum(len(page["orderedItems"]) for page in pages) == root["totalItems"]
    return pages


def quads_of(document: object) -> list[Quad]:
    return list(parse(json.dumps(document).encode(), format=RdfFormat.JSON_LD))


def said(term: object) -> str:
    return str(getattr(term, "value", ""))


def told(node: WebNode, pages: list[dict[str, Any]]) -> list[tuple[str, str]]:
    items = [item for page in pages for item in page["orderedItems"]]
    assert [item["endTime"] for item in items] == sorted(item["endTime"] for item in items)
    return [(item["type"], item["object"]["id"].removeprefix(f"{node.url}/ressources/")) for item in items[ACTORS:]]


async def test_changes_are_told_the_oldest_first_each_thing_once(node: WebNode) -> None:
    publish(node, "a", "b", "c", "d", "e", "f")
    publish(node, "b")
    node.database.write_now(lambda uow: plant(uow, node.house(), "ressources/b", PUBLIC, name="b, encore"))
    bury(node, "d")
    pages = await walk(node)
    known = [("Create", name) for name in "acef"]
    assert told(node, pages) == [*known, ("Update", "b"), ("Delete", "d")]
    assert [page["id"] for page in pages[1:]] == [page["next"]["id"] for page in pages[:-1]]
    assert [page["prev"]["id"] for page in pages[1:]] == [page["id"] for page in pages[:-1]]


async def test_nothing_but_what_is_public_is_told_and_what_was_public_is_taken_back_without_a_word_of_it(node: WebNode) -> None:
    publish(node, "caché", audience=OURS)
    publish(node, "ouvert")
    publish(node, "ouvert", audience=OURS)
    pages = await walk(node)
    assert told(node, pages) == [("Delete", "ouvert")]
    written = json.dumps(pages, ensure_ascii=False)
    assert not [word for word in ("caché", "Corps", "mireille") if word in written]


async def test_a_full_page_says_so_gains_nothing_and_loses_what_is_deleted(node: WebNode) -> None:
    publish(node, "a", "b", "c")
    first = await node.get("/flux/1", accept=LD)
    assert first.headers["Cache-Control"] == f"public, max-age={streams.OFTEN}, immutable"
    assert first.json()["immutable"] is True
    open_page = await node.get("/flux/2", accept=LD)
    assert open_page.headers["Cache-Control"] == "public, no-cache"
    assert "immutable" not in open_page.json()
    assert (await node.get("/flux/1", accept=LD, If_None_Match=first.headers["ETag"])).status == 304
    bury(node, "a")
    again = (await node.get("/flux/1", accept=LD)).json()
    assert b"ressources/a" in first.body
    assert "ressources/a" not in json.dumps(again)
    kept = [item["id"] for item in first.json()["orderedItems"][:ACTORS]]
    assert [item["id"] for item in again["orderedItems"]] == kept


async def test_a_page_of_which_nothing_is_left_still_leads_on(node: WebNode) -> None:
    publish(node, "a", "b", "c", "d", "e", "f", "g")
    for name in "bcde":
        bury(node, name)
    assert [page["id"].rpartition("/")[2] for page in await walk(node)] == ["1", "3", "4"]
    left = await node.get("/flux/2", accept=LD)
    assert (left.status, left.json()["orderedItems"]) == (200, [])
    assert left.json()["next"]["id"] == f"{node.url}/flux/3"


async def test_a_page_that_was_not_begun_is_not_there(node: WebNode) -> None:
    publish(node, "a")
    pages = ("0", "9", "01", "-1", "x", "9" * 15, "9" * 5000)
    assert [(await node.get(f"/flux/{page}", accept=LD)).status for page in pages] == [404] * len(pages)


async def test_the_same_page_is_change_discovery_of_iiif(node: WebNode) -> None:
    publish(node, "a", "b")
    root = await node.get("/flux", accept=JSON)
    assert root.headers["Content-Type"] == f'application/ld+json;profile="{streams.IIIF}"'
    assert root.json()["@context"][-1] == streams.IIIF
    assert root.json()["type"] == "OrderedCollection"
    page = (await node.get("/flux/1", accept=JSON)).json()
    assert (page["type"], page["partOf"]) == ("OrderedCollectionPage", {"id": f"{node.url}/flux", "type": "OrderedCollection"})
    item = page["orderedItems"][-1]
    assert item["object"] == {"id": f"{node.url}/ressources/a", "type": "Article"}
    assert item["endTime"].endswith("Z")


async def test_as_linked_data_a_member_belongs_to_the_stream_and_has_a_graph_of_its_own(node: WebNode) -> None:
    publish(node, "a")
    document = (await node.get("/flux/1", accept=LD)).json()
    quads = {(said(q.subject), said(q.predicate), said(q.object), str(q.graph_name)) for q in quads_of(document)}
    member = document["orderedItems"][-1]["id"]
    assert (f"{node.url}/flux#flux", f"{streams.TREE}member", member, "DEFAULT") in quads
    named = {(s, p.rpartition("#")[2], o) for s, p, o, graph in quads if graph == f"<{member}>"}
    assert (f"{node.url}/ressources/a", "name", "a") in named
    root = (await node.get("/flux", accept=LD)).json()
    views = {(said(q.subject), said(q.predicate)) for q in quads_of(root) if q.object == NamedNode(f"{node.url}/flux")}
    assert (f"{node.url}/flux#flux", f"{streams.TREE}view") in views


async def test_a_node_that_asks_for_signatures_shows_no_stream(node: WebNode) -> None:
    publish(node, "a")
    node.signed_reads = True
    assert (await node.get("/flux", accept=LD)).status == 401
