"""US-20: a visitor finds, understands, quotes and prints a note, without account, cookie, banner or script."""

from __future__ import annotations

import json

import pytest

from kit.browsing import DESK, PHONE, Walk
from kit.ways import D_EN, D_FR, DJ_EN, P_EN, PJ_EN, turn
from node.actions.publish import publish
from node.contracts import Draft
from node.domain.entries import Audience, Entry
from node.domain.placing import Placement
from vocab.things.concept import Concept
from vocab.things.document import Document
from vocab.things.practice_note import PracticeNote
from vocab.values import Ref, Text

TERM, CLEAR = "bail social", "Un loyer que l’on paie selon ce que l’on gagne."
TEXT = f"""<p>Avec un {TERM}, tout change. {"Nous avons pris le temps d’écouter chaque personne. " * 60}</p>
<h2>En langage clair</h2><p>On écoute, puis on aide.</p>"""


@pytest.fixture(scope="module")
def note(walk: Walk) -> Entry:
    """A long note with a word that the community explains."""
    term = Concept(name=Text.of(TERM, "fr"), pref_label=Text.of(TERM, "fr"), plain_definition=Text.of(CLEAR, "fr"))
    said = Document(
        url=(Ref(f"{walk.node.url}/media/abc.mp3"),), media_type="audio/mpeg", name=Text.of("La version à écouter", "fr")
    )
    written = PracticeNote(name=Text.of("Écouter d’abord", "fr"), content=Text.of(TEXT, "fr"), attachment=(said.ref,))
    placed = Placement(author=walk.node.author, community=walk.community, audience=Audience.PUBLIC)
    walk.node.do(lambda uow, house: publish(uow, house, Draft(thing=term, source="t"), placed))
    return walk.node.do(lambda uow, house: publish(uow, house, Draft(thing=written, source="n", topics=(TERM,)), placed))


@pytest.mark.parametrize(("width", "scripts"), [(PHONE, False), (DESK, True)])
async def test_a_visitor_understands_and_quotes_a_note(walk: Walk, note: Entry, width: int, *, scripts: bool) -> None:
    asked: list[str] = []
    async with walk.person(width=width, scripts=scripts) as page:
        page.on("request", lambda request: asked.append(request.url))
        answer = await page.goto(note.iri)
        assert answer is not None
        assert len(await answer.body()) < 100_000
        assert await page.context.cookies() == []
        assert all(address.startswith(walk.node.url) for address in asked), "nothing is asked of anybody else"
        header = await page.inner_text("article header")
        assert "2 minutes de lecture" in header
        await page.click("text=Lire en langage clair")
        assert page.url.endswith("#langage-clair")
        await page.click(f"a.word:text('{TERM}')")
        assert await page.inner_text("dl.meanings dd") == CLEAR
        assert await page.locator("audio[controls]").count() == 1
        assert await page.is_visible("text=La version à écouter")
        cited = await page.inner_text("#reference")
        assert cited.startswith("Côté, M. (20")
        assert cited.endswith(note.iri)
        for words, expected in (("CSL", "Écouter d’abord"), ("RIS", "TI  - Écouter d’abord")):
            address = await page.get_attribute(f"#traces ~ p a:has-text('{words}'), .side a:has-text('{words}')", "href")
            assert expected in await (await page.context.request.get(f"{walk.node.url}{address}")).text()
        if scripts:
            assert await walk.axe(page) == []
            await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
            await page.click("text=Copier la référence")
            assert await page.evaluate("navigator.clipboard.readText()") == cited
        await walk.shot(page, f"note-publique-{width}")


async def test_a_printed_note_holds_the_text_and_nothing_to_press(walk: Walk, note: Entry) -> None:
    async with walk.person() as page:
        await page.goto(note.iri)
        await page.emulate_media(media="print")
        for what in (".menu", ".tools", ".skip", ".crumbs", ".foot"):
            assert not await page.is_visible(what), what
        assert await page.is_visible("text=On écoute, puis on aide.")
        assert await page.is_visible("#reference")


async def test_search_engines_and_zotero_are_told_what_it_is(walk: Walk, note: Entry) -> None:
    async with walk.person(language="en") as page:
        await turn(page, D_EN)
        await page.goto(note.iri)
        assert "2 minute read" in await page.inner_text("article header")
        said = json.loads(await page.inner_text('script[type="application/ld+json"]'))
        assert said["name"] == "Écouter d’abord"
        assert await page.get_attribute("article h1", "lang") == "fr"
        assert await page.locator('link[rel="alternate"][type="application/activity+json"]').count() == 1
        for way in (D_FR, DJ_EN, PJ_EN, P_EN):
            await turn(page, way)
            await page.goto(note.iri)
            assert await page.context.cookies() == []
            await page.click(f"text={way.says('Lire en langage clair')}")
            assert page.url.endswith("#langage-clair")
            await page.click(f"a.word:text('{TERM}')")
            assert await page.inner_text("dl.meanings dd") == CLEAR
            assert (await page.inner_text("#reference")).endswith(note.iri)


async def test_what_was_read_is_read_again_without_connection_and_nothing_else_is_kept(walk: Walk, note: Entry) -> None:
    async with walk.person(width=PHONE, keeps=True) as page:
        kept = "caches.open('pages-1').then(c => c.keys()).then(k => k.map(r => new URL(r.url).pathname))"
        path = note.iri.removeprefix(walk.node.url)
        await page.goto(note.iri)
        await page.wait_for_function(f"{kept}.then(found => found.includes('{path}'))")
        await page.goto("/recherche?q=secret")
        await page.goto("/communautes")
        await page.wait_for_function(f"{kept}.then(found => found.length === 2)")
        assert await page.context.cookies() == []
        await walk.sign_in(page.context, walk.people["membre"])
        await page.goto("/communautes/habitation")
        # What a cookie opens is not kept. A copy that is made anew is away for a moment.
        await page.wait_for_function(f"{kept}.then(found => found.sort().join() === ['/communautes', '{path}'].join())")
        await page.context.clear_cookies()
        await page.context.set_offline(offline=True)
        await page.goto(note.iri)
        assert "Écouter d’abord" in await page.inner_text("h1")
        assert await page.is_visible("text=Sans connexion : ceci est une copie")
        assert await page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute", "it is dressed"
        await page.goto("/agenda")
        await page.click("text=Écouter d’abord")
        assert page.url == note.iri
        await page.context.set_offline(offline=False)
        await page.goto("/hors-ligne")
        assert await walk.axe(page) == []
        await walk.shot(page, "hors-ligne")
        await page.click("text=Oublier ces pages")
        assert await page.evaluate(kept) == []
