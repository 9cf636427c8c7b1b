"""Private addresses: a list as a member's communities may see it, to whoever knows the address, until it is revoked."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import quote

import pytest
import pytest_asyncio

from kit.web_node import AP, Got, WebNode, plant, web_node
from node import formats as formats_room
from node.collect import collect
from node.contracts import Format
from node.domain.entries import Audience
from node.web.readers import form_token

LIST = "/communautes/logement/repertoire"


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node(formats=collect(formats_room, "FORMAT", Format)) as made:
        made.plant("ressources/ouverte", Audience.PUBLIC)
        made.plant("ressources/reservee", Audience.COMMUNITY)
        made.plant("ressources/brouillon", Audience.SELF)
        alone = frozenset({f"{made.url}/personnes/mireille"})
        path = "ressources/personnelle"
        made.database.write_now(lambda uow: plant(uow, made.house(), path, Audience.CHOSEN, readers=alone))
        yield made


async def posted(node: WebNode, name: str, **fields: str) -> Got:
    session = await node.session(f"{node.url}/personnes/{name}")
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"s={session}"}
    said = {"jeton": form_token(session), **fields}
    body = "&".join(f"{key}={quote(value, safe='')}" for key, value in said.items()).encode()
    return await node.ask("POST", "/adresses-privees", headers=headers, body=body)


async def made(node: WebNode, name: str = "mireille", address: str = LIST) -> str:
    """The path of a new private address, without its format."""
    answer = await posted(node, name, geste="faire", liste=address, nom="mon téléphone")
    assert answer.status == 303
    where = answer.headers["Location"].removeprefix(node.url)
    page = await node.get(where, accept="text/html", person=f"{node.url}/personnes/{name}")
    assert page.headers["Cache-Control"] == "private, no-store"
    found = re.search(rf"{node.url}(/prive/[A-Za-z0-9_-]+)/atom", page.text)
    assert found is not None
    return found[1]


def ids(got: Got) -> set[str]:
    return {each["id"].rpartition("/")[2] for each in got.json().get("orderedItems", [])}


async def test_it_gives_what_is_for_the_communities_of_its_owner_and_nothing_more(node: WebNode) -> None:
    address = await made(node)
    got = await node.get(f"{address}/activitystreams")
    assert got.status == 200
    assert ids(got) == {"ouverte", "reservee"}
    assert got.headers["Cache-Control"] == "private, no-store"
    assert got.headers["X-Robots-Tag"] == "noindex"
    again = await node.get(f"{address}/activitystreams", If_None_Match=got.headers["ETag"])
    assert again.status == 304
    person = f"{node.url}/personnes/mireille"
    whole = ids(await node.get(f"{LIST}?format=activitystreams", person=person))
    assert whole == {"ouverte", "reservee", "brouillon", "personnelle"}
    stranger = await made(node, "ali")
    assert ids(await node.get(f"{stranger}/activitystreams")) == {"ouverte"}


async def test_no_document_repeats_the_secret(node: WebNode) -> None:
    address = await made(node)
    token = address.rpartition("/")[2]
    for name, form in collect(formats_room, "FORMAT", Format).items():
        if form.write:
            got = await node.get(f"{address}/{name}")
            assert got.status == 200, name
            assert token.encode() not in got.body, name
    kept = node.database.read_now(lambda uow: str(uow.private_addresses.of()))
    assert token not in kept


async def test_revoked_it_opens_nothing_at_once(node: WebNode) -> None:
    address = await made(node)
    got = await node.get(f"{address}/activitystreams")
    person = f"{node.url}/personnes/mireille"
    (row,) = node.database.read_now(lambda uow: uow.private_addresses.of(person))
    assert (await posted(node, "ali", geste="revoquer", qui=str(row.id))).status == 404
    assert (await node.get(f"{address}/activitystreams")).status == 200
    assert (await posted(node, "mireille", geste="revoquer", qui=str(row.id))).status == 303
    gone = await node.get(f"{address}/activitystreams", If_None_Match=got.headers["ETag"])
    never = await node.get("/prive/jamaisvu/activitystreams")
    assert (gone.status, gone.body, gone.headers["Cache-Control"]) == (404, never.body, never.headers["Cache-Control"])


async def test_it_closes_with_the_membership_and_with_the_person(node: WebNode) -> None:
    address, person = await made(node), f"{node.url}/personnes/mireille"
    node.database.write_now(lambda uow: uow.members.leave(person, f"{node.url}/communautes/logement", node.now))
    node.now += timedelta(seconds=1)
    assert ids(await node.get(f"{address}/activitystreams")) == {"ouverte"}
    node.database.write_now(lambda uow: uow.actors.set_state(person, "suspended"))
    assert (await node.get(f"{address}/activitystreams")).status == 404


async def test_long_lists_go_on_at_the_same_address(node: WebNode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("node.web.listings.PART", 1)
    monkeypatch.setattr("node.web.lists.PART", 1)
    address = await made(node)
    got = await node.get(f"{address}/activitystreams")
    (following,) = (link for link in got.headers.getall("Link") if 'rel="next"' in link)
    assert following.startswith(f"<{node.url}{address}/activitystreams?avant=")
    further = await node.get(following[1:].partition(">")[0].removeprefix(node.url))
    assert ids(got) | ids(further) == {"ouverte", "reservee"}
    assert "next" not in got.json()


async def test_only_lists_of_this_site_have_one(node: WebNode) -> None:
    person = f"{node.url}/personnes/mireille"
    for address in ("https://evil.example/", "//evil.example", "/\\evil.example", "", "/a b", "/" + "x" * 1_000):
        assert (await posted(node, "mireille", geste="faire", liste=address)).status == 400, address
        said = quote(address, safe="")
        page = await node.get(f"/adresses-privees?liste={said}", accept="text/html", person=person)
        assert 'name="liste"' not in page.text


async def test_what_is_no_list_for_everybody_is_not_opened(node: WebNode) -> None:
    for address in ("/liens", "/adresses-privees", "/communautes/logement/propositions", "/inbox", "/jamaisvu"):
        path = await made(node, address=address)
        assert (await node.get(f"{path}/activitystreams")).status == 404, address


async def test_strangers_make_none(node: WebNode) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    refused = await node.ask("POST", "/adresses-privees", headers=headers, body=b"geste=faire&liste=/agenda")
    assert refused.status == 403
    asked = await node.get("/adresses-privees", accept="text/html")
    assert (asked.status, asked.headers["Location"]) == (303, "/entrer?vers=/adresses-privees")
    path = await made(node)
    token = path.rpartition("/")[2]
    other = await node.get(f"/adresses-privees?nouvelle={token}", accept="text/html", person=f"{node.url}/personnes/ali")
    assert f"{token}/atom" not in other.text
    assert (await node.ask("POST", f"{path}/atom")).status == 405
    assert (await node.get(f"{path}/jamaisvu")).status == 404
    assert (await node.get(f"{path}/atom", accept=AP)).status == 200
