"""US-22: somebody announces a meeting, others say whether they come, and everybody has it in their own calendar."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.async_api import Page

from kit.browsing import DESK, PHONE, SMALLEST, Walk


def _day(walk: Walk, days: int) -> str:
    return (walk.node.clock() + timedelta(days=days)).strftime("%Y-%m-%d")


async def _announce(walk: Walk, page: Page, title: str) -> str:
    """A form that is refused keeps what was typed; the address of the meeting once it is announced."""
    await page.goto("/agenda")
    await page.click("text=Annoncer une rencontre")
    await page.locator("[name=date]").evaluate("field => { field.required = false }")
    await page.fill("[name=titre]", title)
    await page.click("button:has-text('Annoncer la rencontre')")
    assert await page.input_value("[name=titre]") == title
    assert "Dites quel jour" in await page.inner_text("#erreur-date")
    await walk.shot(page, f"annoncer-{title}")
    await page.fill("[name=date]", _day(walk, 3))
    await page.fill("[name=debut]", "14:30")
    await page.fill("[name=lieu]", "Maison Gauvreau, 1 rue de l’Évêché, Rimouski")
    await page.click("button:has-text('Annoncer la rencontre')")
    assert await page.inner_text("h1") == title
    return page.url.partition("?")[0]


async def _answer(page: Page, where: str) -> None:
    await page.goto(where)
    await page.click("button:has-text('Peut-être')")
    assert "Vous avez dit peut-être" in await page.inner_text(".occasion")
    await page.click("button:has-text('J’y serai')")
    assert await page.get_attribute("button:has-text('J’y serai')", "aria-pressed") == "true"
    assert "L’inscription est confirmée." in await page.inner_text(".occasion")


@pytest.mark.parametrize(("width", "scripts"), [(PHONE, True), (DESK, False)])
async def test_a_meeting_is_announced_answered_and_called_off(walk: Walk, width: int, *, scripts: bool) -> None:
    title = f"Rencontre {width}"
    async with walk.person("animation", width=width, scripts=scripts) as page:
        where = await _announce(walk, page, title)
    async with walk.person("membre", width=width, scripts=scripts) as page:
        await _answer(page, where)
        assert not scripts or await walk.axe(page) == []
        await walk.shot(page, f"evenement-{width}")
    async with walk.person("animation", width=width, scripts=scripts) as page:
        await page.goto(where)
        assert "Y seront" in await page.inner_text(".occasion")
        await page.click("text=Modifier, déplacer ou annuler")
        assert await page.input_value("[name=debut]") == "14:30"
        assert not scripts or await walk.axe(page) == []
        await page.check("[name=annulee]")
        await page.click("button:has-text('Enregistrer')")
        assert "Annulé" in await page.inner_text(".occasion")
    waiting = walk.node.do(lambda uow, _: uow.letters.listed("due", "sent", "given_up"))
    assert any(title in letter.subject for letter in waiting)


async def test_the_month_is_a_table_that_fits_a_phone(walk: Walk) -> None:
    for width in (SMALLEST, DESK):
        async with walk.person("membre", width=width, dark=width == SMALLEST) as page:
            await page.goto("/agenda?vue=mois")
            assert await page.locator("table.month tbody tr").count() >= 4
            assert await page.locator("table.month th[scope=col]").count() == 7
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert await walk.axe(page) == []
            await walk.shot(page, f"mois-{width}")
            await page.goto("/agenda")
            assert await walk.axe(page) == []
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            await walk.shot(page, f"agenda-{width}")
            await page.focus("a:has-text('Mois')")
            await page.keyboard.press("Enter")
            await page.wait_for_url("**/agenda?vue=mois")
