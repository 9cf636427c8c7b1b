"""US-13: with a keyboard, a phone, large text, no script: everybody gets around, and nothing typed is lost."""

from __future__ import annotations

import pytest

from kit.browsing import DESK, PHONE, SMALLEST, Walk

#: What may be pressed and is smaller than 24 pixels, unless it stands in a line of text (WCAG 2.2 §2.5.8).
SMALL = """() => [...document.querySelectorAll('button, summary, input:not([type=hidden]), select, textarea, nav a, .tools a')]
  .filter(e => e.checkVisibility() && !e.closest('.unseen'))
  .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
  .filter(([_, b]) => b.width > 1 && (b.width < 24 || b.height < 24)).map(([html, _]) => html)"""
PAGES = ("/", "/communautes/habitation", "/recherche", "/agenda", "/ailleurs", "/systeme", "/accessibilite", "/noeud/apparence")


async def test_a_keyboard_goes_everywhere_in_the_menu(walk: Walk) -> None:
    async with walk.person("membre") as page:
        await page.goto("/")
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.className") == "skip"
        await page.keyboard.press("Alt+/")
        assert await page.evaluate("document.activeElement.type") == "search"
        await page.focus("nav summary")
        await page.keyboard.press("Enter")
        assert await page.is_visible("nav .drop a:has-text('Habitation')")
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.innerText") == "Habitation"
        await page.keyboard.press("Escape")
        assert not await page.is_visible("nav .drop a:has-text('Habitation')")
        assert await page.evaluate("document.activeElement.tagName") == "SUMMARY", "focus comes back to what opened the menu"
        await page.focus(".me summary")
        await page.keyboard.press("Enter")
        await walk.shot(page, "menu-ouvert")
        assert await walk.axe(page) == []
        await page.click("h1")
        assert not await page.is_visible(".me form")


@pytest.mark.parametrize("width", [PHONE, DESK])
async def test_without_scripts_a_member_gets_around(walk: Walk, width: int) -> None:
    async with walk.person("membre", width=width, scripts=False) as page:
        await page.goto("/")
        if width == DESK:
            await page.click("nav summary")
            await page.click("nav .drop a:has-text('Habitation')")
        else:
            await page.click("nav .on-phone a:has-text('Communauté')")
        assert await page.inner_text("h1") == "Habitation"
        await page.click(".me summary")
        await page.click(".me >> text=Sortir")
        await page.goto("/rien-de-tel")
        assert "Vous êtes membre" in await page.inner_text("main")
        await page.click("text=Entrer et y revenir")
        assert await page.inner_text("h1") == "Entrer"


@pytest.mark.parametrize("width", [SMALLEST, DESK])
async def test_what_is_pressed_is_large_enough_and_nothing_leaves_the_screen(walk: Walk, width: int) -> None:
    async with walk.person("admin", width=width) as page:
        for path in PAGES:
            await page.goto(path)
            assert await page.evaluate(SMALL) == [], path
            assert await page.evaluate("document.documentElement.scrollWidth") <= width, path
            await page.evaluate("document.documentElement.style.fontSize = '200%'")
            if width == DESK:
                assert await page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} in large letters"


async def test_a_form_that_is_refused_says_how_to_mend_it_and_keeps_what_was_typed(walk: Walk) -> None:
    async with walk.person("admin", width=PHONE, scripts=False) as page:
        await page.goto("/noeud/textes?q=repertoire")
        field = page.locator("form.phrase textarea").first
        await field.fill("<b>Bibliothèque</b>")
        await page.locator("form.phrase button").first.click()
        assert (await page.title()).startswith("À corriger")
        assert await page.evaluate("document.activeElement.id") == "a-corriger"
        assert "<b>Bibliothèque</b>" in await page.locator("form.phrase textarea").first.input_value()


async def test_axe_finds_nothing_for_who_looks_after_the_node(walk: Walk) -> None:
    async with walk.person("admin", width=PHONE, dark=True, language="en") as page:
        problems = []
        for path in ("/", "/noeud/textes?q=note", "/noeud/apparence"):
            await page.goto(path)
            problems += await walk.axe(page)
        assert problems == []
