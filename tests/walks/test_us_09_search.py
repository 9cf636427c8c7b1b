"""US-09: a member types their need in their own words and finds the right thing, and the person to ask."""

from __future__ import annotations

import asyncio

import pytest_asyncio
from playwright.async_api import Page, expect

from kit.browsing import DESK, PHONE, Walk
from kit.ways import D_EN, D_FR, DJ_FR, P_EN, PJ_EN, turn


@pytest_asyncio.fixture(scope="module", loop_scope="session", autouse=True)
async def shelf(walk: Walk) -> None:
    """Three notes: one that is looked for, one that has some of its words, one of another language."""
    for name in ("Exemples de règlements municipaux sur le logement", "Le logement étudiant", "Welcoming new tenants"):
        await asyncio.to_thread(walk.node.note, name)


async def words(page: Page) -> str:
    return (await page.inner_text("main")).replace("\u00a0", " ")


async def first(page: Page) -> str:
    return await page.inner_text(".cards h3 >> nth=0")


async def test_as_one_speaks_without_accents_with_slips_on_a_phone_without_scripts(walk: Walk) -> None:
    async with walk.person("membre", width=PHONE, scripts=False) as page:
        await page.goto("/recherche")
        await page.fill("#q", "exemples reglement logement OBNL")
        await page.click("form.large button")
        said = await words(page)
        assert "règlements municipaux" in await first(page)
        assert "Rien ne contient tous ces mots." in said
        assert "Trouvé dans le titre : exemples, reglement, logement" in said
        assert "Mireille Côté – a écrit là-dessus" in said
        for typed in ("RÈGLEMENT", "règlements.es", "logements municipal"):
            await page.goto(f"/recherche?q={typed}")
            assert "règlements municipaux" in await first(page)
        await page.goto("/recherche?q=reglment")
        said = await words(page)
        assert "Rien ne répond à « reglment »." in said
        assert "Voici ce que donne « règlements »." in said
        await page.click("text=Chercher tout de même les mots tels quels")
        assert "Rien ne répond à cette recherche." in await words(page)
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE


async def test_facets_narrow_and_let_go_and_people_are_found(walk: Walk) -> None:
    async with walk.person("membre") as page:
        await turn(page, D_FR)
        await page.goto("/recherche?q=logement")
        await page.click("summary:has-text('Préciser')") if not await page.is_visible("text=Fraîcheur") else None
        for title in ("Type", "Communauté", "Origine", "Fraîcheur", "Licence", "Langue"):
            assert await page.locator(f".facets h2:has-text('{title}')").count() == 1, title
        await page.click(".facets a:has-text('Depuis une semaine')")
        assert await page.locator(".chips a:has-text('Depuis une semaine')").count() == 1
        await page.click(".chips a:has-text('Depuis une semaine')")
        assert "2 résultats" in await words(page)
        await page.goto("/recherche?q=mireille")
        assert "Mireille Côté" in await page.inner_text(".who")
        assert "Rien ne répond" not in await words(page), "somebody who is found is no nothing"
        await page.goto("/recherche?q=habitation")
        assert "Habitation" in await page.inner_text(".who")
        for way in (DJ_FR, D_EN, P_EN, PJ_EN):
            await turn(page, way)
            await page.goto("/recherche")
            await page.fill("#q", "reglement logement OBNL")
            await page.click("form.large button")
            assert way.says("Rien ne contient tous ces mots. Voici ce qui en contient le plus.") in await words(page)
            await page.click(".cards h3 a >> nth=0")
            assert "règlements municipaux" in await page.inner_text("h1")


async def test_nothing_found_leads_on_and_a_search_is_kept(walk: Walk) -> None:
    async with walk.person("membre", scripts=False) as page:
        await page.goto("/recherche?q=zeppelin&portee=noeud")
        said = await words(page)
        assert "Rien ne répond à cette recherche." in said
        await page.click("text=Poser la question à ma communauté")
        assert await page.input_value("[name=texte]") == "zeppelin"
        assert await page.is_checked("[name=question]")
        await page.goto("/recherche?q=zeppelin&portee=noeud")
        await page.click("text=M’abonner à cette recherche")
        assert "Mes recherches" in await words(page)
        await page.goto("/")
        assert "Du nouveau dans vos recherches" not in await words(page)
        await asyncio.to_thread(walk.node.note, "Un zeppelin pour déménager")
        await page.goto("/")
        assert "Du nouveau dans vos recherches" in await words(page)
        await page.click("button:has-text('1 nouveauté')")
        assert "Un zeppelin pour déménager" in await first(page)
        await page.goto("/")
        assert "Du nouveau dans vos recherches" not in await words(page)
        await page.goto("/recherche")
        await page.click("button:has-text('Ne plus suivre')")
        assert "Mes recherches" not in await words(page)


async def test_suggestions_come_while_one_types_and_the_arrows_walk_through_them(walk: Walk) -> None:
    async with walk.person("", width=DESK, language="en") as page:
        await page.goto("/recherche")
        assert await walk.axe(page) == []
        await page.focus("#q")
        await page.keyboard.type("regl")
        await expect(page.locator("[role=option]")).to_have_count(1)
        assert await walk.axe(page) == []
        await walk.shot(page, "recherche-suggestions")
        await page.keyboard.press("Escape")
        await expect(page.locator("[role=option]:visible")).to_have_count(0)
        await page.keyboard.type("ements")
        await expect(page.locator("[role=option]:visible")).to_have_count(1)
        await page.keyboard.press("ArrowDown")
        assert await page.get_attribute("#q", "aria-activedescendant") == "q-suggestion-0"
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/ressources/**")


async def test_the_box_above_every_page_suggests_too(walk: Walk) -> None:
    async with walk.person("", width=DESK, language="en") as page:
        await page.goto("/communautes/habitation")
        await page.focus("#q-haut")
        await page.wait_for_selector("#q-haut[role=combobox]")
        await page.keyboard.type("etud")
        await expect(page.locator("[role=option]:visible")).to_have_count(1)
        assert await walk.axe(page) == []
        await walk.shot(page, "recherche-en-haut")
        await page.keyboard.press("ArrowDown")
        assert await page.get_attribute("#q-haut", "aria-activedescendant") == "q-haut-suggestion-0"
        await page.keyboard.press("Enter")
        await expect(page.locator("h1")).to_contain_text("étudiant")
        await page.goto("/recherche?q=tenants")
        assert "Found in the title: tenants" in await words(page)
        await walk.shot(page, "recherche-en")
    async with walk.person("membre", width=PHONE, dark=True) as page:
        for address, name in (
            ("/recherche?q=logement", "trouve"),
            ("/recherche?q=zzzz", "rien"),
            ("/recherche?q=reglment", "presque"),
        ):
            await page.goto(address)
            assert await walk.axe(page) == []
            await walk.shot(page, f"recherche-{name}")
