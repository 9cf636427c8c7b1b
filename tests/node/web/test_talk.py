"""The conversation on the page of a thing: gaps are marked, other exchanges listed where one may read them, none else counted."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio

from kit.rows import later
from kit.web_node import WebNode, plant, web_node
from node.domain.entries import Audience, Entry
from node.domain.rights import MEMBER
from node.storage.declining import HEARD
from node.storage.shelves.threads import ThreadRow
from node.storage.unit_of_work import UnitOfWork
from vocab.namespaces import AS_CONTEXT, PUBLIC

HTML = "text/html"
NOTE = "ressources/n"
FAR = "https://ailleurs.example"


@pytest_asyncio.fixture
async def node() -> AsyncIterator[WebNode]:
    async with web_node() as made:
        made.plant(NOTE, Audience.PUBLIC)
        made.database.write_now(lambda uow: uow.threads.put(place(made, f"{made.url}/{NOTE}", "", 0)))
        yield made


def place(node: WebNode, iri: str, parent: str, seconds: int, context: str = "") -> ThreadRow:
    return ThreadRow(thing=iri, parent=parent, context=context or f"{node.url}/conversations/n", at=later(seconds))


def say(uow: UnitOfWork, iri: str, words: str, *, community: str = "", audience: Audience = Audience.PUBLIC, **more: Any) -> None:
    said = {"@context": AS_CONTEXT, "id": iri, "type": "Note", "name": words, "content": words, "to": [PUBLIC], **more}
    entry = Entry(
        iri=iri, type="Note", kind="Note", audience=audience, author=f"{FAR}/personnes/v", community=community, name=words
    )  # fmt: skip
    uow.things.put(entry, json.dumps(said).encode())


async def page(node: WebNode, person: str = "", path: str = f"/{NOTE}") -> str:
    got = await node.get(path, accept=HTML, person=f"{node.url}/personnes/{person}" if person else "")
    assert got.status == 200
    return got.text


async def test_what_is_for_some_is_shared_further_by_its_author_alone(node: WebNode) -> None:
    author, ali, other = f"{node.url}/personnes/mireille", f"{node.url}/personnes/ali", f"{node.url}/communautes/voisine"
    further = "ressources/m/visibilite"

    def furnish(uow: UnitOfWork) -> None:
        uow.members.join(author, other, MEMBER, node.now)
        uow.members.join(ali, f"{node.url}/communautes/logement", MEMBER, node.now)
        plant(uow, node.house(), "ressources/m", Audience.COMMUNITY)
        plant(uow, node.house(), "ressources/c", Audience.CHOSEN, readers=frozenset({other}))

    node.database.write_now(furnish)
    assert further in (await page(node, "mireille", "/ressources/m")).partition('id="conversations"')[2]
    assert further not in (await page(node, "ali", "/ressources/m")).partition('id="conversations"')[2]
    assert "Aussi partagé dans" in await page(node, "ali", "/ressources/c")


async def test_what_answers_something_that_is_missing_is_shown_with_the_gap(node: WebNode) -> None:
    def answer(uow: UnitOfWork) -> None:
        say(uow, f"{FAR}/e/1", "Premier mot")
        say(uow, f"{FAR}/e/3", "Troisième mot")
        uow.threads.put(place(node, f"{FAR}/e/1", f"{node.url}/{NOTE}", 1))
        uow.threads.put(place(node, f"{FAR}/e/3", f"{FAR}/e/2", 3))

    node.database.write_now(answer)
    shown = await page(node)
    assert "Premier mot" in shown
    assert "Troisième mot" in shown
    assert shown.count("il manque quelque chose ici") == 1

    def arrive(uow: UnitOfWork) -> None:
        say(uow, f"{FAR}/e/2", "Deuxième mot")
        uow.threads.put(place(node, f"{FAR}/e/2", f"{FAR}/e/1", 2))

    node.database.write_now(arrive)
    assert "il manque quelque chose ici" not in await page(node)


async def test_long_answers_do_not_make_the_page_long(node: WebNode) -> None:
    def answer(uow: UnitOfWork) -> None:
        for number in range(20):
            say(uow, f"{FAR}/e/{number}", f"Mot {number} " + "bla " * 5_000, name="")
            uow.threads.put(place(node, f"{FAR}/e/{number}", f"{node.url}/{NOTE}", number))
        say(uow, f"{FAR}/e/court", "Un mot court " + "bla " * 500, name="")
        uow.threads.put(place(node, f"{FAR}/e/court", f"{node.url}/{NOTE}", 99))

    node.database.write_now(answer)
    shown = await page(node)
    assert shown.count("bla") < 25_000
    assert all(f"<p>Mot {number} bla" in shown for number in range(5, 20)), "the beginning of each"
    assert shown.partition("Un mot court")[2].count("bla") == 500


async def test_an_answer_is_behind_its_warning_and_its_files_go_along_however_they_are_written(node: WebNode) -> None:
    link = {"type": "Link", "href": f"{FAR}/deux.png", "mediaType": "image/png"}
    files = [
        {"type": "Document", "name": "Une affiche", "mediaType": "image/png", "url": f"{FAR}/un.png"},  # Mastodon
        {"type": "Document", "summary": "Un plan", "mediaType": "image/png", "url": [link]},  # Pleroma
        {"type": "Link", "href": f"{FAR}/trois"},  # Lemmy
        {"type": "Document", "name": "Piège", "url": "javascript:alert(1)"},
    ]

    def answer(uow: UnitOfWork) -> None:
        say(uow, f"{FAR}/e/4", "Deux *mots*\n\n- un", mediaType="text/markdown")  # PeerTube
        uow.threads.put(place(node, f"{FAR}/e/4", f"{node.url}/{NOTE}", 2))
        choice = {"type": "Note", "name": "Lundi", "replies": {"type": "Collection", "totalItems": 2}}
        say(uow, f"{FAR}/e/5", "Quand ?", type="Question", oneOf=[choice])
        uow.threads.put(place(node, f"{FAR}/e/5", f"{node.url}/{NOTE}", 3))
        say(uow, f"{FAR}/e/1", "Le mot", summary="Attention : éviction", attachment=files)
        uow.threads.put(place(node, f"{FAR}/e/1", f"{node.url}/{NOTE}", 1))

    node.database.write_now(answer)
    shown = (await page(node)).partition("<summary>Attention : éviction</summary>")[2].partition("</details>")[0]
    assert [
        words for words in ("Le mot", "Une affiche", "Un plan", f"{FAR}/deux.png", f"{FAR}/trois") if words not in shown
    ] == []
    assert "Piège" not in shown
    assert "<li>un</li>" in await page(node)
    assert "Lundi (2 voix)" in await page(node)


async def test_exchanges_about_it_are_listed_for_those_who_may_read_them(node: WebNode) -> None:
    here, theirs = f"{node.url}/communautes/logement", f"{node.url}/communautes/voisine"

    def talk(uow: UnitOfWork) -> None:
        for number, (community, audience, words) in enumerate(
            (
                (here, Audience.COMMUNITY, "Entre nous"),
                (theirs, Audience.COMMUNITY, "Entre eux"),
                (f"{FAR}/communautes/amie", Audience.PUBLIC, "Ailleurs"),
            )
        ):
            iri = f"{FAR}/t/{number}"
            say(uow, iri, words, community=community, audience=audience)
            uow.threads.put(place(node, iri, "", number, context=f"{FAR}/conversations/{number}"))
            uow.discussions.put(iri, [f"{node.url}/{NOTE}"])

    node.database.write_now(talk)
    for person, seen, unseen in (
        ("mireille", {"Entre nous", "Ailleurs"}, {"Entre eux"}),
        ("", {"Ailleurs"}, {"Entre nous", "Entre eux"}),
    ):
        shown = await page(node, person)
        assert all(words in shown for words in seen), person
        assert not any(words in shown for words in unseen), person
    listed = await page(node, "mireille", "/communautes/logement/echanges")
    assert "Entre nous" in listed
    assert "Entre eux" not in listed


async def test_what_was_not_taken_elsewhere_says_so_in_its_place_to_its_author_alone(node: WebNode) -> None:
    author, there = f"{node.url}/personnes/mireille", f"{FAR}/communautes/amie"
    iri = f"{node.url}/ressources/r"

    def refused(uow: UnitOfWork) -> None:
        uow.members.join(f"{node.url}/personnes/ali", f"{node.url}/communautes/logement", MEMBER, node.now)
        said = {"@context": AS_CONTEXT, "id": iri, "type": "Note", "content": "Oui.", "inReplyTo": f"{node.url}/{NOTE}"}
        entry = Entry(iri=iri, type="Note", kind="Note", audience=Audience.PUBLIC, author=author, is_local=True)
        uow.things.put(entry, json.dumps(said | {"attributedTo": author}).encode())
        uow.threads.put(place(node, iri, f"{node.url}/{NOTE}", 1))
        kept = {"by": there, "words": {"fr": "Une pause."}, "is_final": True, "at": node.now.isoformat()}
        uow.state.set(f"{HEARD}{iri}", json.dumps(kept))

    node.database.write_now(refused)
    shown = (await page(node, "mireille")).partition("Oui.")[2]
    for words in ("n’a pas été prise, chez ", "Une pause.", "On ne le lit qu’ici.", 'href="/ressources/r/modifier"'):
        assert words in shown.partition("</article>")[0]
    for person in ("ali", ""):
        shown = await page(node, person)
        assert "Oui." in shown
        assert not [words for words in ("Une pause.", "n’a pas été prise") if words in shown]
