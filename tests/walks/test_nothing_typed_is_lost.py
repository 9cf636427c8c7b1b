"""What somebody wrote is theirs until it has arrived: without connection, and when the session ended meanwhile."""

from __future__ import annotations

from playwright.async_api import expect

from kit.browsing import PHONE, Walk

WRITTEN = "Écrit dans le train.\n\nLe tunnel arrive."


async def test_without_connection_the_page_stays_and_says_so(walk: Walk) -> None:
    async with walk.person("membre", width=PHONE) as page:
        await page.goto("/partager")
        await page.fill("#champ-texte", WRITTEN)
        await page.context.set_offline(True)
        await page.get_by_role("button", name="Publier", exact=True).click()
        await expect(page.locator("[data-draft-said]")).to_contain_text("rien n’est perdu")
        await expect(page.locator("[data-draft-said]")).to_be_in_viewport()
        assert await page.input_value("#champ-texte") == WRITTEN
        await page.context.set_offline(False)
        await page.wait_for_timeout(3100)  # a second press sooner is taken for a nervous finger
        await page.get_by_role("button", name="Publier", exact=True).click()
        await expect(page.locator("main h1")).to_contain_text("C’est publié")
        await page.goto("/partager")
        assert await page.input_value("#champ-texte") == "", "what has arrived does not come back"


async def test_a_session_that_ended_while_one_wrote_costs_no_word(walk: Walk) -> None:
    async with walk.person("membre", width=PHONE) as page:
        await page.goto("/partager")
        await page.fill("#champ-texte", WRITTEN)
        await page.check("[name=qui][value=moi]")
        await page.context.clear_cookies()
        await page.get_by_role("button", name="Publier", exact=True).click()
        assert WRITTEN in await page.input_value("#ecrit"), "without scripts, it can be copied"
        await walk.sign_in(page.context, walk.people["membre"])
        await page.goto("/partager")
        await expect(page.locator("[data-draft-said]")).to_contain_text("tel que vous l’aviez écrit")
        assert await page.input_value("#champ-texte") == WRITTEN
        assert await page.is_checked("[name=qui][value=moi]"), "and for whom it was"


async def test_whoever_comes_next_in_this_browser_finds_nothing(walk: Walk) -> None:
    async with walk.person("membre", width=PHONE) as page:
        await page.goto("/partager")
        await page.fill("#champ-texte", WRITTEN)
        await page.context.clear_cookies()
        await page.get_by_role("button", name="Publier", exact=True).click()
        await walk.sign_in(page.context, walk.people["curation"])
        await page.goto("/partager")
        assert await page.input_value("#champ-texte") == ""
        assert await page.evaluate("sessionStorage.getItem('pas-parti')") is None
