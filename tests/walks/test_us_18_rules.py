"""US-18: rules that are read: written by those who animate, agreed to by each, shown when a meeting opens."""

from __future__ import annotations

from playwright.async_api import Page

from kit.browsing import PHONE, Walk
from kit.ways import D_EN, P_EN, P_FR, PJ_EN, Way, turn

RULES = "/communautes/habitation/regles"


async def test_rules_are_written_and_agreed_to(walk: Walk) -> None:
    words = "On commence à l’heure."
    async with walk.person("animation", width=PHONE) as page:
        await write(walk, page, words)
    async with walk.person("membre", scripts=False) as page:
        await page.goto("/avis")
        await page.click("text=a changé les règles >> nth=0")
        assert words in await page.inner_text(".rules")
        await walk.shot(page, "regles-membre")
        await page.click("text=Je les ai lues, et je les suivrai")
        assert "Vous avez dit oui" in await page.inner_text("main")
        answer = await page.goto(f"{RULES}/modifier")
        assert answer is not None
        assert answer.status == 404
        await page.goto("/avis")
        assert "a changé les règles" not in await page.inner_text("section[aria-labelledby=nouveau]")
    async with walk.person() as page:
        await page.goto(f"{RULES}/ouverture")
        assert words in await page.inner_text(".carton")
        await walk.shot(page, "ouverture")
        assert await walk.axe(page) == []
        await page.goto(f"{RULES}/modifier")
        assert "/entrer" in page.url


async def write(walk: Walk, page: Page, words: str) -> None:
    await page.goto(RULES)
    await walk.shot(page, "regles-depart")
    await page.click("main p.deeds a:nth-of-type(2)")
    assert await walk.axe(page) == []
    await page.fill("#champ-texte", f"## Parole\n\n{words}")
    await page.check("#champ-promesse-2")
    await walk.shot(page, "regles-form")
    await page.click("text=Mettre en vigueur")
    assert words in await page.inner_text(".rules")
    assert "Règle de Chatham House" in await page.inner_text(".promise")
    assert "Chantal Roy" in await page.inner_text("main")
    assert await walk.axe(page) == []
    await walk.shot(page, "regles-animation")


async def test_two_who_write_at_the_same_time_lose_nothing(walk: Walk) -> None:
    async with walk.person("animation", language="en") as one, walk.person("animation", language="en") as other:
        for page in (one, other):
            await page.goto(f"{RULES}/modifier?langue=en")
        await one.fill("#champ-texte", "The first rules.")
        await one.click("text=Put into effect")
        await other.fill("#champ-texte", "The second rules.")
        await other.click("text=Put into effect")
        assert "Someone else has just changed the rules" in await other.inner_text("#a-corriger")
        assert await other.input_value("#champ-texte") == "The second rules."
        assert "The first rules." in await other.inner_text("main pre")
        assert await walk.axe(other) == []
        await other.click("text=Put into effect")
        assert "The second rules." in await other.inner_text(".rules")
        async with walk.person("membre") as reader:
            for way in (D_EN, P_EN, PJ_EN, P_FR):
                await turn(one, way)
                await turn(reader, way)
                await written_and_agreed_to(one, reader, way)


async def written_and_agreed_to(writer: Page, reader: Page, way: Way) -> None:
    """Other rules are put in force; a member reads them, and says yes."""
    words = f"At {way.width} pixels, in {way.language}{', with scripts' if way.scripts else ''}."
    await writer.goto(f"{RULES}/modifier")
    await writer.fill("#champ-texte", words)
    await writer.click(f"text={way.says('Mettre en vigueur')}")
    await reader.goto(RULES)
    assert words in await reader.inner_text(".rules")
    await reader.click(f"text={way.says('Je les ai lues, et je les suivrai')}")
    assert way.says("Merci : votre accord est noté.") in await reader.inner_text("main")
