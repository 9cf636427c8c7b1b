"""US-11: a note is discussed in one's own community, and everybody finds the conversations that they may see."""

from __future__ import annotations

import re

from playwright.async_api import Page

from kit.browsing import PHONE, Walk
from kit.nodes import key_pair
from kit.ways import D_EN, DJ_FR, P_EN, P_FR, PJ_EN, turn
from node.actions.add_community import add_community
from node.actions.add_member import admit

NOTE = "Aller de porte en porte"


async def to_note(page: Page, language: str = "fr") -> None:
    await page.goto(f"/communautes/habitation/repertoire?langue={language}")
    await page.click(f"text={NOTE}")


async def test_a_note_is_discussed_among_members(walk: Walk) -> None:
    title = "Porte à porte"
    async with walk.person("membre", width=PHONE) as page:
        there = await begin(walk, page, title)
    async with walk.person("animation", scripts=False) as page:  # without scripts, without a mouse either
        await answered(walk, page, title, there)
    async with walk.person("membre", width=PHONE) as page:
        await page.goto(there)
        await page.click("form[action*='/compris'] button")
        assert "On commence par les voisins." in await page.inner_text(".understood")
        await walk.shot(page, "compris")
        assert await walk.axe(page) == []
    async with walk.person("membre", scripts=False) as page:
        await to_note(page)
        assert "2 réponses" in await page.locator(".exchanges li", has_text=title).inner_text()
        await walk.shot(page, "note-discutee")
        await page.goto("/communautes/habitation/echanges?genre=notes")
        assert title in await page.inner_text("main")
        await walk.shot(page, "echanges")
    for role, scripts in (("", True), ("admin", False)):
        async with walk.person(role, scripts=scripts) as page:
            await is_unheard_of(page, title, there)


async def answered(walk: Walk, page: Page, title: str, there: str) -> None:
    await page.goto("/avis")
    assert title in await page.inner_text("main")
    await page.goto(there)
    words = "Moi. Si je comprends bien, on commence par les voisins."
    await write(page, "#champ-texte", words)
    await press(page, "form.answer button")
    await page.wait_for_selector("li:has-text('Si je comprends bien')")
    await write(page, "#champ-texte", "On commence par les voisins.")
    await press(page, "#champ-resume")
    await press(page, "form.answer button")
    await page.wait_for_selector("form[action*='/compris'], li:has-text('Est-ce bien ce qu’on a compris')")
    await walk.shot(page, "echange")


async def press(page: Page, selector: str) -> None:
    """Goes to a link, a button or a box with Tab, and presses it."""
    await reach(page, selector)
    is_box = await page.evaluate("document.activeElement.type") == "checkbox"
    if is_box:
        await page.keyboard.press("Space")
    else:
        async with page.expect_navigation():
            await page.keyboard.press("Enter")


async def write(page: Page, selector: str, words: str) -> None:
    """Goes to a field with Tab, and fills it in."""
    await reach(page, selector)
    await page.keyboard.press("Control+A")
    await page.keyboard.type(words)


async def reach(page: Page, selector: str, most: int = 150) -> None:
    """Goes on with Tab until something is in focus, and to be seen to be."""
    for _ in range(most):
        await page.keyboard.press("Tab")
        if await page.evaluate("selector => document.activeElement.matches(selector)", selector):
            shown = "({outlineStyle: s, outlineWidth: w, boxShadow: b}) => s !== 'none' && w !== '0px' || b !== 'none'"
            assert await page.evaluate(f"({shown})(getComputedStyle(document.activeElement))")
            return
    raise AssertionError(f"no Tab leads to {selector}")


async def begin(walk: Walk, page: Page, title: str) -> str:
    await to_note(page)
    await page.click(".deeds a[href*='echanges/nouveau']")
    await page.wait_for_url("**/echanges/nouveau**")
    assert await walk.axe(page) == []
    await page.fill("#champ-titre", title)
    await page.fill("#champ-texte", "Qui l’a essayé\u00a0? @mireille-cote")
    await page.click("main form button")
    await page.wait_for_selector(f"h1:text-is('{title}')")
    assert "Ce qui se dit ici reste ici" in await page.inner_text(".promise")
    return page.url.partition("?")[0]


async def is_unheard_of(page: Page, title: str, there: str) -> None:
    await to_note(page)
    assert title not in await page.content()
    answer = await page.goto(there)
    assert answer is not None
    assert answer.status == 404
    await page.goto("/communautes/habitation/echanges")
    assert title not in await page.content()


async def test_a_note_shared_in_one_more_community_keeps_one_conversation(walk: Walk) -> None:
    second = walk.node.do(lambda uow, house: add_community(uow, house, "Voisinage", keys=key_pair(3))).iri
    walk.node.do(lambda uow, house: admit(uow, house, walk.people["membre"], second, role_name="membre"))
    async with walk.person("membre", width=PHONE, scripts=False) as page:
        await page.goto("/communautes/habitation/repertoire")
        await page.click("text=Accueillir sans formulaire")
        there = page.url
        await page.click("summary:has-text('Partager aussi')")
        await page.click("button:has-text('Partager aussi dans Voisinage')")
        assert "une seule conversation" in await page.inner_text("[role=status]")
        assert "Aussi partagé dans Voisinage" in await page.inner_text("#conversations ~ .via")
        await walk.shot(page, "aussi-partage")
        await page.goto("/communautes/voisinage/repertoire")
        await page.click("text=Accueillir sans formulaire")
        assert page.url.partition("?")[0] == there.partition("?")[0]
    async with walk.person("membre") as page:
        # The address of the very page, shared once more: one is asked, and says it below the first.
        await page.goto("/partager")
        await page.fill("#champ-texte", f"{there} Relu hier soir.")
        await page.check("input[name=qui][value=public]")
        await page.click("button[value=publier]")
        assert await walk.axe(page) == []
        await walk.shot(page, "deja-partage")
        await page.click("button[value=publier]")
        assert "Relu hier soir." in await page.inner_text(".talk")
    async with walk.person() as page:
        await page.goto("/")
        assert "aussi partagé dans Voisinage" in await page.inner_text("main")


async def test_observers_read_and_do_not_begin(walk: Walk) -> None:
    async with walk.person("observation") as page:
        await to_note(page)
        assert await page.locator("text=En discuter").count() == 0
        answer = await page.goto("/communautes/habitation/echanges/nouveau")
        assert answer is not None
        assert answer.status == 403


async def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(walk: Walk) -> None:
    async with walk.person("membre", language="en") as page:
        await page.goto("/communautes/habitation/echanges/nouveau?langue=en")
        await page.eval_on_selector("main form", "form => { form.noValidate = true }")
        await page.fill("#champ-texte", "Some words")
        await page.click("main form button")
        assert await page.input_value("#champ-texte") == "Some words"
        assert "Give the conversation a title" in await page.inner_text("#erreur-titre")
        assert await walk.axe(page) == []
        assert re.search(r"\b(les|une|pour)\b", await page.inner_text("main")) is None
        for way in (D_EN, P_EN, PJ_EN, DJ_FR, P_FR):
            await turn(page, way)
            await begun_and_answered(page)


async def begun_and_answered(page: Page) -> None:
    """From the note to a talk about it, and to an answer."""
    await page.goto("/communautes/habitation/repertoire")
    await page.click(f"text={NOTE}")
    await page.click(".deeds a[href*='echanges/nouveau']")
    await page.fill("#champ-titre", "Encore une question")
    await page.fill("#champ-texte", "Et par temps froid\u00a0?")
    await page.click("main form button")
    assert await page.inner_text("h1") == "Encore une question"
    await page.fill("#champ-texte", "Avec des mitaines.")
    await page.click("form.answer button")
    assert "Avec des mitaines." in await page.inner_text(".talk")


async def test_notices_are_read_silenced_and_chosen(walk: Walk) -> None:
    async with walk.person("membre", width=PHONE) as page:
        await page.goto("/avis")
        await walk.shot(page, "avis")
        assert await walk.axe(page) == []
        await page.goto("/moi/avis")
        await walk.shot(page, "moi-avis")
        assert await walk.axe(page) == []
        await page.check("#champ-rythme-2")
        await page.click("text=Enregistrer")
        assert await page.is_checked("#champ-rythme-2")
