"""US-21: each reads in their language, and a node speaks the words of its people and wears its colour."""

from __future__ import annotations

import pytest

from kit.browsing import DESK, PHONE, Walk
from kit.ways import D_EN, D_FR, DJ_EN, P_EN, PJ_EN, turn


@pytest.mark.parametrize(("width", "scripts"), [(PHONE, False), (DESK, True)])
async def test_who_looks_after_the_node_says_it_otherwise(walk: Walk, width: int, *, scripts: bool) -> None:
    async with walk.person("admin", width=width, scripts=scripts) as page:
        await page.goto("/noeud/textes")
        await page.fill("#q", "REPERTOIRE")
        await page.click("form.form button:text('Chercher')")
        form = page.locator("form.phrase").first
        assert await form.locator("textarea").input_value() == "Répertoire", "the shortest comes first"
        await form.locator("textarea").fill("Bibliothèque")
        await form.locator("button").first.click()
        assert "C’est enregistré" in await page.inner_text("main")
        assert "Bibliothèque" in await page.inner_text("nav.menu")
        await page.goto("/noeud/textes")
        await walk.shot(page, f"mots-{width}")
        await page.click("text=Reprendre les mots d’origine")
        assert "Bibliothèque" not in await page.inner_text("nav.menu")


async def test_a_colour_is_chosen_and_worn_by_day_and_by_night(walk: Walk) -> None:
    link = "getComputedStyle(document.querySelector('main a')).color"
    async with walk.person("admin") as page, walk.person(dark=True, width=PHONE) as visitor:
        await page.goto("/noeud/apparence")
        await page.keyboard.press("Tab")
        await page.check("#couleur-lac")
        async with page.expect_navigation():
            await page.click("text=Enregistrer")
        assert await page.is_checked("#couleur-lac")
        assert await page.evaluate(link) == "rgb(26, 79, 134)"
        await visitor.goto("/accessibilite")
        assert await visitor.evaluate(link.replace("main a", ".foot a")) == "rgb(143, 193, 242)"
        assert await walk.axe(visitor) == []
        await page.check("#couleur-sapin")
        async with page.expect_navigation():
            await page.click("text=Enregistrer")


async def test_an_english_reader_finds_french_marked_as_french(walk: Walk) -> None:
    async with walk.person(language="en") as page:
        await turn(page, P_EN)
        await page.goto("/communautes/habitation/repertoire")
        assert await page.get_attribute("html", "lang") == "en-CA"
        title = page.locator(".card a", has_text="Aller de porte en porte")
        assert await title.get_attribute("lang") == "fr"
        await page.click("footer >> text=Français")
        assert await page.get_attribute("html", "lang") == "fr-CA"
        assert await page.locator(".card a", has_text="Aller de porte en porte").get_attribute("lang") is None
        for way in (DJ_EN, PJ_EN, D_EN, D_FR):
            await turn(page, way)
            await page.goto("/communautes/habitation/repertoire")
            assert await page.get_attribute("html", "lang") == f"{way.language}-CA"
            title = page.locator(".card a", has_text="Aller de porte en porte")
            assert await title.get_attribute("lang") == ("fr" if way.language == "en" else None)
            assert way.says("Agenda") in await page.inner_text("nav.menu")
