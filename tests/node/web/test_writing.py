"""What helps somebody write: choices, a clean paste, a look at the result, drafts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from urllib.parse import urlencode

import pytest

from kit.web_node import Got, WebNode, web_node
from node.domain.entries import Audience
from node.storage.shelves.members import MemberRow
from node.web.readers import form_token


@pytest.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as opened:
        row = MemberRow(iri=f"{opened.url}/personnes/mireille", email="m@example.org", name="Mireille")
        opened.database.write_now(lambda uow: uow.members.add(row))
        yield opened


async def say(node: WebNode, path: str, fields: Mapping[str, str], accept: str = "*/*", person: str = "mireille") -> Got:
    session = await node.session(f"{node.url}/personnes/{person}")
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"s={session}", "Accept": accept}
    return await node.ask("POST", path, headers=headers, body=urlencode({"jeton": form_token(session), **fields}).encode())


async def test_choices_are_for_those_who_write_and_hold_only_what_they_may_see(node: WebNode) -> None:
    shown = node.plant("ressources/une", Audience.PUBLIC)
    node.plant("ressources/autre", Audience.SELF)
    assert (await node.get("/completer/notes?q=", accept="*/*")).status == 403
    got = await node.get("/completer/notes?q=", accept="*/*", person=f"{node.url}/personnes/ali")
    assert [shown in choice["texte"] for choice in got.json()["choix"]] == [True]
    assert got.headers["Cache-Control"] == "private, no-store"
    people = await node.get("/completer/personnes?q=", accept="*/*", person=f"{node.url}/personnes/mireille")
    assert f"{node.url}/personnes/mireille" not in people.text


async def test_a_paste_comes_back_clean_and_a_text_as_it_will_be_shown(node: WebNode) -> None:
    pasted = await say(node, "/ecrire/coller", {"html": "<p class=MsoNormal><b>Un</b> deux<script>alert(1)</script></p>"})
    assert (pasted.status, pasted.text) == (200, "**Un** deux")
    seen = await say(node, "/ecrire/apercu", {"texte": "# Un\n\n<script>alert(1)</script> **deux**"})
    assert seen.text.startswith("<h2>Un</h2>")
    assert "<script" not in seen.text
    assert (await node.ask("POST", "/ecrire/apercu", body=b"texte=a")).status == 403


async def test_a_draft_is_kept_while_one_writes_and_is_nobody_elses(node: WebNode) -> None:
    kept = await say(node, "/brouillons", {"geste": "garder", "titre": "Zanzibar", "texte": "Un"}, "application/json")
    number = str(kept.json()["numero"])
    again = await say(node, "/brouillons", {"geste": "garder", "titre": "Zanzibar", "texte": "Deux", "brouillon": number})
    assert (again.status, f"garde={number}" in again.headers["Location"]) == (303, True)
    mine = await node.get("/brouillons", accept="text/html", person=f"{node.url}/personnes/mireille")
    assert "Zanzibar" in mine.text
    assert f"/partager?brouillon={number}" in mine.text
    theirs = await node.get("/brouillons", accept="text/html", person=f"{node.url}/personnes/ali")
    assert "Zanzibar" not in theirs.text
    assert (await say(node, "/brouillons", {"geste": "jeter", "qui": number}, person="ali")).status == 404
    assert (await say(node, "/brouillons", {"geste": "jeter", "qui": number})).status == 303
    assert (await say(node, "/brouillons", {"geste": "garder", "titre": " "})).status == 400
    assert node.database.read_now(lambda uow: uow.drafts.count(f"{node.url}/personnes/mireille")) == 0
