"""US-22: somebody announces a meeting, others say whether they come, and everybody has it in their own calendar."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Page

from kit.browsing import DESK, PHONE, SMALLEST, Walk
from kit.nodes import LiveNode, live_node
from kit.ways import D_EN, DJ_EN, P_EN, P_FR, PJ_EN, Way, turn
from node.actions.announce import announce
from node.actions.publish import publish
from node.contracts import House
from node.domain.visibility import PUBLIC_SCOPE
from node.storage.unit_of_work import UnitOfWork


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
    await page.click("summary:has-text('Elle revient')")
    await page.select_option("[name=repete]", "semaine")
    await page.fill("[name=sauf]", _day(walk, 10))
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


async def _announced_and_called_off(page: Page, way: Way, day: str) -> None:
    await page.goto("/agenda/nouvelle")
    await page.fill("[name=date]", day)
    await page.fill("[name=titre]", "Une autre rencontre")
    await page.click(f"button:has-text('{way.says('Annoncer la rencontre')}')")
    assert await page.inner_text("h1") == "Une autre rencontre"
    await page.click(f"button:has-text('{way.says('J’y serai')}')")
    assert await page.get_attribute(f"button:has-text('{way.says('J’y serai')}')", "aria-pressed") == "true"
    await page.click(f"text={way.says('Changer la date ou le lieu, ou annuler')}")
    await page.check("[name=annulee]")
    await page.click(f"button:has-text('{way.says('Enregistrer')}')")
    assert way.says("Annulé") in await page.inner_text(".occasion")


async def test_a_meeting_is_announced_answered_and_called_off(walk: Walk) -> None:
    title = "Rencontre à venir"
    async with walk.person("animation", scripts=False) as page:
        where = await _announce(walk, page, title)
    async with walk.person("membre", width=PHONE) as page:
        await _answer(page, where)
        assert "Chaque semaine" in await page.inner_text(".occasion")
        await page.click("text=Répondre pour une date à la fois")
        await page.click(".occasion details form:nth-of-type(1) >> nth=1 >> button:has-text('Je n’y serai pas')")
        assert (await page.inner_text(".occasion .traits")).count("vous n’y serez pas") == 1
        assert "L’inscription est confirmée." in await page.inner_text(".occasion .traits")
        await page.click("text=Répondre pour une date à la fois")
        assert await walk.axe(page) == []
        await walk.shot(page, "evenement")
    async with walk.person("animation", width=PHONE) as page:
        await page.goto(where)
        assert "Y seront" in await page.inner_text(".occasion")
        await page.click("text=Changer la date ou le lieu, ou annuler")
        assert (await page.input_value("[name=debut]"), await page.input_value("[name=repete]")) == ("14:30", "semaine")
        assert await walk.axe(page) == []
        await page.check("[name=annulee]")
        await page.click("button:has-text('Enregistrer')")
        assert "Annulé" in await page.inner_text(".occasion")
        for way in (P_FR, P_EN, D_EN, DJ_EN, PJ_EN):
            await turn(page, way)
            await _announced_and_called_off(page, way, _day(walk, 4))
    waiting = walk.node.do(lambda uow, _: uow.letters.listed("due", "sent", "given_up"))
    assert any(title in letter.subject for letter in waiting)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def there(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LiveNode]:
    """Another node, whose community announces a meeting to everybody."""
    async with live_node("Logement social", "127.0.0.12", tmp_path_factory.mktemp("la-bas")) as node:

        def deed(uow: UnitOfWork, house: House) -> None:
            day = (house.now + timedelta(days=9)).strftime("%Y-%m-%d")
            for title in ("Fête des voisins", "Assemblée du quartier"):
                fields = {"date": day, "debut": "19:00", "titre": title, "lieu": "Parc", "pour": "public"}
                ready = announce(uow, house, node.author, {**fields, "communaute": node.community}, "fr")
                publish(uow, house, ready.draft, ready.placement)

        node.do(deed)
        yield node


def address_of(there: LiveNode, word: str) -> str:
    """Where the meeting with that word in its name is."""
    [hit] = there.see(lambda uow: uow.search.find(word, scope=PUBLIC_SCOPE, kind="Meeting"))
    return hit.thing.entry.iri


@pytest.mark.parametrize(("width", "scripts", "what"), [(PHONE, True, "/agenda?format=icalendar"), (DESK, False, "")])
async def test_a_meeting_from_elsewhere_stands_beside_ours(
    walk: Walk, there: LiveNode, width: int, *, scripts: bool, what: str
) -> None:
    event = address_of(there, "Fête")
    async with walk.person("membre", width=width, scripts=scripts) as page:
        await page.goto("/agenda/ajouter")
        await page.fill("[name=adresse]", f"{there.url}/jamaisvu")
        await page.click("button:has-text('Regarder')")
        assert "On n’a" in await page.inner_text("#erreur-adresse")
        await page.fill("[name=adresse]", f"{there.url}{what}" if what else event)
        await page.click("button:has-text('Regarder')")
        assert "Fête des voisins" in await page.inner_text("main")
        assert not scripts or await walk.axe(page) == []
        await walk.shot(page, f"ajouter-{width}")
        await page.click("button:has-text('Ajouter à l’agenda')")
        assert "ajouté" in await page.inner_text(".done")  # once: a second time it is there already
        assert (await page.inner_text("main")).count("Fête des voisins") == 1
        assert "En marge" in await page.inner_text("main")


async def test_a_yes_is_one_only_once_the_other_side_says_so(walk: Walk, there: LiveNode) -> None:
    event = address_of(there, "Assemblée")
    host, member = there.url.removeprefix("http://"), walk.people["membre"]
    walk.node.do(lambda uow, house: uow.peers.put_state(host, "approved", house.now))
    there.do(lambda uow, house: uow.peers.put_state(walk.node.url.removeprefix("http://"), "approved", house.now))
    async with walk.person("membre", width=PHONE) as page:
        await page.goto("/agenda/ajouter")
        await page.fill("[name=adresse]", event)
        await page.click("button:has-text('Regarder')")
        assert "est maintenant connue ici" in await page.inner_text("main")
        assert "qui confirme" in await page.inner_text(".rsvp")
        await page.click("button:has-text('J’y serai')")
        await walk.node.until(lambda uow: getattr(uow.participations.get(event, member), "state", "") == "accepted")
        await page.goto(page.url)
        assert "L’inscription est confirmée." in await page.inner_text(".occasion")
        assert there.see(lambda uow: uow.participations.count(event)) == 1
        assert await walk.axe(page) == []
        await walk.shot(page, "evenement-d-ailleurs")
        await page.click("button:has-text('Je n’y serai pas')")
        await there.until(lambda uow: uow.participations.count(event) == 0)
        await page.goto("/agenda?portee=suivis")
        assert "Assemblée du quartier" in await page.inner_text("main")
        assert "vous n’y serez pas" in await page.inner_text("main")
    walk.node.do(lambda uow, house: uow.peers.put_state(host, "unknown", house.now))


async def test_the_addresses_are_explained_and_one_is_made(walk: Walk) -> None:
    async with walk.person("membre", width=PHONE, language="en") as page:
        await page.goto("/agenda/abonnements")
        assert "up to a day" in await page.inner_text("main")
        assert await walk.axe(page) == []
        await walk.shot(page, "abonnements")
        await page.click("button:has-text('Create my address')")
        address = next(each for each in await page.locator("code").all_inner_texts() if each.endswith("icalendar"))
    async with walk.person() as page:
        answer = await page.request.get(address)
        assert (await answer.text()).startswith("BEGIN:VCALENDAR")


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
