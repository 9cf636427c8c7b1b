"""US-14, US-15: whoever looks after the node answers who knocks, notes the agreement, and sees how each link does."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page

from kit.browsing import DESK, PHONE, SMALLEST, Walk
from kit.nodes import LiveNode, live_node
from node.actions.follow_community import find_actor, follow
from node.storage.shelves.agreements import AgreementRow


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def there(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveNode]:
    async with live_node("Logement social", "127.0.0.12", tmp_path_factory.mktemp("la-bas")) as node:
        yield node


async def knock(there: LiveNode, walk: Walk) -> None:
    await find_actor(there.database, there.tools.outside, there.house(), walk.community)
    there.do(lambda uow, house: follow(uow, house, there.community, walk.community))
    await walk.node.until(lambda uow: getattr(uow.followings.get(there.community, walk.community), "state", "") == "requested")


async def agree(walk: Walk, page: Page, width: int, *, scripts: bool) -> None:
    await page.click("text=Noter l’entente derrière ce lien")
    await page.fill("[name=pourquoi]", "Deux quartiers, un même marché locatif.")
    await page.fill("[name=contacts]", "Zoé Tremblay, zoe@exemple.org")
    await page.fill("[name=depuis]", "2026-05-01")
    await page.fill("[name=revoir]", "2027-05-01")
    assert not scripts or await walk.axe(page) == []
    await walk.shot(page, f"entente-{width}")
    await page.click("button:has-text('Noter l’entente')")
    assert await page.input_value("[name=pourquoi]") == "Deux quartiers, un même marché locatif."


@pytest.mark.parametrize(("width", "scripts"), [(SMALLEST, True), (DESK, False)])
async def test_a_request_is_answered_and_the_agreement_noted(walk: Walk, there: LiveNode, width: int, *, scripts: bool) -> None:
    host = there.url.removeprefix("http://")
    await knock(there, walk)
    async with walk.person("admin", width=width, scripts=scripts, dark=width == SMALLEST) as page:
        page.set_default_timeout(8_000)
        await page.goto("/liens")
        text = await page.inner_text("main")
        for words in ("Logement social demande à suivre", "Accepter la demande", "L’état de chaque lien", "Archipel"):
            assert words in text
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert not scripts or await walk.axe(page) == []
        await walk.shot(page, f"liens-{width}")
        await page.click("button:has-text('Accepter la demande')")
        await there.until(lambda uow: getattr(uow.followings.get(there.community, walk.community), "state", "") == "accepted")
        await agree(walk, page, width, scripts=scripts)
        await page.goto("/liens")
        assert "zoe@exemple.org" in await page.inner_text("table")
        await page.click("a:has-text('Refuser tout échange')")
        assert "lien prend fin aussitôt" in await page.inner_text("main")
        await page.click("summary:has-text('Refuser tout échange')")
        await page.click("button:has-text('Refuser tout échange')")
        await page.goto(f"/liens/noeud?serveur={host}")
        await page.click("button:has-text('Lever le refus')")
    walk.node.do(lambda uow, _: uow.agreements.put(AgreementRow(host=host)))
    there.do(lambda uow, house: uow.followings.set_state(there.community, walk.community, "ended", house.now))


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
