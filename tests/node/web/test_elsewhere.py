"""The buttons of the page of what is elsewhere: for those who follow in the name of a community, and nobody else."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import pytest_asyncio

from kit.rows import actor
from kit.web_node import Got, WebNode, web_node
from node.domain.rights import ANIMATION
from node.storage.unit_of_work import UnitOfWork
from node.web.endpoints.elsewhere import MOST_LOOKS
from node.web.readers import form_token

FAR = "https://ailleurs.example/communautes/b"
HTML = "text/html"


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        made.database.write_now(lambda uow: furnish(uow, made))
        yield made


def furnish(uow: UnitOfWork, node: WebNode) -> None:
    uow.actors.put(actor(FAR, name="Loin d’ici", host="ailleurs.example", inbox=f"{FAR}/inbox", state="active"))
    uow.members.join(person(node), ours(node), ANIMATION, node.now)


def person(node: WebNode, name: str = "mireille") -> str:
    return f"{node.url}/personnes/{name}"


def ours(node: WebNode) -> str:
    return f"{node.url}/communautes/logement"


async def press(node: WebNode, deed: str, who: str = "mireille", **more: str) -> Got:
    session = await node.session(person(node, who))
    fields = {"jeton": form_token(session), "geste": deed, "communaute": ours(node), "qui": FAR, **more}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"s={session}", "Accept": HTML}
    return await node.ask("POST", "/ailleurs", headers=headers, body=urlencode(fields).encode())


def out(node: WebNode) -> str:
    row = node.database.read_now(lambda uow: uow.followings.get(ours(node), FAR))
    return row.state if row else ""


def back(node: WebNode) -> str:
    row = node.database.read_now(lambda uow: uow.followings.get(FAR, ours(node)))
    return row.state if row else ""


async def test_following_lets_nobody_receive_anything(node: WebNode) -> None:
    assert (await press(node, "suivre", "ali")).status == 403
    assert (await press(node, "suivre")).status == 303
    assert out(node) == "requested"
    peer = node.database.read_now(lambda uow: uow.peers.get("ailleurs.example"))
    assert peer is None or peer.state == "unknown"
    assert not node.database.read_now(lambda uow: uow.agreements.is_welcome(ours(node), FAR))
    text = (await node.get("/ailleurs", accept=HTML, person=person(node))).text
    assert "Demandé le" in text
    assert "Relancer" in text
    assert "Relancer" not in (await node.get("/ailleurs", accept=HTML, person=person(node, "ali"))).text
    assert "Loin d’ici" not in (await node.get("/ailleurs", accept=HTML)).text


async def test_each_button_moves_the_link_on(node: WebNode) -> None:
    await press(node, "suivre")
    node.database.write_now(lambda uow: uow.followings.set_state(ours(node), FAR, "accepted", node.now))
    for deed, state in (
        ("ne-plus-recevoir", "paused"),
        ("recevoir", "accepted"),
        ("quitter", "ended"),
        ("relancer", "requested"),
    ):
        assert (await press(node, deed)).status == 303
        assert out(node) == state
    assert (await press(node, "annuler")).status == 303
    assert out(node) == "ended"
    assert "fait=deja" in (await press(node, "recevoir")).headers["Location"]
    assert (await press(node, "jamaisvu")).status == 400


async def test_what_goes_out_is_a_switch_of_its_own(node: WebNode) -> None:
    at = node.now
    node.database.write_now(lambda uow: uow.followings.put(FAR, ours(node), activity=f"{FAR}/f", state="requested", at=at))
    for deed, state in (("publier", "accepted"), ("ne-plus-publier", "paused"), ("publier", "accepted"), ("decliner", "refused")):
        assert (await press(node, deed)).status == 303
        assert (back(node), out(node)) == (state, "")
    waiting = node.database.read_now(lambda uow: [uow.outbox.get(each.activity) for each in uow.deliveries.waiting()])
    assert sorted(row.type for row in waiting if row is not None) == ["Accept", "Accept", "Reject"]


async def test_an_address_that_is_not_found_comes_back_with_words_and_not_for_ever(node: WebNode) -> None:
    got = await press(node, "regarder", adresse="@b@ailleurs.example")
    assert got.status == 422
    assert 'value="@b@ailleurs.example"' in got.text
    assert "aria-invalid" in got.text
    for _ in range(MOST_LOOKS):
        node.database.write_now(lambda uow: uow.previews.add(person(node), "rien", "x", "{}", node.now))
    assert "beaucoup d’adresses" in (await press(node, "regarder", adresse="@b@ailleurs.example")).text


async def test_a_preview_is_for_whoever_asked(node: WebNode) -> None:
    said = json.dumps({"iri": FAR, "outlook": ""})
    number = node.database.write_now(lambda uow: uow.previews.add(person(node), "communaute", FAR, said, node.now))
    there = f"/ailleurs/apercu?n={number}"
    assert "Loin d’ici" in (await node.get(there, accept=HTML, person=person(node))).text
    assert (await node.get(there, accept=HTML, person=person(node, "ali"))).status == 404
    assert (await node.get(there, accept=HTML)).status in {303, 403}


async def test_of_several_communities_one_is_chosen(node: WebNode) -> None:
    choices = [{"iri": FAR, "name": "Une", "summary": ""}, {"iri": "javascript:x", "name": "Deux", "summary": "<b>x</b>"}]
    said = json.dumps({"choices": choices})
    number = node.database.write_now(lambda uow: uow.previews.add(person(node), "choix", "ailleurs.example", said, node.now))
    text = (await node.get(f"/ailleurs/apercu?n={number}", accept=HTML, person=person(node))).text
    assert f'name="adresse" value="{FAR}"' in text
    assert "javascript:" not in text
