"""Versions and their form over HTTP: seen by whoever might have seen them then, changed by whoever may, nothing typed lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import quote, urlencode

import pytest_asyncio

from kit.rows import THERE
from kit.rows import put as put_row
from kit.web_node import Got, WebNode, plant, web_node
from node.domain.entries import Audience
from node.domain.rights import CURATION
from node.domain.visibility import PUBLIC_SCOPE
from node.storage.unit_of_work import UnitOfWork
from node.web.readers import form_token

HTML, PATH = "text/html", "/ressources/n1"
SECRET = "zanzibar"


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        yield made


def person(node: WebNode, name: str = "mireille") -> str:
    return f"{node.url}/personnes/{name}"


def write(node: WebNode, audience: Audience, **words: object) -> str:
    node.now += timedelta(minutes=20)
    said = {"name": "Titre", "content": "<p>Corps.</p>", **words}
    return node.database.write_now(lambda uow: plant(uow, node.house(), PATH[1:], audience, **said))


async def post(node: WebNode, path: str, who: str, **fields: str) -> Got:
    session = await node.session(person(node, who))
    body = urlencode({"jeton": form_token(session), **fields}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"s={session}"}
    return await node.ask("POST", path, headers=headers, body=body)


async def test_what_was_a_draft_shows_to_its_author_alone(node: WebNode) -> None:
    write(node, Audience.SELF, name=SECRET, content=f"<p>{SECRET}</p>")
    write(node, Audience.COMMUNITY, name="Entre nous")
    write(node, Audience.PUBLIC)
    pages = [f"{PATH}/versions{rest}" for rest in ("", "/1", "/2", "?de=1&a=3", "?avant=2")]
    for who, words in (("", ("Titre",)), ("ali", ("Titre",)), ("mireille", ("Titre", "Entre nous", SECRET))):
        shown = [await node.get(page, accept=HTML, person=person(node, who) if who else "") for page in pages]
        text = " ".join(got.text for got in shown)
        assert [word for word in ("Titre", "Entre nous", SECRET) if word in text] == list(words), who
        assert [got.status for got in shown] == ([200] * 5 if who == "mireille" else [200, 404, 404, 404, 200])


async def test_an_address_of_a_version_says_the_same_for_ever(node: WebNode) -> None:
    write(node, Audience.PUBLIC, name="Avant")
    first = await node.get(f"{PATH}/versions/1", accept=HTML)
    assert "celle d’aujourd’hui" in first.text
    write(node, Audience.PUBLIC, name="Après")
    again = await node.get(f"{PATH}/versions/1", accept=HTML)
    assert "<h1>Avant</h1>" in again.text
    assert 'content="noindex"' in again.text
    assert f"{node.url}{PATH}/versions/1" in again.text
    for missing in ("/versions/3", "/versions/0", f"/versions/{'9' * 5000}", "/versions/x"):
        assert (await node.get(f"{PATH}{missing}", accept=HTML)).status == 404


async def test_what_changed_elsewhere_is_shown_too(node: WebNode) -> None:
    iri = f"{THERE}/1"

    def both(uow: UnitOfWork) -> None:
        put_row(uow, iri, "Avant", content="<p>Un mot.</p>")
        put_row(uow, iri, "Après", content="<p>Un autre mot.</p>", changeNote="Mieux dit")

    node.database.write_now(both)
    there = f"/ailleurs/versions?iri={quote(iri, safe='')}"
    history = await node.get(there, accept=HTML)
    assert "Mieux dit" in history.text
    assert "Version 2" in history.text
    changed = await node.get(f"{there}&de=1&a=2", accept=HTML)
    assert "autre" in changed.text[changed.text.index("<ins>") :]
    assert "<h1>Avant</h1>" in (await node.get(f"{there}&n=1", accept=HTML)).text
    assert (await node.get(f"{there}&n=3", accept=HTML)).status == 404
    page = await node.get(f"/ailleurs/ressource?iri={quote(iri, safe='')}", accept=HTML)
    assert "/ailleurs/versions?iri=" in page.text


async def test_the_form_is_there_for_those_who_may_change_it(node: WebNode) -> None:
    write(node, Audience.PUBLIC)
    assert (await node.get(f"{PATH}/modifier", accept=HTML)).status == 303
    assert (await node.get(f"{PATH}/modifier", accept=HTML, person=person(node, "ali"))).status == 404
    assert (await node.get(f"{PATH}/modifier", accept=HTML, person=person(node))).status == 200
    assert (await post(node, f"{PATH}/modifier", "ali", champs="titre", titre="Pris", version="1")).status >= 400
    assert (await node.ask("POST", f"{PATH}/modifier", body=b"titre=x")).status == 403
    kept = node.database.read_now(lambda uow: uow.things.get(f"{node.url}{PATH}", PUBLIC_SCOPE))
    assert kept is not None
    assert kept.entry.name == "Titre"


async def test_what_cannot_be_saved_comes_back_whole(node: WebNode) -> None:
    write(node, Audience.PUBLIC)
    form = {"champs": "titre texte relire voisins", "version": "1", "titre": "Un titre neuf", "texte": "Des mots à moi."}
    for wrong, told in (
        ({"relire": "un de ces jours"}, "Écrivez une date"),
        ({"titre": ""}, "Donnez un titre"),
        ({"voisins": "Une note que personne ne connaît"}, "Une de ces notes"),
        ({"titre": "x" * 600}, "raccourcissez"),
    ):
        got = await post(node, f"{PATH}/modifier", "mireille", **{**form, **wrong})
        assert got.status == 422, wrong
        assert told in got.text
        assert "Des mots à moi." in got.text
    saved = await post(node, f"{PATH}/modifier", "mireille", **form)
    assert saved.status == 303
    public = await node.get(PATH, accept=HTML)
    assert "<h1>Un titre neuf</h1>" in public.text


async def test_a_curator_brings_a_version_back_and_others_do_not(node: WebNode) -> None:
    write(node, Audience.PUBLIC, name="Avant")
    write(node, Audience.PUBLIC, name="Après")
    assert (await post(node, f"{PATH}/versions/1", "ali")).status == 403
    community, ali = f"{node.url}/communautes/logement", person(node, "ali")
    node.database.write_now(lambda uow: uow.members.join(ali, community, CURATION, node.now - timedelta(days=1)))
    assert (await post(node, f"{PATH}/versions/1", "ali", raison="Plus juste")).status == 303
    history = await node.get(f"{PATH}/versions", accept=HTML)
    assert "Version 1 rétablie. Plus juste" in history.text
    assert "<h1>Avant</h1>" in (await node.get(PATH, accept=HTML)).text


async def test_reading_is_noted_when_somebody_says_so_and_never_by_looking(node: WebNode) -> None:
    iri = write(node, Audience.PUBLIC, name="Avant")
    await node.get(PATH, accept=HTML, person=person(node, "ali"))
    assert node.database.read_now(lambda uow: uow.versions.visited(person(node, "ali"), iri)) is None
    assert (await post(node, "/lu", "ali", iri=iri)).status == 303
    write(node, Audience.PUBLIC, name="Après")
    page = await node.get(PATH, accept=HTML, person=person(node, "ali"))
    assert "Depuis votre dernière visite" in page.text
    assert "Depuis votre dernière visite" not in (await node.get(PATH, accept=HTML, person=person(node))).text
    assert (await post(node, "/lu", "ali", iri=f"{node.url}/ressources/absente")).status == 404


async def test_a_reader_of_another_language_hears_what_changed_in_its_own(node: WebNode) -> None:
    for words in ("Avant", "Après"):
        write(node, Audience.PUBLIC, name={"@value": words, "@language": "fr"})
    assert 'class="diff" lang=' not in (await node.get(f"{PATH}/versions?de=1&a=2", accept=HTML)).text
    english = (await node.get(f"{PATH}/versions?de=1&a=2&langue=en", accept=HTML)).text
    assert 'class="diff" lang="fr"' in english
    assert '<ins><span class="unseen" lang="en">[added] </span>' in english
