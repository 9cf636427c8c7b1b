"""US-01: a member opens the page of their community and finds six answers; with six people and a quiet time it helps, too."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import orjson
import pytest_asyncio
from playwright.async_api import Page

from kit.browsing import DESK, PHONE, Walk
from kit.nodes import key_pair
from kit.ways import D_EN, DJ_EN, P_EN, P_FR, PJ_FR, turn
from node.actions.add_community import add_community
from node.actions.add_member import admit
from node.contracts import House
from node.domain.entries import Audience, Entry
from node.storage.shelves.members import MemberRow
from node.storage.shelves.threads import ThreadRow
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.things.article import Article
from vocab.things.help_request import HelpRequest
from vocab.things.meeting import Meeting
from vocab.things.virtual_location import VirtualLocation
from vocab.values import Ref, Text

HABITATION = "/communautes/habitation"
QUESTIONS = ("Prochaine rencontre", "La dernière fois", "Qui demande de l’aide", "Quoi de neuf", "Nos outils", "Qui contacter")


def put(uow: UnitOfWork, house: House, walk: Walk, thing: Meeting | HelpRequest, author: str) -> None:
    """Something of the community, for its members."""
    assert thing.name is not None
    kind = type(thing).__name__
    entry = Entry(
        iri=thing.id, type="Event" if kind == "Meeting" else "Note", kind=kind, audience=Audience.COMMUNITY, author=author,
        community=walk.community, is_local=True, name=thing.name.primary, language="fr", published_at=house.now,
        updated_at=house.now, stored_at=house.now,
    )  # fmt: skip
    uow.things.put(entry, orjson.dumps(jsonld.write(thing)))
    uow.threads.put(ThreadRow(thing=thing.id, parent="", context=f"{thing.id}/fil", at=house.now))
    uow.holdings.add(walk.community, thing.id, "own", house.now)


@pytest_asyncio.fixture(scope="module", loop_scope="session", autouse=True)
async def life(walk: Walk) -> None:
    """A meeting that was, one to come, somebody who asks for help, somebody who can."""

    def deed(uow: UnitOfWork, house: House) -> None:
        room = Ref("", VirtualLocation(name=Text.of("Salle", "fr"), url=(Ref("https://salle.example/habitation"),)))
        for slug, name, days in (("derniere", "Rencontre de l’automne", -20), ("prochaine", "Apprivoiser le bail", 9)):
            start = house.now + timedelta(days=days)
            said = Meeting(
                id=f"{house.url}/rencontres/{slug}",
                name=Text.of(name, "fr"),
                attributed_to=(Ref(walk.people["animation"]),),
                start_time=start,
                end_time=start + timedelta(hours=2),
                join_mode="free",
                highlight=(Text.of("Trois villes partagent leur grille.", "fr"),) if days < 0 else (),
                location=(room,) if days > 0 else (),
            )
            put(uow, house, walk, said, walk.people["animation"])
        asked = HelpRequest(
            id=f"{house.url}/echanges/neige",
            name=Text.of("Qui a déjà fait déneiger une ruelle ?", "fr"),
            content=Text.of("<p>On cherche une entente.</p>", "fr"),
            attributed_to=(Ref(walk.people["curation"]),),
            request_state=Ref("https://w3id.org/cdp/etats-de-demande/ouverte"),
        )
        put(uow, house, walk, asked, walk.people["curation"])
        known = uow.members.get(walk.people["animation"])
        assert known is not None
        uow.members.add(MemberRow(iri=known.iri, email=known.email, name=known.name, helps="les baux"))
        quiet(uow, house, walk)

    await asyncio.to_thread(walk.node.do, deed)


async def words(page: Page) -> str:
    return (await page.inner_text("main")).replace("\u00a0", " ")


async def test_six_questions_are_answered_on_a_phone_without_scripts(walk: Walk) -> None:
    async with walk.person("membre") as page:
        await turn(page, P_FR)
        await page.goto(HABITATION)
        said = await words(page)
        for expected in (
            *QUESTIONS, "Apprivoiser le bail", "Trois villes partagent leur grille.", "Qui a déjà fait déneiger une ruelle ?",
            "pas encore de réponse", "Aller de porte en porte", "Mireille Côté", "les baux", "Les 4 membres et leurs rôles",
        ):  # fmt: skip
            assert expected in said
        assert await page.get_attribute("text=Rejoindre en ligne", "href") == "https://salle.example/habitation"
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE
        await page.click("text=J’y serai")
        assert "Apprivoiser le bail" in await page.inner_text("h1")
        await page.goto("/")
        said = await words(page)
        assert "Bonjour, Chantal" in said
        for expected in (
            "Ce qui vous concerne",
            "On demande de l’aide",
            "Vos prochaines dates",
            "Apprivoiser le bail",
            "Tout voir",
        ):
            assert expected in said
        await page.click("text=Qui a déjà fait déneiger une ruelle")
        assert "déneiger" in await page.inner_text("h1")
        for way in (PJ_FR, P_EN, D_EN, DJ_EN):
            await turn(page, way)
            await page.goto(HABITATION)
            titles = " ".join(await page.locator("main h2").all_inner_texts())
            assert way.says("La dernière fois") in titles
            assert way.says("Nos outils") in titles
            assert await page.evaluate("document.documentElement.scrollWidth") <= way.width
            await page.click("main >> text=Apprivoiser le bail")
            assert way.says("Je n’y serai pas") in await words(page)


async def test_a_visitor_sees_nothing_of_what_is_for_members(walk: Walk) -> None:
    async with walk.person("", scripts=False) as page:
        for address in (HABITATION, "/"):
            await page.goto(address)
            said = await words(page)
            assert "Aller de porte en porte" in said
            for hidden in ("Apprivoiser le bail", "déneiger", "salle.example", "4 membres", "les baux"):
                assert hidden not in await page.content()
        await page.goto("/communautes/nue")  # a name is enough
        said = await words(page)
        assert all(question in said for question in QUESTIONS)
        assert "Le répertoire attend sa première note" in said


async def test_six_people_and_a_quiet_time_make_a_page_that_helps(walk: Walk) -> None:
    async with walk.person("animation", width=DESK, scripts=False) as page:
        await page.goto("/communautes/table")
        said = await words(page)
        assert "Aucune date n’est fixée." in said
        assert "C’est calme depuis" in said
        assert "Le pain partagé" in said
        assert (await page.get_attribute("text=Proposer une date", "href") or "").endswith("communaute=table")
        assert await page.locator("a:has-text('Proposer un sujet')").count() == 1
        assert len((await page.content()).encode()) < 100_000
        await walk.shot(page, "gare-calme")


def quiet(uow: UnitOfWork, house: House, walk: Walk) -> None:
    """A community in which nothing happened for three months, and one of which only the name is known."""
    add_community(uow, house, "Nue", keys=key_pair(19))
    table = add_community(uow, house, "Table", keys=key_pair(20)).iri
    admit(uow, house, walk.people["animation"], table, role_name="animation")
    long_ago = house.now - timedelta(days=90)
    iri = f"{house.url}/ressources/pain"
    said = Article(id=iri, name=Text.of("Le pain partagé", "fr"), content=Text.of("<p>Chaque mardi.</p>", "fr"))
    entry = Entry(
        iri=iri, type="Article", kind="PracticeNote", audience=Audience.PUBLIC, community=table, is_local=True, language="fr",
        name="Le pain partagé", published_at=long_ago, stored_at=long_ago,
    )  # fmt: skip
    uow.things.put(entry, orjson.dumps(jsonld.write(said)))
    uow.holdings.add(table, iri, "own", long_ago)


async def test_the_page_is_sound_in_both_languages_and_for_the_keyboard(walk: Walk) -> None:
    for language, width, dark in (("fr", DESK, False), ("en", PHONE, True)):
        async with walk.person("membre", width=width, language=language, dark=dark) as page:
            for address, name in ((HABITATION, "gare"), ("/", "accueil")):
                await page.goto(address)
                assert await walk.axe(page) == []
                await walk.shot(page, f"{name}-{language}-{width}")
            assert ("What concerns you" in await words(page)) is (language == "en")
