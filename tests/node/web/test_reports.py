"""The page of reports and its buttons: for those who look after the node, and nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import urlencode

import pytest_asyncio

from kit.rows import actor
from kit.web_node import WebNode, web_node
from node.actions.add_member import appoint
from node.actions.moderate import block
from node.domain.entries import Audience
from node.storage.shelves.reports import Complaint
from node.storage.unit_of_work import UnitOfWork
from node.web.readers import form_token

THERE = "https://ailleurs.example"
ZOE = f"{THERE}/personnes/zoe"
HTML = "text/html"
THEIRS = Complaint(
    activity=f"{THERE}/s/1",
    reporter=f"{THERE}/organisation",
    host="ailleurs.example",
    objects=(),
    content="Un <b>nom</b> de trop.",
)


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        made.database.write_now(lambda uow: furnish(uow, made))
        yield made


def furnish(uow: UnitOfWork, node: WebNode) -> None:
    """Mireille looks after the node; a note of here was reported, and Zoé of elsewhere was reported from here."""
    appoint(uow, node.house(), mireille(node))
    uow.actors.put(actor(ZOE, type="Person", name="Zoé Tremblay", host="ailleurs.example", state="active"))
    organisation = actor(
        f"{THERE}/organisation", type="Organization", name="Table d’ailleurs", host="ailleurs.example", state="active"
    )
    uow.actors.put(organisation)
    uow.reports.add(replace(THEIRS, objects=(f"{node.url}/ressources/n",)), node.now)
    ours = Complaint(
        activity=f"{node.url}/s/2",
        reporter=mireille(node),
        host="ailleurs.example",
        objects=(ZOE,),
        content="Publicité.",
        is_ours=True,
    )
    uow.reports.add(ours, node.now)


def mireille(node: WebNode) -> str:
    return f"{node.url}/personnes/mireille"


async def page(node: WebNode, query: str = "") -> str:
    got = await node.get(f"/signalements{query}", accept=HTML, person=mireille(node))
    assert got.status == 200
    assert got.headers["Cache-Control"] == "private, no-store"
    return got.text


async def do(node: WebNode, deed: str, number: int | str = 1, words: str = "", *, person: str = "") -> int:
    """The status of pressing a button."""
    session = await node.session(person or mireille(node))
    fields = {"jeton": form_token(session), "qui": number, "geste": deed, "decision": words}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"s={session}"}
    return (await node.ask("POST", "/signalements", headers=headers, body=urlencode(fields).encode())).status


def states(node: WebNode) -> list[str]:
    return [row.state for row in node.database.read_now(lambda uow: uow.reports.listed())]


async def test_only_those_who_look_after_the_node_see_it(node: WebNode) -> None:
    ali = f"{node.url}/personnes/ali"
    assert (await node.get("/signalements", accept=HTML)).status == 303
    assert (await node.get("/signalements", accept=HTML, person=ali)).status == 403
    assert 'href="/signalements' in (await node.get("/noeud/moderation", accept=HTML, person=mireille(node))).text
    assert "/signalements" not in (await node.get("/", accept=HTML, person=ali)).text
    assert "1 signalement attend" in (await node.get("/liens", accept=HTML, person=mireille(node))).text
    assert await do(node, "classer", person=ali) == 403
    assert (await node.ask("POST", "/signalements", headers={}, body=b"qui=1&geste=classer")).status == 403
    assert states(node) == ["sent", "waiting"]


async def test_it_says_what_was_reported_by_whom_in_which_words(node: WebNode) -> None:
    node.plant("ressources/n", Audience.PUBLIC)
    text = await page(node)
    for words in (
        "Table d’ailleurs",
        "Un &lt;b&gt;nom&lt;/b&gt; de trop.",
        'href="/ressources/n">Titre',
        "/liens#ailleurs.example",
    ):
        assert words in text
    for words in ("Publicité.", "Zoé Tremblay", "Mireille", "envoyé"):
        assert words in text
    assert "Rien n’a encore été décidé." in text


async def test_what_may_not_be_seen_is_named_by_its_address_alone(node: WebNode) -> None:
    node.plant("ressources/n", Audience.COMMUNITY)
    ali = f"{node.url}/personnes/ali"
    node.database.write_now(lambda uow: appoint(uow, node.house(), ali))
    text = (await node.get("/signalements", accept=HTML, person=ali)).text
    assert f"{node.url}/ressources/n" in text
    assert "Titre" not in text


async def test_a_report_is_settled_in_words_or_dismissed_and_the_log_tells(node: WebNode) -> None:
    assert await do(node, "regler") == 400
    assert states(node) == ["sent", "waiting"]
    assert await do(node, "regler", words="Le nom est <retiré>.") == 303
    assert states(node) == ["sent", "settled"]
    node.database.write_now(lambda uow: block(uow, node.house(), "mal.example", note="pourriel"))
    text = await page(node, "?fait=1")
    for words in ("Le nom est &lt;retiré&gt;.", "Réglé un signalement", "Refusé tout échange", "pourriel", "C’est noté."):
        assert words in text
    assert "Aucun signalement n’attend." in text


async def test_a_report_is_decided_once(node: WebNode) -> None:
    assert await do(node, "classer") == 303
    assert states(node) == ["sent", "dismissed"]
    assert await do(node, "regler", words="Trop tard.") == 404
    assert await do(node, "classer", 2) == 404
    for deed, number in (("brûler", 1), ("classer", "tous"), ("classer", ""), ("classer", "9" * 30)):
        assert await do(node, deed, number) == 400


async def test_nothing_happens_by_looking_or_without_the_token_of_the_form(node: WebNode) -> None:
    await page(node, "?qui=1&geste=classer")
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"s={await node.session(mireille(node))}"}
    assert (await node.ask("POST", "/signalements", headers=headers, body=b"qui=1&geste=classer")).status == 403
    assert states(node) == ["sent", "waiting"]


async def test_many_reports_make_no_heavy_page(node: WebNode) -> None:
    def many(uow: UnitOfWork) -> None:
        for number in range(60):
            objects = tuple(f"{node.url}/ressources/{number}-{each}" for each in range(20))
            uow.reports.add(replace(THEIRS, activity=f"f{number}", objects=objects, content="é " * 1_000), node.now)
            uow.reports.add(replace(THEIRS, activity=f"g{number}", objects=objects, content="é " * 1_000, is_ours=True), node.now)
            uow.decisions.add(node.now, "block", f"h{number}.example", reason="é " * 1_000)

    node.database.write_now(many)
    assert len((await page(node)).encode()) < 100_000
    assert "53 autres attendent" in await page(node)
