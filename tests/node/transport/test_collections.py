"""Pages of collections: in order, of their own server alone, items by id."""

from __future__ import annotations

import json
from typing import Any

import pytest

from federation.errors import UnacceptableAnswer
from federation.messages import Answer
from node.transport.collections import Leaf, leaf_at

C = "https://ailleurs.example/c"


async def read(documents: dict[str, dict[str, Any]], url: str = C) -> Leaf:
    async def fetch(iri: str) -> Answer:
        body = {"@context": "https://www.w3.org/ns/activitystreams", "id": iri, **documents[iri]}
        return Answer(status=200, url=iri, body=json.dumps(body).encode())

    return await leaf_at(fetch, url, C)


async def test_a_collection_without_pages_is_one_page() -> None:
    assert await read({C: {"type": "Collection", "items": ["https://x.example/1"]}}) == Leaf(
        items=("https://x.example/1",), following=""
    )


async def test_the_first_page_is_asked_for_or_lies_inside() -> None:
    inside = {"id": f"{C}?1", "type": "OrderedCollectionPage", "orderedItems": ["a:1"], "next": f"{C}?2"}
    expected = Leaf(items=("a:1",), following=f"{C}?2")
    assert await read({C: {"type": "OrderedCollection", "first": f"{C}?1"}, f"{C}?1": inside}) == expected
    assert await read({C: {"type": "OrderedCollection", "first": inside}}) == expected


async def test_what_an_activity_is_about_counts_and_each_thing_once() -> None:
    item = {"type": "Announce", "object": {"type": "Create", "object": {"type": "Note", "id": "https://x.example/1"}}}
    leaf = await read({C: {"type": "OrderedCollection", "orderedItems": [item, "https://x.example/1", {"type": "Note"}]}})
    assert leaf.items == ("https://x.example/1",)


async def test_a_next_page_on_another_server_is_no_page() -> None:
    page = {"type": "OrderedCollectionPage", "orderedItems": [], "next": "https://evil.example/p"}
    assert (await read({C: page})).following == ""
    with pytest.raises(UnacceptableAnswer):
        await read({}, "https://evil.example/p")


@pytest.mark.parametrize("document", [{"type": "Note", "content": "x"}, {"type": 5}])
async def test_what_is_no_collection_is_told(document: dict[str, Any]) -> None:
    with pytest.raises(UnacceptableAnswer):
        await read({C: document})
