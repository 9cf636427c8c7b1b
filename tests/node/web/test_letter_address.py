"""Sharing by letter as a browser asks for it, where the node takes no letters, and what forged forms get."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from kit.web_node import Got, WebNode, web_node
from node.storage.shelves.members import MemberRow
from node.web.readers import form_token

HTML = "text/html"


@pytest.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as opened:
        row = MemberRow(iri=f"{opened.url}/personnes/mireille", email="m@example.org", name="Mireille")
        opened.database.write_now(lambda uow: uow.members.add(row))
        yield opened


async def send(node: WebNode, path: str, *, is_signed_in: bool = True, **fields: str) -> Got:
    session = await node.session(f"{node.url}/personnes/mireille") if is_signed_in else ""
    said = {"jeton": form_token(session), **fields} if session else fields
    body = "&".join(f"{name}={value}" for name, value in said.items()).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", **({"Cookie": f"s={session}"} if session else {})}
    return await node.ask("POST", path, headers=headers, body=body)


async def test_where_no_letters_are_taken_the_page_says_so(node: WebNode) -> None:
    got = await node.get("/moi/partage", accept=HTML, person=f"{node.url}/personnes/mireille")
    assert got.status == 200
    assert "ne reçoit pas encore de courriels" in got.text
    assert (await send(node, "/moi/partage", geste="faire")).status == 404
    assert (await node.get("/moi/partage", accept=HTML)).status == 303


async def test_nobody_chooses_for_another_nor_a_community_that_is_not_theirs(node: WebNode) -> None:
    assert (await send(node, "/moi/partage", is_signed_in=False, geste="faire")).status == 403
    assert (await send(node, "/moi/partage", jeton="autre", geste="retirer")).status == 403
    assert (await send(node, "/moi/partage", geste="retirer")).status == 404
    elsewhere = f"{node.url}/communautes/secrete"
    assert (await send(node, "/moi/partage", geste="choisir", communaute=elsewhere)).status == 422
    assert (await send(node, "/moi/partage", geste="autre")).status in {400, 422}


async def test_a_letter_that_is_too_old_takes_nothing_back(node: WebNode) -> None:
    assert "dix minutes sont passées" in (await node.get("/partager/lettre?jeton=x", accept=HTML)).text
    refused = await send(node, "/partager/lettre", is_signed_in=False, lettre="x")
    assert (refused.status, "dix minutes sont passées" in refused.text) == (422, True)
