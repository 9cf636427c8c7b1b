"""US-04: a community elsewhere is found by its address, looked at, followed, received from and published to, and left."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Page

from kit.browsing import SMALLEST, Walk
from kit.nodes import LiveNode, live_node
from kit.ways import D_FR, DJ_FR, P_FR, PJ_FR, turn
from node.actions.answer_follower import approve
from node.actions.follow_community import find_actor, follow
from node.actions.withdraw import withdraw
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.storage.stored import StoredThing

NOWHERE = "http://127.0.0.13:8097/"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def there(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveNode]:
    async with live_node("Logement social", "127.0.0.12", tmp_path_factory.mktemp("la-bas")) as node:
        node.note("Ouvrir un jardin partagé")
        yield node


async def paste(page: Page, address: str) -> None:
    await page.goto("/ailleurs")
    await page.fill("[name=adresse]", address)
    await page.click("button:has-text('Voir de qui il s’agit')")


async def test_an_address_that_leads_nowhere_is_told_in_words_and_kept(walk: Walk) -> None:
    async with walk.person("animation", width=SMALLEST, dark=True) as page:
        for address, words in (
            ("", "Collez une adresse"),
            ("pas une adresse", "Collez une adresse"),
            (NOWHERE, "on n’y arrive pas"),
        ):
            await paste(page, address)
            assert words in await page.inner_text("#erreur-adresse")
            assert await page.input_value("[name=adresse]") == address
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert await walk.axe(page) == []
        await walk.shot(page, "ailleurs-introuvable")
        await paste(page, walk.community)
        assert "il n’y a rien à suivre" in await page.inner_text("main")


async def test_a_member_looks_but_the_animation_follows(walk: Walk, there: LiveNode) -> None:
    async with walk.person("membre", language="en") as page:
        await page.goto("/ailleurs")
        await page.fill("[name=adresse]", there.community)
        await page.click("button:has-text('See who it is')")
        assert await page.inner_text("h1") == "Logement social"
        assert await page.locator("button:has-text('Follow')").count() == 0
        assert await walk.axe(page) == []


async def test_a_community_is_found_followed_and_left(walk: Walk, there: LiveNode) -> None:
    host = there.url.removeprefix("http://")
    async with walk.person("animation") as page:
        for way, address in ((D_FR, host), (PJ_FR, f"@logement-social@{host}")):
            await turn(page, way)
            await paste(page, address)
            assert await page.inner_text("h1") == "Logement social"
            text = await page.inner_text("main")
            for words in ("Ouvrir un jardin partagé", "français", "CC BY", "Rien"):
                assert words in text
        assert await walk.axe(page) == []
        await walk.shot(page, "ailleurs-apercu")
        await turn(page, P_FR)
        await page.click("button:has-text('Suivre')")
        await turn(page, PJ_FR)
        await _until_active(walk, there, page)
        assert await walk.axe(page) == []
        await walk.shot(page, "ailleurs-actif")
        await turn(page, D_FR)
        await page.goto("/ailleurs")
        await page.get_by_role("button", name="Voir ses communautés").first.click()
        assert await page.inner_text("h1") == "Logement social", "what a friend lists can be looked through"
        await page.get_by_role("button", name="Voir les autres communautés de ce site").click()
        assert await page.inner_text("h1") == "Logement social"
        await _shares_by_name(walk, there, page)
        await turn(page, DJ_FR)
        await page.goto("/ailleurs")
        await _switches(walk, there, page)
        await page.click("button:has-text('Ne plus suivre')")
        assert "Ce que vous aviez intégré" in await page.inner_text("main")


async def _until_active(walk: Walk, there: LiveNode, page: Page) -> None:
    """Each step is told on the page: asked, then, once they agreed, active, with what they publish."""
    assert "La demande est partie" in await page.inner_text("main")
    await there.until(lambda uow: _state(uow.followings.get(walk.community, there.community)) == "requested")
    await page.goto("/ailleurs")
    text = await page.inner_text(".bond")
    for words in ("Demandé le", "Écrire à la personne responsable", "Rien ne part d’ici vers elle."):
        assert words in text
    there.do(lambda uow, house: approve(uow, house, walk.node.url.removeprefix("http://")))
    await walk.node.until(lambda uow: _state(uow.followings.get(walk.community, there.community)) == "accepted")
    await walk.node.until(lambda uow: bool(uow.holdings.iris(there.community)))
    await page.goto("/ailleurs")
    assert "Actif depuis" in await page.inner_text(".bond")


async def _shares_by_name(walk: Walk, there: LiveNode, page: Page) -> None:
    """A member shares with the community elsewhere by name: its members read a copy, nobody else does; withdrawn, it goes."""
    await page.goto("/partager")
    await page.fill("[name=texte]", "Entre nos deux communautés")
    await page.check("[name=qui][value=choisies]")
    choice = page.locator(".choosing .tick", has_text="Logement social")
    assert "copie chez" in await choice.inner_text()
    await choice.locator("input").check()
    await page.get_by_role("button", name="Publier", exact=True).click()
    iri = parse_qs(urlsplit(page.url).query)["iri"][0]
    inside, outside = Scope(communities=frozenset({there.community})), PUBLIC_SCOPE
    await there.until(lambda uow: uow.things.get(iri, inside) is not None)
    assert there.see(lambda uow: uow.things.get(iri, outside)) is None
    walk.node.do(lambda uow, house: withdraw(uow, house, iri, walk.people["animation"]))
    await there.until(lambda uow: _is_gone(uow.things.get(iri, inside)))


def _is_gone(stored: StoredThing | None) -> bool:
    return stored is None or stored.entry.deleted_at is not None


async def _switches(walk: Walk, there: LiveNode, page: Page) -> None:
    """What comes in and what goes out are settled apart."""
    await page.click("button:has-text('Ne plus recevoir')")
    assert "En pause depuis" in await page.inner_text(".bond")
    await page.click("button:has-text('Recevoir de nouveau')")
    await page.click("button:has-text('Publier vers elle')")
    assert "Oui, dès qu’elle le demandera" in await page.inner_text(".bond")
    await _they_ask(there, walk)
    await walk.node.until(lambda uow: _state(uow.followings.get(there.community, walk.community)) == "accepted")
    await page.goto("/ailleurs")
    await page.click("button:has-text('Ne plus publier vers elle')")
    assert "Non, en pause" in await page.inner_text(".bond")


async def _they_ask(there: LiveNode, walk: Walk) -> None:
    await find_actor(there.database, there.tools.outside, there.house(), walk.community)
    there.do(lambda uow, house: follow(uow, house, there.community, walk.community))


def _state(row: object) -> str:
    return getattr(row, "state", "")
