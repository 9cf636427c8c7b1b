"""US-13: with a keyboard, a phone, large text, no script: everybody gets around, and nothing typed is lost."""

from __future__ import annotations

import pytest

from kit.browsing import DESK, PHONE, SMALLEST, Walk
from kit.nodes import key_pair
from node.actions.add_community import add_community

#: What may be pressed and is smaller than 24 pixels, unless it stands in a line of text (WCAG 2.2 §2.5.8).
SMALL = """() => [...document.querySelectorAll('button, summary, input:not([type=hidden]), select, textarea, nav a, .tools a')]
  .filter(e => e.checkVisibility() && !e.closest('.unseen'))
  .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
  .filter(([_, b]) => b.width > 1 && (b.width < 24 || b.height < 24)).map(([html, _]) => html)"""
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


@pytest.mark.parametrize("width", [PHONE, DESK])
async def test_without_scripts_a_member_gets_around(walk: Walk, width: int) -> None:
    async with walk.person("membre", width=width, scripts=False) as page:
        await page.goto("/")
        if width == DESK:
            await page.click("nav summary")
            await page.click("nav .drop a:has-text('Habitation')")
        else:
            await page.click("nav .on-phone a:has-text('Communauté')")
        assert await page.inner_text("h1") == "Habitation"
        await page.click(".me summary")
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


async def test_axe_finds_nothing_for_who_looks_after_the_node(walk: Walk) -> None:
    async with walk.person("admin", width=PHONE, dark=True, language="en") as page:
        problems = []
        for path in ("/", "/noeud/textes?q=note", "/noeud/apparence"):
            await page.goto(path)
            problems += await walk.axe(page)
        assert problems == []


#: What the keyboard can reach of the content of a page, in the order of the page: one of each group of radios.
REACHABLE = """() => {
  const groups = new Set();
  const isFolded = (e) => {
    const fold = e.closest('details:not([open])');
    return fold && !fold.querySelector('summary').contains(e);
  };
  const kinds = ['a[href]', 'button', 'input:not([type=hidden])', 'select', 'textarea', 'summary', '[tabindex="0"]'];
  return [...document.querySelectorAll(kinds.map((kind) => `main ${kind}`))].filter((e) => {
    if (e.tabIndex < 0 && e.closest('[role=toolbar]')) return false; // arrows lead on within it
    if (e.disabled || !e.checkVisibility({visibilityProperty: true}) || isFolded(e)) return false;
    if (e.type !== 'radio') return true;
    const chosen = document.querySelector(`input[type=radio][name="${e.name}"]:checked`);
    if (chosen ? e !== chosen : groups.has(e.name)) return false;
    return groups.add(e.name);
  }).map((e, number) => { e.dataset.number = number; return e.outerHTML.slice(0, 120) }) }"""
#: Notes where the focus goes, and whether one sees it.
FOLLOWED = """() => { window.gone = []; addEventListener('focusin', (event) => {
  const style = getComputedStyle(event.target), number = Number(event.target.dataset.number ?? -1);
  if (gone.at(-1)?.[0] !== number) gone.push([number, style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2]) });
  document.getElementById('contenu').focus() }"""
FORMS = (
    "/agenda/nouvelle", "/agenda/ajouter", "/moi", "/moi/avis", "/partager", "/communautes/habitation/inviter",
    "/communautes/habitation/membres", "/communautes/habitation/reglages", "/communautes/habitation/regles/modifier",
    "/communautes/habitation/echanges/nouveau", "{note}/modifier", "{note}/visibilite", "/signaler?iri={iri}",
    "/traduire?iri={iri}",
)  # fmt: skip


async def test_tab_reaches_everything_in_order_and_one_sees_where_one_is(walk: Walk) -> None:
    iri = walk.node.note("Suivre le clavier").iri
    async with walk.person("animation") as page:
        for path in FORMS:
            await page.goto(path.format(note=iri.removeprefix(walk.node.url), iri=iri))
            expected = await page.evaluate(REACHABLE)
            await page.evaluate(FOLLOWED)
            for _ in range(5 * len(expected) + 5):  # a date has several stops of its own
                await page.keyboard.press("Tab")
                if not await page.evaluate("document.activeElement.closest('main')"):
                    break
            followed = [step for step in await page.evaluate("gone") if step[0] >= 0]
            assert [expected[number] for number, _ in followed] == expected, path
            assert [expected[number] for number, is_seen in followed if not is_seen] == [], f"{path}: one sees the focus"
            assert not await page.evaluate("document.activeElement.closest('main')"), f"{path}: Tab leads out"


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
