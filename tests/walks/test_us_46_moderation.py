"""US-46: what is not right is told to those who animate, decided with a reason, and may be looked at again by others."""

from __future__ import annotations

from playwright.async_api import Page

from kit.browsing import PHONE, Walk
from kit.ways import D_FR, P_FR, turn
from node.actions.reply import reply


def said_by(walk: Walk, role: str, words: str) -> str:
    """A message of somebody below the first note."""
    scope = walk.node.database.read_now(lambda uow: uow.holdings.iris(walk.community))
    return walk.node.do(lambda uow, house: reply(uow, house, min(scope), walk.people[role], words)).iri


async def test_from_a_report_to_a_pause_and_back(walk: Walk) -> None:
    words = "Vous n’y comprenez rien."
    iri = said_by(walk, "curation", words)
    async with walk.person("membre", width=PHONE) as page:
        await report(walk, page, iri)
    async with walk.person("animation") as page:
        await decide(walk, page, words)
    async with walk.person("curation", width=PHONE, scripts=False) as page:
        await page.goto("/avis")
        await page.click("text=Une décision vous concerne")
        assert "Parlons-nous d’abord." in await page.inner_text("main")
        await walk.shot(page, "decision")
        await page.fill("#champ-texte", "Je voulais plaisanter.")
        await page.click("text=Demander de revoir la décision")
        await page.goto(iri)
        assert await page.locator("text=Publier la réponse").count() == 0
        assert "vous demande une pause" in await page.inner_text("main")
    async with walk.person("admin") as page:
        await page.goto("/noeud/moderation")
        assert "Je voulais plaisanter." in await page.inner_text("main")
        await walk.shot(page, "noeud-moderation")
        assert await walk.axe(page) == []
        await turn(page, P_FR)
        await page.goto("/noeud/moderation")
        await page.locator("textarea").last.fill("C’était une blague, en effet.")
        await page.click("text=Revenir sur la décision")
        assert "Je voulais plaisanter." not in await page.inner_text("main")
    async with walk.person("curation", scripts=False) as page:
        await page.goto(iri)
        assert await page.locator("text=Publier la réponse").count() == 1


async def report(walk: Walk, page: Page, iri: str) -> None:
    await page.goto(f"/signaler?iri={iri}")
    await walk.shot(page, "signaler")
    assert await walk.axe(page) == []
    await turn(page, P_FR)
    await page.goto(f"/signaler?iri={iri}")
    await page.check("#champ-motif-1")
    await page.fill("#champ-texte", "Ce n’est pas notre ton.")
    await page.click("main form button")
    assert "C’est transmis" in await page.inner_text("main")


async def decide(walk: Walk, page: Page, words: str) -> None:
    await page.goto("/communautes/habitation/moderation")
    assert words in await page.inner_text("main")
    await page.click("summary:has-text('Décider')")
    await walk.shot(page, "moderation")
    assert await walk.axe(page) == []
    await turn(page, D_FR)
    await page.goto("/communautes/habitation/moderation")
    await page.click("summary:has-text('Décider')")
    await page.check("input[name=mesure][value=pause]")
    await page.fill("textarea[name=raison]", "Parlons-nous d’abord.")
    await page.click("button[value=decider]")
    assert "C’est décidé" in await page.inner_text("main")


async def test_words_of_somebody_hidden_are_folded_away_for_one_reader_alone(walk: Walk) -> None:
    words = "Encore une idée de ma part."
    iri = said_by(walk, "curation", words)
    async with walk.person("membre", width=PHONE, scripts=False) as page:
        await page.goto(iri)
        top = await page.get_attribute(".via a", "href") or ""
        await page.goto(top)
        await page.click("li:has-text('Encore une idée') >> text=Masquer cette personne")
        await page.click("button:has-text('Masquer cette personne')")
        assert "Personne n’en est avisé" in await page.inner_text("main")
        await walk.shot(page, "masquer")
        await page.goto(top)
        assert not await page.locator(f"text={words}").is_visible()
        await page.click("li:has-text('Encore une idée') summary:has-text('D’une personne que vous masquez')")
        assert await page.locator(f"text={words}").is_visible()
        await walk.shot(page, "masque-fil")
    async with walk.person("animation", language="en") as page:
        await page.goto(f"{top}?langue=en")
        assert await page.locator(f"text={words}").is_visible()
        await page.click("text=Slow this conversation down")
        assert "one message an hour per person at most" in await page.inner_text("[role=status]")
        await walk.shot(page, "ralenti")
        assert await walk.axe(page) == []
        await page.click("text=Go back to the usual pace")
        await page.wait_for_selector("text=Slow this conversation down")
        await page.goto("/communautes/habitation/moderation?langue=en")
        await page.click("text=Hold them first")
        assert "Let them show right away" in await page.inner_text("main")
        await walk.shot(page, "moderation-rythme")
        assert await walk.axe(page) == []


async def test_to_others_the_desk_is_not_there(walk: Walk) -> None:
    async with walk.person("membre", language="en") as page:
        answer = await page.goto("/communautes/habitation/moderation")
        assert answer is not None
        assert answer.status == 404
        answer = await page.goto("/noeud/moderation")
        assert answer is not None
        assert answer.status == 403
