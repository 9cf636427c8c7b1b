"""US-13: with a keyboard, a phone, large text, no script: everybody gets around, and nothing typed is lost."""

from __future__ import annotations

import pytest

from kit.browsing import DESK, PHONE, SMALLEST, Walk
from kit.keyboard import by_keys, ready
from kit.nodes import key_pair
from kit.ways import D_EN, D_FR, DJ_EN, P_EN, P_FR, turn
from node.actions.add_community import add_community

#: What may be pressed and is smaller than 24 pixels, unless it stands in a line of text (WCAG 2.2 §2.5.8).
SMALL = """() => [...document.querySelectorAll('button, summary, input:not([type=hidden]), select, textarea, nav a, .tools a')]
  .filter(e => e.checkVisibility() && !e.closest('.unseen'))
  .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
  .filter(([_, b]) => b.width > 1 && (b.width < 24 || b.height < 24)).map(([html, _]) => html)"""
#: Keeps what comes into a live region anew.
HEARD = """new MutationObserver((changes) => {
  for (const {target, removedNodes} of changes)
    if (removedNodes.length && target.matches('[role=status]')) window.heard = target.innerText;
}).observe(document, {childList: true, subtree: true})"""
PAGES = ("/", "/communautes/habitation", "/recherche", "/agenda", "/ailleurs", "/systeme", "/accessibilite", "/noeud/apparence")


async def test_a_keyboard_goes_everywhere_in_the_menu(walk: Walk) -> None:
    async with walk.person("membre") as page:
        await page.goto("/")
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.className") == "skip"
        await page.keyboard.press("Alt+/")
        assert await page.evaluate("document.activeElement.type") == "search"
        await page.focus("nav summary")
        await page.keyboard.press("Enter")
        assert await page.is_visible("nav .drop a:has-text('Habitation')")
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.innerText") == "Habitation"
        await page.keyboard.press("Escape")
        assert not await page.is_visible("nav .drop a:has-text('Habitation')")
        assert await page.evaluate("document.activeElement.tagName") == "SUMMARY", "focus comes back to what opened the menu"
        await page.focus(".me summary")
        await page.keyboard.press("Enter")
        await walk.shot(page, "menu-ouvert")
        assert await walk.axe(page) == []
        await page.click("h1")
        assert not await page.is_visible(".me form")


async def test_a_member_gets_around_in_every_way(walk: Walk) -> None:
    async with walk.person("membre") as page:
        for way in (DJ_EN, D_EN, P_EN, D_FR, P_FR):
            await turn(page, way)
            await page.goto("/")
            if way.width == DESK:
                await page.click("nav summary")
                await page.click("nav .drop a:has-text('Habitation')")
            else:
                await page.click(f"nav .on-phone a:has-text('{way.says('Communauté')}')")
            assert await page.inner_text("h1") == "Habitation"
            await page.click(".me summary")
            assert await page.is_visible(f".me >> text={way.says('Sortir')}")
        await page.click(".me >> text=Sortir")
        await page.goto("/rien-de-tel")
        assert "Vous êtes membre" in await page.inner_text("main")
        await page.click("text=Entrer et y revenir")
        assert await page.inner_text("h1") == "Entrer"


@pytest.mark.parametrize("width", [SMALLEST, DESK])
async def test_what_is_pressed_is_large_enough_and_nothing_leaves_the_screen(walk: Walk, width: int) -> None:
    async with walk.person("admin", width=width) as page:
        for path in PAGES:
            await page.goto(path)
            assert await page.evaluate(SMALL) == [], path
            assert await page.evaluate("document.documentElement.scrollWidth") <= width, path
            await page.evaluate("document.documentElement.style.fontSize = '200%'")
            if width == DESK:
                assert await page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} in large letters"


async def test_a_form_that_is_refused_says_how_to_mend_it_and_keeps_what_was_typed(walk: Walk) -> None:
    async with walk.person("admin", width=PHONE, scripts=False) as page:
        await page.goto("/noeud/textes?q=repertoire")
        field = page.locator("form.phrase textarea").first
        await field.fill("<b>Bibliothèque</b>")
        await page.locator("form.phrase button").first.click()
        assert (await page.title()).startswith("À corriger")
        assert await page.evaluate("document.activeElement.id") == "a-corriger"
        assert "<b>Bibliothèque</b>" in await page.locator("form.phrase textarea").first.input_value()


async def test_what_a_deed_has_done_is_read_aloud_once_the_page_is_there(walk: Walk) -> None:
    """A live region says what comes into it, never what it began with."""
    async with walk.person("admin") as page:
        await page.add_init_script(HEARD)
        await page.goto("/liens?fait=pause")
        look = "new Promise(done => { const look = () => window.heard ? done(window.heard) : setTimeout(look, 50); look(); })"
        assert "en pause" in await page.evaluate(look)
        assert await page.locator(".done").count() == 1


async def test_axe_finds_nothing_for_who_looks_after_the_node(walk: Walk) -> None:
    async with walk.person("admin", width=PHONE, dark=True, language="en") as page:
        problems = []
        for path in ("/", "/noeud/textes?q=note", "/noeud/apparence"):
            await page.goto(path)
            problems += await walk.axe(page)
        assert problems == []


#: What has every kind of field, fold and menu; `make screenshots` goes over all pages.
FORMS = ("/agenda/nouvelle", "/moi", "/partager", "/communautes/habitation/membres", "{note}/modifier", "/signaler?iri={iri}")
LISTS = ("/communautes/habitation", "/recherche")


async def test_the_keyboard_alone_goes_over_whole_pages(walk: Walk) -> None:
    iri, wrong = walk.node.note("Suivre le clavier").iri, list[str]()
    for width, paths in ((DESK, FORMS), (PHONE, LISTS)):
        async with walk.person("animation", width=width) as page:
            await ready(page.context)
            for path in paths:
                await page.goto(path.format(note=iri.removeprefix(walk.node.url), iri=iri))
                wrong += (await by_keys(page))[1]
    assert wrong == []


#: A page where nearly every stop has something wrong with it.
SPOILED = """<style>a, button, input { display: block; min-height: 24px; min-width: 24px } :focus { outline: 3px solid }
#bar { position: fixed; inset: 20px 0 auto; height: 90px; background: red } #under { position: absolute; top: 40px }</style>
<a href="#1">good</a> <a id="late" href="#2" tabindex="1">late</a> <a href="#3" tabindex="-1">never</a>
<p style="height: 90px"></p><a href="#4" style="outline: 0">pale</a> <a href="#5" style="min-height: 9px; height: 9px">small</a>
<div id="mouse">press</div> <form method="post"><button onkeydown="if (event.key != 'Tab') event.preventDefault()">deaf</button>
</form><form><input type="radio" name="r" onkeydown="if (event.code[0] == 'A') event.preventDefault()">
<input type="radio" name="r">
</form><details><summary onkeydown="if (event.key == 'Enter') event.preventDefault()">stuck</summary>in</details>
<a id="under" href="#6">under</a><p id="bar"></p>
<textarea onkeydown="if (event.key == 'Tab') event.preventDefault()"></textarea> <a href="#7">lost</a>
<script>document.getElementById("mouse").addEventListener("click", () => 0)</script>"""


async def test_what_the_keyboard_cannot_do_is_found(walk: Walk) -> None:
    async with walk.person() as page:
        await ready(page.context)
        await page.goto("about:blank")
        await page.set_content(SPOILED)
        _, wrong = await by_keys(page)
        for said in (
            'out of turn: <a id="late"', 'out of order: <a id="late"', 'no key leads to <a href="#3"',
            'no focus to see: <a href="#4"', 'pixels: <a href="#5"', 'only a mouse: <div id="mouse"',
            "Enter and Space do not send <button", "arrows do not choose in <input", "Enter does not open <summary",
            'hidden at focus: <a id="under"', "Tab does not leave <textarea", 'Tab does not reach <a href="#7"',
        ):  # fmt: skip
            assert any(said in line for line in wrong), (said, wrong)


async def test_a_form_is_filled_in_and_sent_by_the_keyboard_alone(walk: Walk) -> None:
    async with walk.person("animation") as page:
        await page.goto("/agenda/nouvelle")
        await page.focus("#champ-date")
        await page.keyboard.type("12312027")
        await page.focus("summary:has-text('Elle revient')")
        await page.keyboard.press("Space")
        await page.focus("[name=repete]")
        await page.keyboard.press("ArrowDown")
        await page.focus("[name=pour]")
        await page.keyboard.press("ArrowDown")
        await page.focus("[name=inviter]")
        await page.keyboard.press("Space")
        assert await page.is_checked("[name=inviter]")
        await page.focus("[name=titre]")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/rencontres/**")
        assert "Chaque semaine" in await page.inner_text(".occasion")
        assert await walk.axe(page) == []
    assert "convocation" in {row.kind for row in walk.node.do(lambda uow, _: uow.letters.listed("due", "sent", "given_up"))}


async def test_axe_finds_nothing_where_nobody_had_looked(walk: Walk) -> None:
    quiet = walk.node.do(lambda uow, house: add_community(uow, house, "Tranquille", keys=key_pair(14)).iri)
    async with walk.person(width=PHONE) as page:
        problems = []
        for path in ("/", quiet.removeprefix(walk.node.url), f"/ecrire?iri={walk.node.note('Une lettre').iri}"):
            await page.goto(path)
            problems += await walk.axe(page)
        assert problems == []
