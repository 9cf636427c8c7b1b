"""The page of links and its buttons: for those who look after the node, and nobody else."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
import pytest_asyncio

from federation.messages import Verified
from kit.rows import actor, document, failed
from kit.web_node import Got, WebNode, web_node
from node.actions.add_member import appoint
from node.domain.errands import FETCH
from node.domain.findings import Finding
from node.storage.enrolling import add_proof_key
from node.storage.examinations import keep_examination
from node.storage.household import kept_household
from node.storage.openness import mode_of
from node.storage.unit_of_work import UnitOfWork
from node.web.readers import form_token
from vocab.jsonld import read
from vocab.namespaces import PUBLIC

FAR = "https://ailleurs.example/communautes/b"
HOST = "ailleurs.example"


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        made.database.write_now(lambda uow: furnish(uow, made))
        yield made


def furnish(uow: UnitOfWork, node: WebNode) -> None:
    """Mireille looks after the node; somebody elsewhere asks to follow, and one message of theirs is held."""
    appoint(uow, node.house(), mireille(node))
    row = actor(FAR, name="Loin d’ici", host=HOST, inbox=f"{FAR}/inbox", state="active")
    uow.actors.put(row)
    uow.followings.put(FAR, f"{node.url}/communautes/logement", activity=f"{FAR}/f", state="requested", at=node.now)
    failed(uow, HOST, node.now, "it answered 503")
    body = document(f"{FAR}/a/1", type="Create", actor=FAR, object=f"{FAR}/n/1")
    uow.inbox.add(Verified(activity=read(body), actor=FAR, key_id=f"{FAR}#main-key", body=body, at=node.now))
    uow.inbox.finish(uow.inbox.recent(1)[0].id, "held", "", node.now)


def mireille(node: WebNode) -> str:
    return f"{node.url}/personnes/mireille"


async def do(node: WebNode, deed: str, who: str = "", *, person: str = "", host: str = HOST) -> int:
    """The status of pressing a button."""
    session = await node.session(person or mireille(node))
    fields = {"jeton": form_token(session), "serveur": host, "geste": deed, "qui": who}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"s={session}"}
    return (await node.ask("POST", "/liens", headers=headers, body=urlencode(fields).encode())).status


def state(node: WebNode) -> tuple[str, str, str]:
    """Trust, limit, and how the link stands."""
    [link] = node.database.read_now(lambda uow: uow.followings.all())
    peer = node.database.read_now(lambda uow: uow.peers.get(HOST))
    assert peer is not None
    return peer.state, peer.measure, link.state


async def test_only_those_who_look_after_the_node_see_it(node: WebNode) -> None:
    html = "text/html"
    assert (await node.get("/liens", accept=html)).status == 303
    assert (await node.get("/liens", accept=html, person=f"{node.url}/personnes/ali")).status == 403
    got = await node.get("/liens", accept=html, person=mireille(node))
    assert got.status == 200
    assert got.headers["Cache-Control"] == "private, no-store"
    for words in ("Loin d’ici", "ailleurs.example", "Il est en panne.", "it answered 503", "une nouvelle publication"):
        assert words in got.text
    assert 'href="/liens' in (await node.get("/", accept=html, person=mireille(node))).text
    assert 'href="/liens' not in (await node.get("/", accept=html, person=f"{node.url}/personnes/ali")).text


async def test_others_can_press_no_button(node: WebNode) -> None:
    assert await do(node, "refuser", person=f"{node.url}/personnes/ali") == 403
    assert (await node.ask("POST", "/liens", headers={}, body=b"serveur=ailleurs.example&geste=refuser")).status == 403
    assert state(node) == ("unknown", "", "requested")


async def test_a_request_is_accepted_or_declined(node: WebNode) -> None:
    assert await do(node, "accepter-la-demande", FAR) == 303
    assert state(node) == ("unknown", "", "accepted")
    assert await do(node, "decliner-la-demande", FAR) == 303
    assert state(node)[2] == "refused"
    assert await do(node, "accepter-la-demande", f"{FAR}/autre") == 404


async def test_a_server_is_limited_refused_and_taken_back(node: WebNode) -> None:
    for deed, expected in (
        ("approuver", ("approved", "", "accepted")),
        ("retenir", ("approved", "held", "accepted")),
        ("pause", ("approved", "paused", "accepted")),
        ("reprendre", ("approved", "", "accepted")),
        ("refuser", ("blocked", "", "ended")),
        ("lever-le-refus", ("unknown", "", "ended")),
    ):
        assert await do(node, deed) == 303
        assert state(node) == expected
    deeds = node.database.read_now(lambda uow: [(row.deed, row.by) for row in uow.decisions.recent()])
    assert ("block", mireille(node)) in deeds


@pytest.mark.parametrize(("deed", "expected"), [("laisser-entrer", "due"), ("ecarter", "refused")])
async def test_what_waits_is_let_in_or_turned_away(node: WebNode, deed: str, expected: str) -> None:
    number = node.database.read_now(lambda uow: uow.inbox.recent(1)[0].id)
    assert await do(node, deed, str(number)) == 303
    assert node.database.read_now(lambda uow: uow.inbox.recent(1)[0].state) == expected
    assert await do(node, deed, str(number)) == 404


async def test_what_is_not_known_is_not_dealt_with(node: WebNode) -> None:
    assert await do(node, "examiner", host="inconnu.example") == 404
    assert await do(node, "frapper") == 400


async def test_the_last_examination_is_shown(node: WebNode) -> None:
    found = [Finding(what="answer", is_well=False, says="Il ne répond pas à temps.", remedy="Attendre.")]
    node.database.write_now(lambda uow: keep_examination(uow, HOST, found, node.now))
    got = await node.get("/liens", accept="text/html", person=mireille(node))
    assert "Il ne répond pas à temps." in got.text


def park(node: WebNode, subject: str, error: str) -> int:
    """A thing that could not be fetched; its number."""

    def deed(uow: UnitOfWork) -> int:
        uow.tasks.wake(FETCH, subject, node.now)
        (row,) = uow.tasks.claim(FETCH, node.now, "w", 1)
        uow.tasks.park(row, error, node.now)
        return row.id

    return node.database.write_now(deed)


def task(node: WebNode, subject: str) -> str:
    row = node.database.read_now(lambda uow: uow.tasks.get(FETCH, subject))
    assert row is not None
    return row.state


async def page(node: WebNode, language: str = "fr") -> str:
    return (await node.get(f"/liens?langue={language}", accept="text/html", person=mireille(node))).text


async def test_what_could_not_come_is_told_with_its_reason_and_tried_again(node: WebNode) -> None:
    thing = f"https://{HOST}/ressources/1"
    number = park(node, f"{thing} {FAR}", f"{thing} answered 404 to the request")
    text = await page(node)
    for words in (
        "Ce qui n’a pas pu venir",
        thing,
        "Il n’y a plus personne à cette adresse.",
        "answered 404",
        "Tout relancer",
    ):
        assert words in text
    assert await do(node, "reessayer", str(number), person=f"{node.url}/personnes/ali") == 403
    assert task(node, f"{thing} {FAR}") == "parked"
    assert await do(node, "reessayer", str(number)) == 303
    assert task(node, f"{thing} {FAR}") == "due"
    assert await do(node, "reessayer", str(number)) == 404
    assert "Ce qui n’a pas pu venir" not in await page(node)


async def test_all_of_a_server_is_tried_again_at_once_and_few_are_shown(node: WebNode) -> None:
    things = [f"https://{HOST}/ressources/{number}" for number in range(8)]
    for thing in things:
        park(node, thing, "x")
    text = await page(node)
    assert sum(f'href="{thing}"' in text for thing in things) == 5
    assert "et 3 autres" in text
    assert await do(node, "relancer") == 303
    assert {task(node, thing) for thing in things} == {"due"}


async def test_what_is_at_a_server_without_link_is_told_in_the_words_of_its_refusal(node: WebNode) -> None:
    thing = "https://inconnu.example/notes/1"
    number = park(node, thing, "inconnu.example : Ce nœud n’est pas approuvé.")
    text = await page(node)
    assert "sites sans lien avec nous" in text
    assert "inconnu.example : Ce nœud n’est pas approuvé." in text
    assert '<code lang="en">inconnu' not in text
    assert await do(node, "reessayer", str(number), host="") == 303
    assert task(node, thing) == "due"


async def test_a_request_says_who_asks_for_what_and_since_when(node: WebNode) -> None:
    said = document(FAR, type="Group", summary="<p>Nous logeons <b>des</b> gens.</p>")
    row = actor(FAR, name="Loin d’ici", host=HOST, inbox=f"{FAR}/inbox", state="active", document=said)
    node.database.write_now(lambda uow: uow.actors.put(row))
    text = await page(node)
    for words in ("Qui demande", "(communauté)", "Nous logeons des gens.", 'href="/communautes/logement?langue=fr">Logement'):
        assert words in text
    assert "(community)" in await page(node, "en")


async def test_a_link_says_how_far_its_history_reaches(node: WebNode) -> None:
    def deed(uow: UnitOfWork) -> None:
        here = f"{node.url}/communautes/logement"
        uow.followings.put(here, FAR, activity=f"{here}/f", state="accepted", at=node.now)
        uow.followings.mark_history(here, FAR, "gap")

    node.database.write_now(deed)
    assert "Rien de ce qui a été publié avant n’a pu venir." in await page(node)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"object": {"type": "Note", "content": "<p>Qui vient demain.</p>", "to": PUBLIC}}, "Qui vient demain.</a>&nbsp;»"),
        ({"object": {"type": "Note", "content": "<p>Entre nous</p>", "to": "x"}}, ""),
        ({"object": {"type": "Note", "content": "<p>Entre nous</p>"}}, ""),
        ({"object": f"{FAR}/n/7"}, f">{FAR}/n/7</a>"),
        ({"type": "Flag", "object": [f"{FAR}/n/7", f"{FAR}/n/8"], "content": "Entre nous, trop long"}, "Entre nous, trop long"),
        ({"type": "Follow", "object": FAR}, ">Loin d’ici</a>&nbsp;»"),
    ],
    ids=str,
)
async def test_what_waits_says_what_it_brings_to_whom_may_read_it(node: WebNode, said: dict[str, Any], shown: str) -> None:
    thing = said["object"]
    inner = {**thing, "id": f"{FAR}/n/7", "attributedTo": FAR} if isinstance(thing, dict) else thing
    body = document(f"{FAR}/a/2", **{"type": "Create", "actor": FAR, **said, "object": inner})

    def hold(uow: UnitOfWork) -> None:
        uow.inbox.add(Verified(activity=read(body), actor=FAR, key_id=f"{FAR}#main-key", body=body, at=node.now))
        uow.inbox.finish(uow.inbox.recent(1)[0].id, "held", "", node.now)

    node.database.write_now(hold)
    text = await page(node)
    assert shown in text
    assert ("Entre nous" in text) is ("Entre nous" in shown)


async def test_each_button_says_what_it_is_about(node: WebNode) -> None:
    names = re.findall(r"<button[^>]*>([^<]*<span class=.unseen.>[^<]*)</span></button>", await page(node))
    assert len(names) == len(set(names)) > len(("accepter", "décliner", "laisser entrer", "écarter"))
    assert any(name.startswith("Accepter la demande") and name.endswith("Loin d’ici") for name in names)
    assert any(name.startswith("Laisser entrer") and name.endswith(f"{FAR}/n/1") for name in names)


async def post(node: WebNode, path: str, who: str = "", **fields: str) -> Got:
    session = await node.session(who or mireille(node))
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"s={session}", "Accept": "text/html"}
    return await node.ask("POST", path, headers=headers, body=urlencode({"jeton": form_token(session), **fields}).encode())


async def test_the_agreement_behind_a_link_is_written_down(node: WebNode) -> None:
    said = {"geste": "entente", "serveur": HOST, "pourquoi": "Même quartier", "contacts": "Zoé, zoe@ailleurs.example"}
    wrong = await post(node, "/liens/noeud", **said, depuis="2026-05-01", revoir="2026-04-01")
    assert wrong.status == 422
    assert "Même quartier" in wrong.text
    assert 'id="erreur-revoir"' in wrong.text
    assert (await post(node, "/liens/noeud", **said, depuis="2026-05-01", revoir="2026-06-01")).status == 303
    assert (await post(node, "/liens/noeud", f"{node.url}/personnes/ali", **said)).status == 403
    assert (await post(node, "/liens/noeud", **{**said, "serveur": "jamaisvu.example"})).status == 404
    text = (await node.get(f"/liens/noeud?serveur={HOST}", accept="text/html", person=mireille(node))).text
    for words in ("Même quartier", "1 lien prend fin", "Entente notée", "jour de la revoir"):
        assert words in text
    text = (await node.get("/liens", accept="text/html", person=mireille(node))).text
    for words in ("zoe@ailleurs.example", "à revoir", "Archipel", "/liens/journal.csv"):
        assert words in text
    there = f"/liens/noeud?serveur={HOST}"
    assert (await node.get(there, accept="text/html", person=f"{node.url}/personnes/ali")).status == 403


async def test_how_widely_the_node_is_linked_is_chosen_and_kept(node: WebNode) -> None:
    logement = f"{node.url}/communautes/logement"
    assert (await post(node, "/liens", geste="mode", mode="open")).status == 303
    assert node.database.read_now(kept_household).mode == "open"
    assert (await post(node, "/liens", geste="mode", mode="jamaisvu")).status == 400
    assert (await post(node, "/liens", geste="mode-d-une-communaute", qui=logement, mode="archipelago")).status == 303
    house = replace(node.house(), mode="open")
    assert node.database.read_now(lambda uow: mode_of(uow, house, logement)) == "archipelago"
    assert node.database.read_now(lambda uow: mode_of(uow, house, f"{node.url}/communautes/voisine")) == "open"


async def test_the_log_holds_no_words(node: WebNode) -> None:
    got = await node.get("/liens/journal.csv", accept="text/csv", person=mireille(node))
    assert got.status == 200
    assert "attachment" in got.headers["Content-Disposition"]
    assert "reçu,ailleurs.example,Create,held" in got.text
    assert f"{FAR}/n/1" not in got.text
    assert (await node.get("/liens/journal.csv", accept="text/csv", person=f"{node.url}/personnes/ali")).status == 403
    assert (await node.get("/liens/journal.csv", accept="text/csv")).status == 403
    mine = f"{node.url}/organisation"
    node.database.write_now(lambda uow: add_proof_key(uow, mine, f"{mine}#proof-key", node.now))
    got = await node.get("/liens/journal.json", accept="application/json", person=mireille(node))
    assert (got.json()["proof"]["verificationMethod"], got.json()["exchanges"][0]["host"]) == (f"{mine}#proof-key", HOST)
    assert (await node.get("/liens/journal.json", accept="application/json")).status == 403
