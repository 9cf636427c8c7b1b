"""US-14, US-15: whoever looks after the node answers who knocks, notes the agreement, and sees how each link does."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page

from kit.browsing import PHONE, SMALLEST, Walk
from kit.nodes import LiveNode, live_node
from kit.ways import D_EN, D_FR, DJ_EN, DJ_FR, P_EN, P_FR, Way, turn
from node.actions.follow_community import find_actor, follow


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def there(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveNode]:
    async with live_node("Logement social", "127.0.0.12", tmp_path_factory.mktemp("la-bas")) as node:
        yield node


async def knock(there: LiveNode, walk: Walk) -> None:
    await find_actor(there.database, there.tools.outside, there.house(), walk.community)
    there.do(lambda uow, house: follow(uow, house, there.community, walk.community))
    await walk.node.until(lambda uow: getattr(uow.followings.get(there.community, walk.community), "state", "") == "requested")


async def agree(walk: Walk, page: Page, way: Way) -> None:
    await page.click(f"text={way.says('Noter l’entente derrière ce lien')}")
    await page.fill("[name=pourquoi]", "Deux quartiers, un même marché locatif.")
    await page.fill("[name=contacts]", "Zoé Tremblay, zoe@exemple.org")
    await page.fill("[name=depuis]", "2026-05-01")
    await page.fill("[name=revoir]", "2027-05-01")
    assert await walk.axe(page) == []
    await walk.shot(page, "entente")
    await page.click(f"button:has-text('{way.says('Noter l’entente')}')")
    assert await page.input_value("[name=pourquoi]") == "Deux quartiers, un même marché locatif."


async def test_a_request_is_answered_and_the_agreement_noted(walk: Walk, there: LiveNode) -> None:
    host = there.url.removeprefix("http://")
    await knock(there, walk)
    async with walk.person("admin", width=SMALLEST, dark=True) as page:
        await page.goto("/liens")
        text = await page.inner_text("main")
        for words in ("Logement social demande à suivre", "Accepter la demande", "L’état de chaque lien", "Archipel"):
            assert words in text
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert await walk.axe(page) == []
        await walk.shot(page, "liens")
        way = await turn(page, D_EN)
        await page.goto("/liens")
        await page.click(f"button:has-text('{way.says('Accepter la demande')}')")
        await there.until(lambda uow: getattr(uow.followings.get(there.community, walk.community), "state", "") == "accepted")
        way = await turn(page, DJ_EN)
        await page.goto("/liens")
        await agree(walk, page, way)
        for way in (DJ_FR, D_FR, P_FR, P_EN):
            await turn(page, way)
            await page.goto("/liens")
            assert "zoe@exemple.org" in await page.inner_text("table")
            if way is DJ_FR:
                await page.click("a:has-text('Refuser tout échange')")
                assert "lien prend fin aussitôt" in await page.inner_text("main")
            await refuse_and_relent(page, way, host)


async def refuse_and_relent(page: Page, way: Way, host: str) -> None:
    """Ends all exchange with a server, its effects told before, and lifts that again."""
    words = way.says("Refuser tout échange")
    await page.goto(f"/liens/noeud?serveur={host}")
    await page.click(f"summary:has-text('{words}')")
    await page.click(f"button:has-text('{words}')")
    await page.goto(f"/liens/noeud?serveur={host}")
    await page.click(f"button:has-text('{way.says('Lever le refus')}')")


async def test_it_is_there_in_english_and_for_nobody_else(walk: Walk) -> None:
    async with walk.person("admin", width=PHONE, language="en") as page:
        await page.goto("/liens")
        await page.check("text=Friends of our friends")
        await page.click("button:has-text('Save') >> nth=0")
        assert "Done." in await page.inner_text("main")
        assert await walk.axe(page) == []
    async with walk.person("animation") as page:
        answer = await page.goto("/liens")
        assert answer is not None
        assert answer.status == 403
