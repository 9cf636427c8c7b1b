"""US-18: rules that are read: written by those who animate, agreed to by each, shown when a meeting opens."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from kit.browsing import DESK, PHONE, Walk

RULES = "/communautes/habitation/regles"


@pytest.mark.parametrize(("width", "scripts"), [(PHONE, True), (DESK, False)])
async def test_rules_are_written_and_agreed_to(walk: Walk, width: int, *, scripts: bool) -> None:
    words = f"On commence à l’heure ({width})."
    async with walk.person("animation", width=width, scripts=scripts) as page:
        await write(walk, page, words, scripts=scripts)
    async with walk.person("membre", width=width, scripts=scripts) as page:
        await page.goto("/avis")
        await page.click("text=a changé les règles >> nth=0")
        assert words in await page.inner_text(".rules")
        await walk.shot(page, f"regles-membre-{width}")
        await page.click("text=Je les ai lues, et je les suivrai")
        assert "Vous avez dit oui" in await page.inner_text("main")
        answer = await page.goto(f"{RULES}/modifier")
        assert answer is not None
        assert answer.status == 404
        await page.goto("/avis")
        assert "a changé les règles" not in await page.inner_text("section[aria-labelledby=nouveau]")
    async with walk.person("", width=width, scripts=scripts) as page:
        await page.goto(f"{RULES}/ouverture")
        assert words in await page.inner_text(".carton")
        await walk.shot(page, f"ouverture-{width}")
        assert not scripts or await walk.axe(page) == []
        await page.goto(f"{RULES}/modifier")
        assert "/entrer" in page.url


async def write(walk: Walk, page: Page, words: str, *, scripts: bool) -> None:
    await page.goto(RULES)
    await walk.shot(page, "regles-depart")
    await page.click("main p.deeds a:nth-of-type(2)")
    assert not scripts or await walk.axe(page) == []
    await page.fill("#champ-texte", f"## Parole\n\n{words}")
    await page.check("#champ-promesse-2")
    await walk.shot(page, "regles-form")
    await page.click("text=Mettre en vigueur")
    assert words in await page.inner_text(".rules")
    assert "Règle de Chatham House" in await page.inner_text(".promise")
    assert "Chantal Roy" in await page.inner_text("main")
    assert not scripts or await walk.axe(page) == []
    await walk.shot(page, "regles-animation")


async def test_two_who_write_at_the_same_time_lose_nothing(walk: Walk) -> None:
    async with walk.person("animation", language="en") as one, walk.person("animation", language="en") as other:
        for page in (one, other):
            await page.goto(f"{RULES}/modifier?langue=en")
        await one.fill("#champ-texte", "The first rules.")
        await one.click("text=Put in force")
        await other.fill("#champ-texte", "The second rules.")
        await other.click("text=Put in force")
        assert "Somebody else has just changed the rules" in await other.inner_text("#a-corriger")
        assert await other.input_value("#champ-texte") == "The second rules."
        assert "The first rules." in await other.inner_text("main pre")
        assert await walk.axe(other) == []
        await other.click("text=Put in force")
        assert "The second rules." in await other.inner_text(".rules")
