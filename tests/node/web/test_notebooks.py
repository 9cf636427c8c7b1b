"""Notebooks over HTTP: made by members, arranged step by step by those who may, read by whoever may see what stands in them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from urllib.parse import urlencode

import pytest_asyncio

from kit.web_node import Got, WebNode, plant, web_node
from node.domain.entries import Audience
from node.web.readers import form_token

HTML = "text/html"


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        yield made


def person(node: WebNode, name: str = "mireille") -> str:
    return f"{node.url}/personnes/{name}"


async def post(node: WebNode, path: str, who: str = "mireille", **fields: str) -> Got:
    session = await node.session(person(node, who))
    body = urlencode({"jeton": form_token(session), **fields}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"s={session}"}
    return await node.ask("POST", path, headers=headers, body=body)


async def a_notebook(node: WebNode, **fields: str) -> str:
    """The path of the page on which a new notebook is arranged."""
    usual = {"titre": "Lectures", "communaute": f"{node.url}/communautes/logement", "visibilite": "public"}
    made = await post(node, "/carnets/nouveau", **{**usual, **fields})
    assert made.status == 303
    return made.headers["Location"].removeprefix(node.url)


async def test_a_notebook_is_made_where_one_is_a_member(node: WebNode) -> None:
    plan = await a_notebook(node, texte="De quoi *lire*.")
    page = await node.get(plan, accept=HTML, person=person(node))
    assert "Ce carnet ne contient encore aucune note" in page.text
    other = {"titre": "x", "visibilite": "public", "communaute": f"{node.url}/communautes/voisine"}
    assert (await post(node, "/carnets/nouveau", **other)).status == 403
    untitled = await post(
        node, "/carnets/nouveau", communaute=f"{node.url}/communautes/logement", visibilite="public", texte="Gardé."
    )
    assert untitled.status == 422
    assert "Gardé." in untitled.text


async def test_steps_are_kept_for_one_person_until_they_save(node: WebNode) -> None:
    for name in ("n1", "n2"):
        node.database.write_now(
            partial(plant, house=node.house(), path=f"ressources/{name}", audience=Audience.PUBLIC, name=f"Note {name}")
        )
    plan = await a_notebook(node, note=f"{node.url}/ressources/n1")
    book = plan.replace("/carnets/", "/ressources/").removesuffix("/plan")
    added = await post(node, plan, geste=f"ajouter:{node.url}/ressources/n2")
    assert added.headers["Location"].endswith("#ligne-1")
    assert (await post(node, plan, geste="monter:1")).headers["Location"].endswith("#ligne-0")
    mine = (await node.get(plan, accept=HTML, person=person(node))).text
    assert mine.index("Note n2") < mine.index("Note n1")
    assert "Note n2" not in (await node.get(book, accept=HTML)).text
    assert (await node.get(plan, accept=HTML, person=person(node, "ali"))).status == 404
    for wrong in ("monter:9", "monter:x", "danser", "partie", "deplacer", "ajouter:https://x.example/1"):
        assert (await post(node, plan, geste=wrong)).status in {400, 404, 422}, wrong
    assert (await post(node, plan, geste="enregistrer")).status == 303
    outline = (await node.get(book, accept=HTML)).text
    assert outline.index("Note n2") < outline.index("Note n1")
    whole = await node.get(plan.replace("/plan", "/lecture"), accept=HTML)
    assert whole.text.count('class="chapter"') == 2


async def test_what_stands_in_a_notebook_shows_to_those_who_may_see_it(node: WebNode) -> None:
    hidden = node.database.write_now(
        lambda uow: plant(uow, node.house(), "ressources/cache", Audience.COMMUNITY, name="Zanzibar", content="<p>Zanzibar</p>")
    )
    plan = await a_notebook(node, note=hidden)
    for path in (plan.replace("/carnets/", "/ressources/").removesuffix("/plan"), plan.replace("/plan", "/lecture")):
        assert "Zanzibar" not in (await node.get(path, accept=HTML)).text
        assert "une note qui ne se lit pas ici" in (await node.get(path, accept=HTML)).text
        assert "Zanzibar" in (await node.get(path, accept=HTML, person=person(node))).text
    assert (await node.get("/carnets/cache/lecture", accept=HTML, person=person(node))).status == 404, "it is no notebook"
