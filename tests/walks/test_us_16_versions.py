"""US-16: who changed what, word by word; back to what it said; two people at once lose nothing."""

from __future__ import annotations

from playwright.async_api import Page

from kit.browsing import PHONE, Walk
from kit.ways import D_EN, D_FR, P_EN, P_FR, PJ_EN, PJ_FR, Way, turn
from node.domain.entries import Entry


def a_note(walk: Walk, name: str) -> tuple[Entry, str]:
    entry = walk.node.note(name)
    return entry, entry.iri.removeprefix(walk.node.url)


async def fine(walk: Walk, page: Page, name: str) -> None:
    """Nothing is wrong with the page."""
    assert await walk.axe(page) == []
    await walk.shot(page, name)


async def test_a_curator_changes_a_note_compares_and_goes_back(walk: Walk) -> None:
    _, path = a_note(walk, "Recevoir les gens")
    async with walk.person("curation") as page:
        await page.goto(path)
        await page.click("text=Modifier")
        await page.fill("[name=titre]", "Bien recevoir les gens")
        await page.fill("[name=texte]", "Recevoir les gens, en quelques mots choisis.\n\nUn second paragraphe.")
        await page.click("summary:has-text('Fiabilité')")
        await page.select_option("[name=statut]", label="hypothèse")
        await page.fill("[name=commentaire]", "Mots choisis")
        await fine(walk, page, "modifier")
        await page.click("button:has-text('Enregistrer')")
        assert await page.inner_text("h1") == "Bien recevoir les gens"
        assert "hypothèse" in (await page.inner_text("main")).lower()
        await page.click(".upkeep >> text=Historique")
        words = await page.inner_text("main")
        assert all(each in words for each in ("Mots choisis", "Ali Benali", "Statut du savoir"))
        await page.click("text=Ce qui a changé")
        assert "choisis" in await page.inner_text(".diff ins >> nth=1")
        await fine(walk, page, "historique")
        await page.click("h3 >> text=Version 1")
        assert await page.inner_text("h1") == "Recevoir les gens"
        assert f"{path}/versions/1" in await page.inner_text(".cite")
        await fine(walk, page, "version")
        await page.click("button:has-text('Rétablir')")
        assert await page.inner_text("h1") == "Recevoir les gens"
        for number, way in enumerate((D_FR, P_FR, PJ_FR, PJ_EN, P_EN, D_EN), 4):
            await turn(page, way)
            await changed_and_compared(page, way, path, number)


async def changed_and_compared(page: Page, way: Way, path: str, number: int) -> None:
    """One more version of a note; what changed is told word by word."""
    await page.goto(f"{path}/modifier")
    await page.fill("[name=titre]", f"Recevoir les gens {number}")
    await page.click(f"button:has-text('{way.says('Enregistrer')}')")
    await page.goto(f"{path}/versions")
    assert await page.locator(".versions h3").count() == number
    await page.click(f"text={way.says('Ce qui a changé')}")
    assert str(number) in await page.inner_text(".diff ins >> nth=0")


async def test_two_people_who_change_the_same_words_see_both(walk: Walk) -> None:
    _, path = a_note(walk, "À deux mains")
    async with walk.person("curation") as one, walk.person("animation", scripts=False, width=PHONE) as other:
        for page in (one, other):
            await page.goto(f"{path}/modifier")
        await one.fill("[name=titre]", "À quatre mains")
        await one.click("button:has-text('Enregistrer')")
        await other.fill("[name=titre]", "À six mains")
        await other.fill("[name=resume]", "Un résumé neuf.")
        await other.click("button:has-text('Enregistrer')")
        assert "Ali Benali" in await other.inner_text("#champ-version")
        assert "quatre" in await other.inner_text("#champ-version ins")
        assert await other.input_value("[name=titre]") == "À six mains"
        await walk.shot(other, "conflit")
        await other.click("button:has-text('Enregistrer')")
        assert await other.inner_text("h1") == "À six mains"
        await other.goto(f"{path}/versions")
        assert await other.locator(".versions h3").count() == 3


async def test_what_is_new_since_the_last_visit_is_told(walk: Walk) -> None:
    entry, path = a_note(walk, "Suivre une note")
    async with walk.person("membre", language="en") as page:
        await page.goto(path)
        await page.click("text=Mark as read")
        assert "Noted" in await page.inner_text("[role=status]")
        walk.node.note("Suivre une note de près", replaces=entry.iri)
        await page.goto(path)
        assert "Since your last visit" in await page.inner_text(".since")
        await page.click(".since a")
        assert "de près" in await page.inner_text("ins")
        assert await walk.axe(page) == []
