"""What is proposed to a community, read and answered in a browser: by those who decide, and it is not there for anybody else."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import pytest_asyncio

from kit.rows import actor
from kit.web_node import WebNode, web_node
from node.domain.rights import CURATION
from node.storage.unit_of_work import UnitOfWork
from node.web.pages.submissions import MOST
from node.web.readers import form_token
from vocab.namespaces import AS_CONTEXT, PUBLIC

THERE = "https://ailleurs.example"
ZOE = f"{THERE}/personnes/zoe"
PATH = "/communautes/logement/propositions"
HTML = "text/html"


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        made.database.write_now(lambda uow: furnish(uow, made))
        yield made


def furnish(uow: UnitOfWork, node: WebNode) -> None:
    """Mireille looks after the repertoire of the community; Zoé of elsewhere proposes something to it."""
    uow.members.join(mireille(node), community(node), CURATION, node.now - timedelta(days=1))
    uow.actors.put(actor(ZOE, type="Person", name="Zoé Tremblay", host="ailleurs.example", inbox=f"{ZOE}/inbox", state="active"))
    propose(uow, node, 1, name="Bail expliqué", content="<p>Mot à mot.</p><script>alert(1)</script>")


def propose(uow: UnitOfWork, node: WebNode, number: int, **said: str) -> None:
    iri = f"{THERE}/notes/{number}"
    thing = {"id": iri, "type": "Article", "attributedTo": ZOE, "to": [PUBLIC], "cc": [community(node)], **said}
    body = {"@context": AS_CONTEXT, "id": f"{iri}/c", "type": "Create", "actor": ZOE, "object": thing}
    uow.submissions.add(community(node), thing=iri, activity=f"{iri}/c", author=ZOE, body=json.dumps(body).encode(), at=node.now)


def mireille(node: WebNode) -> str:
    return f"{node.url}/personnes/mireille"


def community(node: WebNode) -> str:
    return f"{node.url}/communautes/logement"


def waiting(node: WebNode) -> list[int]:
    return [row.id for row in node.database.read_now(lambda uow: uow.submissions.waiting())]


async def do(node: WebNode, deed: str, number: int | str = 1, *, reason: str = "", path: str = PATH, person: str = "") -> str:
    """Where pressing a button leads; its status when it leads nowhere."""
    session = await node.session(person or mireille(node))
    fields = {"jeton": form_token(session), "qui": number, "geste": deed, "raison": reason}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"s={session}"}
    got = await node.ask("POST", path, headers=headers, body=urlencode(fields).encode())
    return got.headers["Location"].partition("fait=")[2] if got.status == 303 else str(got.status)


async def test_those_who_decide_read_it_with_its_author_and_where_it_comes_from(node: WebNode) -> None:
    got = await node.get(PATH, accept=HTML, person=mireille(node))
    assert got.status == 200
    assert got.headers["Cache-Control"] == "private, no-store"
    for words in ("Bail expliqué", "<p>Mot à mot.</p>", "Zoé Tremblay", "ailleurs.example", f'href="{THERE}/notes/1"'):
        assert words in got.text
    assert "alert(1)" not in got.text
    assert "1 proposition d’ailleurs attend" in (await node.get(PATH[:-13], accept=HTML, person=mireille(node))).text


async def test_to_anybody_else_it_is_not_there(node: WebNode) -> None:
    ali = f"{node.url}/personnes/ali"
    for person in ("", ali):
        got, nothing = [
            await node.get(path, accept=HTML, person=person) for path in (PATH, "/communautes/jamaisvue/propositions")
        ]
        assert (got.status, nothing.status) == (404, 404)
        assert got.text.replace("logement", "jamaisvue") == nothing.text
        shown = await node.get(PATH[:-13], accept=HTML, person=person)
        assert shown.status == 200
        assert "proposition" not in shown.text
    assert await do(node, "accepter", person=ali) == "404"
    assert await do(node, "accepter", person=ali, path="/communautes/jamaisvue/propositions") == "404"
    assert (await node.ask("POST", PATH, headers={}, body=b"qui=1&geste=accepter")).status == 404
    assert waiting(node) == [1]


async def test_a_member_who_does_not_look_after_the_repertoire_is_told_nothing(node: WebNode) -> None:
    person = mireille(node)
    node.database.write_now(lambda uow: uow.members.leave_as(person, community(node), CURATION, node.now))
    assert (await node.get(PATH, accept=HTML, person=person)).status == 404
    assert "proposition" not in (await node.get(PATH[:-13], accept=HTML, person=person)).text
    assert await do(node, "accepter") == "404"


async def test_what_is_accepted_is_published(node: WebNode) -> None:
    assert await do(node, "accepter") == "accepte"
    assert waiting(node) == []
    assert node.database.read_now(lambda uow: uow.holdings.iris(community(node))) == [f"{THERE}/notes/1"]
    row = node.database.read_now(lambda uow: uow.submissions.get(1))
    assert row is not None
    assert (row.state, row.decided_by) == ("accepted", mireille(node))
    page = await node.get(f"{PATH}?fait=accepte", accept=HTML, person=mireille(node))
    assert "C’est publié" in page.text
    assert "Aucune proposition n’attend" in page.text
    assert f'href="{PATH}">Propositions d’ailleurs</a>' in (await node.get(PATH[:-13], accept=HTML, person=mireille(node))).text


async def test_what_is_declined_is_not_and_its_reason_is_kept(node: WebNode) -> None:
    assert await do(node, "decliner", reason=" Hors sujet ") == "decline"
    row = node.database.read_now(lambda uow: uow.submissions.get(1))
    assert row is not None
    assert (row.state, row.reason) == ("refused", "Hors sujet")
    assert await do(node, "accepter") == "deja"
    assert node.database.read_now(lambda uow: uow.holdings.iris(community(node))) == []


async def test_what_its_author_took_away_cannot_be_published(node: WebNode) -> None:
    node.database.write_now(lambda uow: uow.things.bury(f"{THERE}/notes/1", b"{}", node.now, by=ZOE))
    assert await do(node, "accepter") == "change"
    assert waiting(node) == [1]


async def test_a_number_of_another_community_or_no_deed_does_nothing(node: WebNode) -> None:
    ali, theirs = f"{node.url}/personnes/ali", f"{node.url}/communautes/voisine"
    node.database.write_now(lambda uow: uow.members.join(ali, theirs, CURATION, node.now - timedelta(days=1)))
    assert await do(node, "accepter", person=ali, path="/communautes/voisine/propositions") == "deja"
    for deed, number in (("publier", 1), ("accepter", "tout"), ("accepter", "²"), ("accepter", "9" * 30)):
        assert await do(node, deed, number) == "400"
    assert await do(node, "decliner", reason="x" * 1_001) == "400"
    assert waiting(node) == [1]


async def test_nothing_happens_by_looking_or_without_the_token_of_the_form(node: WebNode) -> None:
    session = await node.session(mireille(node))
    await node.get(f"{PATH}?qui=1&geste=accepter", accept=HTML, person=mireille(node))
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"s={session}"}
    assert (await node.ask("POST", PATH, headers=headers, body=b"qui=1&geste=accepter")).status == 403
    assert waiting(node) == [1]


async def test_many_and_long_ones_make_no_heavy_page(node: WebNode) -> None:
    def many(uow: UnitOfWork) -> None:
        for number in range(2, MOST + 5):
            propose(uow, node, number, content="<p>" + "é <em>à</em> " * 2_000 + "</p>")

    node.database.write_now(many)
    got = await node.get(PATH, accept=HTML, person=mireille(node))
    assert len(got.body) < 100_000
    assert "4 autres attendent" in got.text
    assert "Article de Zoé Tremblay" in got.text


@pytest.mark.parametrize("body", [{}, {"content": "x", "type": "Fantaisie"}])
async def test_what_says_hardly_anything_is_still_shown(node: WebNode, body: dict[str, str]) -> None:
    node.database.write_now(lambda uow: propose(uow, node, 2, **body))
    got = await node.get(PATH, accept=HTML, person=mireille(node))
    assert got.status == 200
    assert f'href="{THERE}/notes/2"' in got.text


async def test_a_title_of_ours_is_in_the_language_of_the_page_and_the_words_in_theirs(node: WebNode) -> None:
    words: Any = {"contentMap": {"en": "<p>Rent in plain words.</p>"}}
    node.database.write_now(lambda uow: propose(uow, node, 3, **words))
    text = (await node.get(PATH, accept=HTML, person=mireille(node))).text
    assert "<h2>Article de Zoé Tremblay</h2>" in text
    assert '<div class="prose" lang="en"><p>Rent in plain words.</p></div>' in text
