"""Anybody reads what is public, and a member what is for the community."""

from __future__ import annotations

import pytest

from kit.browsing import DESK, PHONE, Walk


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("scripts", [True, False])
async def test_a_visitor_reads_a_note(walk: Walk, width: int, *, scripts: bool) -> None:
    async with walk.person(width=width, scripts=scripts) as page:
        await page.goto("/communautes/habitation/repertoire")
        await page.click("text=Aller de porte en porte")
        assert await page.inner_text("h1") == "Aller de porte en porte"
        if scripts:
            assert await walk.axe(page) == []


async def test_a_member_reads_in_the_language_of_their_browser(walk: Walk) -> None:
    async with walk.person("membre", language="en") as page:
        await page.goto("/communautes/habitation")
        assert await page.get_attribute("html", "lang") == "en-CA"
        assert "Share" in await page.inner_text("header")
        await walk.shot(page, "communaute-membre")
