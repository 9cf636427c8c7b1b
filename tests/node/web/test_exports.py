"""Lists in the formats that others read: by ?format= and by Accept, with what leads on, to nobody but who may see."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

import pytest
import pytest_asyncio

from kit.web_node import AP, WebNode, web_node
from node import formats as formats_room
from node.collect import collect
from node.contracts import Format
from node.domain.entries import Audience

HTML = "text/html"
LIST = "/communautes/logement/repertoire"
FORMATS: Mapping[str, Format] = collect(formats_room, "FORMAT", Format)


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node(formats=FORMATS) as made:
        made.plant("ressources/ouverte", Audience.PUBLIC)
        made.plant("ressources/reservee", Audience.COMMUNITY)
        yield made


@pytest.mark.parametrize("path", ["/recherche?portee=noeud&", f"{LIST}?"])
async def test_a_list_goes_out_as_its_reader_may_see_it(node: WebNode, path: str) -> None:
    anybody = await node.get(f"{path}format=activitystreams", accept=HTML)
    assert anybody.headers["Content-Type"] == AP
    assert anybody.headers["Cache-Control"] == "public, no-cache"
    assert [each["id"] for each in _items(anybody.json())] == [f"{node.url}/ressources/ouverte"]
    member = await node.get(f"{path}format=activitystreams", person=f"{node.url}/personnes/mireille")
    assert len(_items(member.json())) == 2
    assert member.headers["Cache-Control"] == "private, no-store"
    assert member.headers["ETag"] != anybody.headers["ETag"]


async def test_a_list_without_a_document_of_its_own_is_negotiated(node: WebNode) -> None:
    got = await node.get("/recherche", accept="text/turtle")
    assert got.headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert f"<{node.url}/ressources/ouverte>" in got.text
    assert (await node.get("/recherche", accept="image/png")).status == 406
    assert (await node.get("/recherche", accept="*/*")).headers["Content-Type"].startswith(HTML)


async def test_where_an_endpoint_has_a_document_its_machine_faces_stay(node: WebNode) -> None:
    assert (await node.get(LIST, accept=AP)).json()["id"] == f"{node.url}{LIST}"


@pytest.mark.parametrize("name", ["", "jamaisvu", "../text", "activitystreams%00"])
async def test_a_format_that_there_is_not_is_not_found(node: WebNode, name: str) -> None:
    got = await node.get(f"/recherche?format={name}")
    assert got.status == 404
    assert "jamaisvu" not in got.text


async def test_what_goes_out_does_nothing_in_a_browser(node: WebNode) -> None:
    got = await node.get("/recherche?format=turtle")
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert got.headers["Content-Disposition"] == 'inline; filename="recherche.ttl"'


def _items(said: Mapping[str, object]) -> list[dict[str, object]]:
    items = said.get("orderedItems")
    return items if isinstance(items, list) else [dict(said)]
