"""US-03: somebody shares a link, a photo, a question in thirty seconds, and takes it back. US-02: they see who sees it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Page, expect

from kit.browsing import DESK, PHONE, Walk
from kit.multipart import photograph
from kit.outsite import outsite
from kit.ways import D_EN, DJ_EN, DJ_FR, P_EN, P_FR, PJ_EN, PJ_FR, Way, turn
from node.actions.receive_letter import Taken, receive_letter
from node.domain.visibility import PUBLIC_SCOPE, Scope


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def site() -> AsyncIterator[str]:
    async with outsite() as address:
        yield address


async def words(page: Page) -> str:
    return (await page.inner_text("main")).replace("\u00a0", " ")


async def test_a_link_in_three_gestures_without_scripts_on_a_phone(walk: Walk, site: str) -> None:
    async with walk.person("membre", width=PHONE, scripts=False) as page:
        await page.goto("/partager")
        await page.fill("#champ-texte", f"{site}/court?utm_campaign=z À lire avant la rencontre")
        await page.click("text=Publier")
        said = await words(page)
        assert "C’est publié" in said
        assert "vous, Ali Benali, Julie Tremblay et Mireille Côté ; aucun autre site." in said
        assert "« à compléter »" in said
        await page.click("text=Voir la page")
        said = await words(page)
        assert await page.inner_text("h1") == "Prévenir l’éviction"
        for each in (
            "À lire avant la rencontre",
            "Trois villes racontent",
            "Lire sur Le Quotidien · Zoé Roy, 4 mars 2026",
            "CC BY 4.0",
        ):
            assert each in said
        assert await page.get_attribute(f"a[href='{site}/article']", "href")  # the redirect resolved, nothing follows the reader
        assert await page.locator(".prose img[src*='/media/']").count() == 1
        await walk.shot(page, "partage-lien")


async def test_one_looks_first_corrects_and_undoes_without_scripts(walk: Walk, site: str) -> None:
    async with walk.person("membre", scripts=False) as page:
        await page.goto(f"/partager?lien={site}/article&titre=Un%20signet")
        await page.click("text=Voir d’abord")
        assert "rien n’est encore parti" in await words(page)
        assert await page.input_value("#champ-titre") == "Un signet"
        assert await page.input_value("#champ-resume") != ""
        await page.fill("#champ-titre", "Éviter l’éviction")
        await page.check("input[name=qui][value=public]")
        await page.click("text=Publier")
        assert "Tout le monde, sur le web" in await words(page)
        await page.click("text=Annuler la publication")
        said = await words(page)
        assert "C’est annulé" in said
        await page.click("main >> text=Éviter l’éviction")
        assert await page.input_value("#champ-titre") == "Éviter l’éviction"
    found = walk.node.see(lambda uow: uow.search.find("éviter", scope=PUBLIC_SCOPE))
    assert found == []


async def test_the_card_fills_itself_and_a_photo_is_described(walk: Walk, site: str, tmp_path: Path) -> None:
    async with walk.person("membre", width=DESK) as page:
        await page.goto("/partager")
        assert await walk.axe(page) == []
        await page.click("#champ-texte")
        await page.keyboard.insert_text(f"{site}/court")
        await expect(page.locator("#champ-titre")).to_have_value("Prévenir l’éviction")
        assert await page.input_value("#champ-lien") == f"{site}/article"
        assert await page.input_value("#champ-langue") == "fr"
        assert await walk.axe(page) == []
        await walk.shot(page, "partage-fiche")
        await page.click("text=Publier")
        assert await walk.axe(page) == []
        photo = tmp_path / "Sortie.jpg"
        photo.write_bytes(photograph())
        await page.goto("/partager")
        await page.set_input_files("#champ-fichier", str(photo))
        await page.fill("#champ-description", "Six personnes devant une école")
        await page.click("text=Publier")
        await page.click("text=Voir la page")
        assert await page.inner_text("h1") == "Six personnes devant une école"
        picture = page.locator(".prose img")
        assert await picture.get_attribute("alt") == "Six personnes devant une école"
        assert await picture.evaluate("each => each.complete && each.naturalWidth") == 40


#: Stands in for a microphone that nobody has here; everything after it is the browser's own.
MICROPHONE = """navigator.mediaDevices.getUserMedia = async () => {
  const context = new AudioContext(), tone = context.createOscillator(), out = context.createMediaStreamDestination();
  tone.connect(out); tone.start(); return out.stream; };"""


async def test_a_spoken_message_is_recorded_written_down_and_heard(walk: Walk) -> None:
    async with walk.person("membre", width=PHONE) as page:
        await page.add_init_script(MICROPHONE)
        await page.goto("/partager")
        await page.click("text=Enregistrer un message vocal")
        await expect(page.locator(".recorder [data-time]")).to_have_text("0:01")
        await expect(page.locator(".recorder button")).to_have_text("Arrêter")
        await page.click("text=Publier")  # too early: the message is joined first
        words_said = page.locator(".joined.sound textarea")
        await expect(words_said).to_be_focused()
        assert await page.locator(".joined audio").evaluate(
            "each => new Promise(done => { each.onloadedmetadata = () => done(true); each.load(); })"
        )
        assert await walk.axe(page) == []
        await walk.shot(page, "partage-voix")
        await words_said.fill("On se voit mardi.\nApportez vos questions.")
        await page.click("text=Publier")
        await page.click("text=Voir la page")
        assert await page.inner_text("h1") == "On se voit mardi. Apportez vos questions."
        assert "Apportez vos questions." in await page.inner_text(".prose blockquote")
        assert await walk.axe(page) == []
        await walk.shot(page, "partage-voix-page")
        sound = page.locator("main audio")
        played = """each => new Promise((done, no) => { each.onerror = no; each.play();
            each.ontimeupdate = () => each.currentTime > .2 && done(true); })"""
        assert await sound.evaluate(played)


async def test_a_letter_becomes_a_card_and_can_be_taken_back(walk: Walk, site: str) -> None:
    async with walk.person("membre", width=PHONE) as page:
        await page.goto("/partager")
        await page.click("text=Mon adresse")
        assert await walk.axe(page) == []
        await page.select_option("#champ-communaute", label="Habitation")
        await page.click("button:has-text('Obtenir mon adresse')")
        address = await page.inner_text("main code")
        assert await walk.axe(page) == []
        await walk.shot(page, "partage-courriel")
        await page.goto("/moi/partage?langue=en")
        assert "Share by email" in await words(page)
        assert address not in await words(page)
        undo, card = await sent_by_letter(walk, address, f"À lire : {site}/court?utm_source=x")
        await page.goto(card)
        assert await page.inner_text("h1") == "Prévenir l’éviction"
    async with walk.person("", width=PHONE) as page:
        await page.goto(undo)
        assert "Prévenir l’éviction" in await words(page)
        assert await walk.axe(page) == []
        await walk.shot(page, "partage-annuler")
        await page.click("main button")
        assert "redevenu un brouillon" in await words(page)
        await page.goto(undo)
        assert "c’est déjà annulé" in await words(page)
    async with walk.person("membre", scripts=False) as page:
        await page.goto("/brouillons")
        await page.click("main >> text=Prévenir l’éviction")
        assert await page.input_value("#champ-lien") == f"{site}/article"


async def sent_by_letter(walk: Walk, address: str, text: str) -> tuple[str, str]:
    """Somebody sends a letter; where the one that answers it leads: to undo it, and to the card."""
    letter = f"From: autre@exemple.org\nTo: {address}\nSubject: Tr: \n\n{text}\n-- \nZoé\n"
    taken = walk.node.do(lambda uow, house: receive_letter(uow, house, letter.encode()))
    assert taken is Taken.KEPT
    await walk.node.until(lambda uow: any("C’est partagé" in row.subject for row in uow.letters.listed("due")))
    told = walk.node.see(lambda uow: next(row for row in uow.letters.listed("due") if "C’est partagé" in row.subject))
    assert told.recipient == "membre@exemple.org"
    [undo] = re.findall(r"http\S+/partager/lettre\S+", told.text)
    [card] = re.findall(r"http\S+/ressources/\S+(?=\n)", told.text)
    return undo, card


async def test_the_editor_helps_by_keyboard_alone(walk: Walk) -> None:
    async with walk.person("membre", width=PHONE) as page:
        await page.goto("/partager")
        await page.focus("#champ-texte")
        await page.keyboard.type("Avec @Mir")
        await page.wait_for_selector("[role=option]")
        assert await page.get_attribute("#champ-texte", "aria-activedescendant") == "choix-texte-0"
        await page.keyboard.press("Enter")
        await page.keyboard.type("voir [[acc")
        await page.wait_for_selector("[role=option]")
        await page.keyboard.press("Tab")
        text = await page.input_value("#champ-texte")
        assert re.search(
            r"Avec \[@Mireille Côté\]\(<http.+personnes/.+>\) voir \[Accueillir sans formulaire\]\(<http.+>\) $", text
        )
        await page.keyboard.type("gros")
        for _ in range(4):
            await page.keyboard.press("Shift+ArrowLeft")
        await page.keyboard.press("Control+b")
        assert (await page.input_value("#champ-texte")).endswith("**gros**")
        await looked_at_and_sent(walk, page)
    told = walk.node.see(
        lambda uow: [
            row.kind
            for row in uow.notices.of(
                walk.people["animation"], Scope(actor=walk.people["animation"], communities=frozenset({walk.community}))
            )
        ]
    )
    assert "mention" in told


async def looked_at_and_sent(walk: Walk, page: Page) -> None:
    await page.focus(".editor-tools [data-deed=bold]")
    for _ in range(11):
        await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".editor-preview strong")
    assert await walk.axe(page) == []
    await expect(page.locator("[data-draft-said]")).to_contain_text("gardé")
    await page.goto("/brouillons")
    assert await walk.axe(page) == []
    await page.click("main >> text=Avec")
    assert "Mireille" in await page.input_value("#champ-texte")
    await page.check("input[name=question]")
    await page.click("text=Publier")
    assert "C’est publié" in await words(page)


async def test_word_is_pasted_clean(walk: Walk) -> None:
    async with walk.person("membre") as page:
        await page.goto("/partager")
        await page.evaluate(
            """() => { const data = new DataTransfer();
            data.setData('text/html', '<p class=MsoNormal><b>Un</b> deux<o:p></o:p></p><script>alert(1)</script>');
            data.setData('text/plain', 'Un deux');
            const field = document.querySelector('#champ-texte'); field.focus();
            field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); }"""
        )
        await expect(page.locator("#champ-texte")).to_have_value("**Un** deux")
        assert await page.locator("script:has-text('alert')").count() == 0


async def test_wider_asks_first_narrower_is_told(walk: Walk) -> None:
    async with walk.person("membre") as page:
        await turn(page, P_FR)
        await page.goto("/partager")
        await page.fill("#champ-texte", "Un texte à nous, que personne d’autre ne lit pour l’instant.")
        await page.click("text=Publier")
        await page.click("text=Changer qui le voit")
        address = page.url.partition("?")[0]
        await turn(page, DJ_FR)
        await page.goto(address)
        await page.check("input[name=qui][value=public]")
        await page.click("text=Enregistrer")
        said = await words(page)
        assert "Plus de gens la verront : Tout le monde, sur le web" in said
        await page.check("input[name=confirmer]")
        await page.click("text=Enregistrer")
        assert "C’est changé." in await words(page)
        await turn(page, PJ_FR)
        await page.goto(address)
        await page.check("input[name=qui][value=moi]")
        await page.click("text=Enregistrer")
        assert "Vous seul·e. Rien ne sort d’ici." in await words(page)
        await page.click("summary:has-text('Retirer cette page')")
        await page.click("text=Retirer pour de bon")
        assert "C’est retiré." in await words(page)


async def shared_and_kept(page: Page, way: Way) -> None:
    """Shares a few words with the community, then keeps them to oneself."""
    await page.goto("/partager")
    await page.fill("#champ-texte", "A fine idea")
    await page.click(f"text={way.says('Publier')}")
    assert way.says("C’est publié") in await words(page)
    assert "Ali Benali" in await words(page), "one sees who sees it"
    await page.click(f"text={way.says('Changer qui le voit')}")
    await page.check("input[name=qui][value=moi]")
    await page.click(f"text={way.says('Enregistrer')}")
    assert way.says("C’est changé.") in await words(page)


async def test_in_english_a_refused_form_keeps_what_was_written(walk: Walk) -> None:
    async with walk.person("membre", language="en", width=DESK) as page:
        await page.goto("/partager")
        await page.fill("#champ-texte", " ")
        await page.click("button:has-text('Publish')")
        assert "Paste a link, write a few words or choose a file." in await words(page)
        assert await walk.axe(page) == []
        await page.fill("#champ-texte", "A fine idea")
        await page.check("input[name=qui][value=choisies]")
        await page.uncheck("input[name=choisie]")
        await page.click("button:has-text('Publish')")
        assert "Name the chosen communities." in await words(page)
        assert await page.input_value("#champ-texte") == "A fine idea"
        for way in (D_EN, P_EN, PJ_EN, DJ_EN):
            await turn(page, way)
            await shared_and_kept(page, way)
    async with walk.person("observation") as page:
        await page.goto("/partager")
        assert await page.locator("input[name=qui]").count() == 1
