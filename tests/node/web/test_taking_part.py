"""Registering for an event and answering a thing in a browser: by those who may, with the token of the form, never by looking."""

from __future__ import annotations

import html
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import pytest_asyncio

from kit.rows import actor
from kit.web_node import Got, WebNode, plant, web_node
from node.domain.entries import Audience, Entry
from node.domain.participation import State
from node.domain.rights import MEMBER, OBSERVER
from node.domain.visibility import Scope
from node.storage.shelves.participations import ParticipationRow
from node.storage.unit_of_work import UnitOfWork
from node.web.readers import form_token
from vocab.namespaces import AS_CONTEXT, CDP_CONTEXT, PUBLIC

HTML = "text/html"
THERE = "https://ailleurs.example"
ZOE = f"{THERE}/personnes/zoe"
FAR = f"{THERE}/evenements/1"
PATH = "/rencontres/r1"
BUTTON = 'action="/participer"'
FORM = 'action="/repondre"'


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        yield made


def person(node: WebNode, name: str = "mireille") -> str:
    return f"{node.url}/personnes/{name}"


def event(node: WebNode, iri: str = "", *, audience: Audience = Audience.PUBLIC, days: int = 3, **said: Any) -> str:
    """An event of mireille's in logement, or of Zoé's elsewhere; its IRI."""
    author = ZOE if iri else person(node)
    community = "" if iri else f"{node.url}/communautes/logement"
    iri = iri or f"{node.url}{PATH}"
    start = (node.now + timedelta(days=days)).isoformat()
    usual = {"attributedTo": author, "to": [PUBLIC], "startTime": start, "joinMode": "free"}
    context = [AS_CONTEXT, CDP_CONTEXT, {"ical": "http://www.w3.org/2002/12/cal/ical#"}]
    document = {"@context": context, "id": iri, "type": "Event", "name": "Soirée", **usual, **said}
    entry = Entry(
        iri=iri,
        type="Event",
        kind="Event",
        audience=audience,
        author=author,
        community=community,
        is_local=author != ZOE,
        name="Soirée",
        stored_at=node.now,
    )

    def deed(uow: UnitOfWork) -> None:
        uow.actors.put(
            actor(ZOE, type="Person", name="Zoé Tremblay", host="ailleurs.example", inbox=f"{ZOE}/inbox", state="active")
        )
        uow.things.put(entry, json.dumps(document).encode())

    node.database.write_now(deed)
    return iri


async def send(node: WebNode, path: str, who: str = "mireille", **fields: str) -> Got:
    """What pressing a button of a form answers."""
    session = await node.session(person(node, who))
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"s={session}"}
    return await node.ask("POST", path, headers=headers, body=urlencode({"jeton": form_token(session), **fields}).encode())


async def page(node: WebNode, path: str, who: str = "mireille") -> str:
    got = await node.get(path, accept=HTML, person=person(node, who) if who else "")
    assert got.status == 200
    return got.text


def standing(node: WebNode, iri: str, who: str = "mireille") -> State | None:
    row = node.database.read_now(lambda uow: uow.participations.get(iri, person(node, who)))
    return row.state if row else None


async def test_a_member_registers_for_an_event_and_withdraws(node: WebNode) -> None:
    iri = event(node)
    assert BUTTON in await page(node, PATH, "ali")
    assert BUTTON not in await page(node, PATH, "")
    got = await send(node, "/participer", "ali", iri=iri, geste="inscrire")
    assert (got.status, got.headers["Location"]) == (303, f"{node.url}{PATH}?langue=fr&fait=inscrire")
    assert standing(node, iri, "ali") is State.ACCEPTED
    text = await page(node, f"{PATH}?fait=inscrire", "ali")
    for words in ("L’inscription est confirmée.", "Je n’y serai pas", "où en est votre inscription", "1 personne"):
        assert words in text
    assert (await send(node, "/participer", "ali", iri=iri, geste="peut-etre")).status == 303
    assert standing(node, iri, "ali") is State.MAYBE
    assert (await send(node, "/participer", "ali", iri=iri, geste="pas-la")).status == 303
    assert standing(node, iri, "ali") is State.DECLINED
    text = await page(node, PATH, "ali")
    for words in ("vous n’y serez pas", "0 personne", 'value="inscrire" aria-pressed="false"'):
        assert words in text


async def test_who_organises_sees_who_comes_and_lets_people_in(node: WebNode) -> None:
    iri = event(node, joinMode="restricted")
    await send(node, "/participer", "ali", iri=iri, geste="inscrire")
    assert standing(node, iri, "ali") is State.REQUESTED
    assert "Attendent votre réponse" not in await page(node, PATH, "ali")
    assert "Attendent votre réponse" in await page(node, PATH)
    assert (await send(node, "/participer", "ali", iri=iri, geste="accueillir", qui=person(node, "ali"))).status == 404
    assert standing(node, iri, "ali") is State.REQUESTED
    assert (await send(node, "/participer", iri=iri, geste="accueillir", qui=person(node, "ali"))).status == 303
    assert standing(node, iri, "ali") is State.ACCEPTED
    assert (await send(node, "/participer", iri=iri, geste="decliner", qui=person(node, "ali"))).status == 303
    assert standing(node, iri, "ali") is State.REFUSED
    await send(node, "/participer", "ali", iri=iri, geste="pas-la")
    assert standing(node, iri, "ali") is State.REFUSED


async def test_an_event_elsewhere_is_asked(node: WebNode) -> None:
    iri = event(node, FAR)
    there = f"/ailleurs/ressource?iri={quote(iri, safe='')}"
    assert BUTTON in await page(node, there)
    got = await send(node, "/participer?langue=en", iri=iri, geste="inscrire")
    assert got.headers["Location"] == f"{node.url}{there}&langue=en&fait=inscrire"
    assert standing(node, iri) is State.REQUESTED
    (waiting,) = node.database.read_now(lambda uow: uow.deliveries.waiting())
    assert waiting.inbox == f"{ZOE}/inbox"
    assert "la réponse est attendue" in await page(node, there)


@pytest.mark.parametrize(
    "said",
    [{"days": -3}, {"joinMode": "none"}, {"joinMode": "invite"}, {"joinMode": "external"}, {"ical:status": "CANCELLED"}],
    ids=str,
)
@pytest.mark.parametrize("where", ["", FAR])
async def test_nothing_is_offered_that_would_be_refused(node: WebNode, said: dict[str, Any], where: str) -> None:
    iri = event(node, where, **said)
    path = f"/ailleurs/ressource?iri={quote(iri, safe='')}" if where else PATH
    assert BUTTON not in await page(node, path)


async def test_a_full_event_is_not_offered_and_says_no(node: WebNode) -> None:
    iri = event(node, maximumAttendeeCapacity=1)
    taken = ParticipationRow(
        event=iri, person=ZOE, activity="z", state=State.ACCEPTED, note="", asked_at=node.now, answered_at=node.now
    )
    node.database.write_now(lambda uow: uow.participations.put(taken))
    shown = await page(node, PATH)
    assert BUTTON not in shown
    assert "1 sur 1 place (c’est complet)" in shown
    got = await send(node, "/participer", iri=iri, geste="inscrire")
    assert got.headers["Location"].endswith("fait=impossible")
    assert "Cela n’a pas pu se faire" in await page(node, f"{PATH}?fait=impossible")
    assert standing(node, iri) is None


async def test_an_event_that_one_may_not_see_is_not_there(node: WebNode) -> None:
    iri = event(node, audience=Audience.COMMUNITY)
    for address in (iri, f"{node.url}/rencontres/jamaisvue", ""):
        assert (await send(node, "/participer", "ali", iri=address, geste="inscrire")).status == 404
    assert (await send(node, "/participer", iri=iri, geste="danser")).status == 400
    assert standing(node, iri, "ali") is None
    assert (await send(node, "/participer", iri=iri, geste="inscrire")).status == 303


async def test_no_form_acts_without_its_token_or_by_looking(node: WebNode) -> None:
    iri = event(node)
    note = node.plant("ressources/n", Audience.PUBLIC)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    known = {**headers, "Cookie": f"s={await node.session(person(node))}"}
    for sent in (headers, known):
        body = urlencode({"iri": iri, "geste": "inscrire"}).encode()
        assert (await node.ask("POST", "/participer", headers=sent, body=body)).status == 403
        body = urlencode({"iri": note, "texte": "Non"}).encode()
        assert (await node.ask("POST", "/repondre", headers=sent, body=body)).status == 403
    for path in ("/participer", "/repondre"):
        assert (await node.get(f"{path}?iri={quote(iri)}&geste=inscrire&texte=x", person=person(node))).status == 405
    assert standing(node, iri) is None
    assert node.database.read_now(lambda uow: uow.threads.has_answers(note)) is False


async def test_a_member_answers_and_is_told_who_reads_it(node: WebNode) -> None:
    note = node.plant("ressources/n", Audience.PUBLIC)
    text = await page(node, "/ressources/n", "ali")
    assert FORM in text
    assert "Tout le monde pourra lire votre réponse" in text
    assert FORM not in await page(node, "/ressources/n", "")
    got = await send(node, "/repondre", "ali", iri=note, texte="Oui.\r\n\r\nEt <b>vous</b>\u00a0?")
    assert (got.status, got.headers["Location"]) == (303, f"{node.url}/ressources/n?langue=fr&fait=repondre#conversations")
    text = await page(node, "/ressources/n?fait=repondre", "")
    assert "<p>Oui.</p><p>Et &lt;b&gt;vous&lt;/b&gt;&nbsp;?</p>" in text
    assert "Votre réponse est publiée" not in text
    assert "Votre réponse est publiée" in await page(node, "/ressources/n?fait=repondre", "ali")


async def test_what_is_for_the_community_is_answered_to_it_by_those_who_may(node: WebNode) -> None:
    note = node.plant("ressources/n", Audience.COMMUNITY)
    assert "Seules les personnes membres de Logement liront" in await page(node, "/ressources/n")
    assert (await send(node, "/repondre", "ali", iri=note, texte="Oui")).status == 404
    since, logement = node.now - timedelta(days=1), f"{node.url}/communautes/logement"
    node.database.write_now(lambda uow: uow.members.join(person(node, "ali"), logement, OBSERVER, since))
    assert FORM not in await page(node, "/ressources/n", "ali")
    assert (await send(node, "/repondre", "ali", iri=note, texte="Oui")).status == 403
    node.database.write_now(lambda uow: uow.members.join(person(node, "ali"), logement, MEMBER, since))
    assert (await send(node, "/repondre", "ali", iri=note, texte="Oui")).status == 303
    scope = Scope(actor=person(node), communities=frozenset({logement}))
    (turn,) = node.database.read_now(lambda uow: uow.threads.answers(note, scope=scope, audiences=tuple(Audience)))
    assert turn.thing.entry.audience is Audience.COMMUNITY


@pytest.mark.parametrize("words", ["", " \r\n ", "x" * 20_001])
async def test_an_answer_has_words_and_an_end(node: WebNode, words: str) -> None:
    note = node.database.write_now(lambda uow: plant(uow, node.house(), "ressources/n", Audience.PUBLIC))
    assert (await send(node, "/repondre", iri=note, texte=words)).status == 400
    assert node.database.read_now(lambda uow: uow.threads.has_answers(note)) is False


@pytest.mark.parametrize(
    ("words", "is_known", "status"), [("  ", True, 400), ("Mot à <mot>." * 2_000, True, 400), ("Là.", False, 403)]
)
async def test_what_was_written_in_a_form_that_is_refused_is_not_lost(
    node: WebNode, words: str, is_known: bool, status: int
) -> None:
    session = await node.session(person(node))
    headers = {"Content-Type": "application/x-www-form-urlencoded", **({"Cookie": f"s={session}"} if is_known else {})}
    fields = {"jeton": form_token(session), "iri": node.plant("/ressources/n1", Audience.PUBLIC), "texte": words}
    got = await node.ask("POST", "/repondre", headers=headers, body=urlencode(fields).encode())
    assert got.status == status
    assert ("Rien n’a été enregistré" if status == 400 else "Ceci n’est pas permis") in got.text
    assert ('<label for="ecrit">' in got.text) is bool(words.strip())
    assert html.escape(words.strip(), quote=False) in got.text
    assert "<mot>" not in got.text


async def test_the_address_of_a_hidden_event_pasted_into_the_calendar_finds_nothing(node: WebNode) -> None:
    hidden = event(node, audience=Audience.SELF, to=[])
    there = await send(node, "/agenda/ajouter", "ali", adresse=hidden)
    nowhere = await send(node, "/agenda/ajouter", "ali", adresse=f"{node.url}/rencontres/jamaisvu")
    assert there.status == nowhere.status == 422
    assert "rencontre" in nowhere.text
    assert "Collez l’adresse entière de la rencontre" in (await send(node, "/agenda/ajouter", "ali", adresse="")).text
    assert (await send(node, "/agenda/ajouter", "ali", adresse=event(node))).status == 303
