"""US-08: notes and notebooks as curators know them: outline, numbering, ways through, reading in one piece, the desk."""

from __future__ import annotations

import io
import zipfile

import pytest
from playwright.async_api import Page

from kit.browsing import DESK, PHONE, SMALLEST, Walk
from kit.ways import DJ_EN, DJ_FR, P_EN, P_FR, turn
from node.actions.publish import publish
from node.contracts import Draft, House
from node.domain.entries import Audience
from node.domain.placing import Placement
from node.storage.unit_of_work import UnitOfWork
from vocab.things.notebook import Notebook
from vocab.things.ordered_collection import OrderedCollection
from vocab.things.practice_note import PracticeNote
from vocab.values import Ref, Text

COUNT = 65


def titles() -> list[str]:
    """The titles of a thesis: numbered, three levels deep."""
    found = ["Table des matières", "Résumé"]
    for chapter in range(1, 8):
        found.append(f"{chapter}.0. Chapitre {chapter}")
        found += [f"{chapter}.{part}. Partie {part}" for part in range(1, 5)]
        found += [f"{chapter}.4.{detail}. Détail {detail}" for detail in range(1, 5)]
    return found[:COUNT]


def a_notebook(walk: Walk, name: str, names: list[str]) -> str:
    placed = Placement(author=walk.node.author, community=walk.community, audience=Audience.PUBLIC)

    def made(uow: UnitOfWork, house: House) -> str:
        def put(thing: PracticeNote | Notebook) -> str:
            return publish(uow, house, Draft(thing=thing, source="x"), placed).iri

        notes = [
            put(PracticeNote(name=Text.of(each, "fr"), content=Text.of(f"<h2>Début</h2><p>{each}, en quelques mots.</p>", "fr")))
            for each in names
        ]
        outline = OrderedCollection(items=tuple(map(Ref, notes)), total_items=len(notes)).ref
        return put(Notebook(name=Text.of(name, "fr"), content=Text.of("<p>Un mémoire.</p>", "fr"), entries=outline))

    return walk.node.do(made).removeprefix(walk.node.url)


@pytest.fixture(scope="module")
def thesis(walk: Walk) -> str:
    """The path of a notebook of 65 notes."""
    return a_notebook(walk, "Mémoire", titles())


@pytest.mark.parametrize(("width", "scripts", "language"), [(DESK, False, "fr"), (SMALLEST, True, "en")])
async def test_a_thesis_of_65_notes_is_pleasant_to_read(
    walk: Walk, thesis: str, width: int, language: str, *, scripts: bool
) -> None:
    path = thesis
    async with walk.person(width=width, scripts=scripts, language=language) as page:
        await page.goto(path)
        assert await page.locator(".toc li").count() == COUNT
        assert await page.locator(".toc li.in-2").count() > 20
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        await walk.shot(page, f"carnet-{width}")
        await page.click(".toc >> text=2.4.1. Détail 1")
        crumbs = await page.locator(".crumbs li").all_inner_texts()
        assert [each.strip() for each in crumbs][-3:] == ["Mémoire", "2.0. Chapitre 2", "2.4. Partie 4"]
        assert ("17 sur 65" if language == "fr" else "17 of 65") in await page.inner_text(".way")
        await walk.shot(page, f"note-du-carnet-{width}")
        if scripts and width == SMALLEST:
            assert await walk.axe(page) == []
        await page.click("a[rel=next]")
        assert await page.inner_text("h1") == "2.4.2. Détail 2"
        await page.click("a[rel=prev]")
        await page.click(".way .facts a")


@pytest.mark.parametrize(("width", "scripts", "language"), [(PHONE, True, "fr"), (DESK, False, "en")])
async def test_it_is_read_in_one_piece_and_taken_along(
    walk: Walk, thesis: str, width: int, language: str, *, scripts: bool
) -> None:
    async with walk.person(width=width, scripts=scripts, language=language) as page:
        await page.goto(thesis)
        await page.click("text=Lire d’un trait" if language == "fr" else "text=Read straight through")
        assert await page.locator(".chapter").count() == COUNT
        assert await page.locator(".chapter h3").count() == COUNT
        if scripts:
            assert await walk.axe(page) == []
        await page.click(".contents >> text=7.0. Chapitre 7")
        assert page.url.endswith("#note-57")
        await walk.shot(page, f"lecture-{width}")
        answer = await page.request.get(f"{thesis}?format=epub&contenu=oui")
        with zipfile.ZipFile(io.BytesIO(await answer.body())) as book:
            assert len([name for name in book.namelist() if name.startswith("EPUB/note-")]) == COUNT


async def arranged(page: Page, plan: str) -> None:
    """Une, Deux, Trois, Quatre become Quatre, a part with Trois in it, Une and Deux; and another note comes last."""
    await page.click("button[value='monter:3']")
    await turn(page, DJ_EN)
    await page.goto(plan)
    for key, place in (("ArrowDown", 3), ("ArrowUp", 2)):
        await page.focus(f"#ligne-{5 - place} a")
        await page.keyboard.press(f"Alt+{key}")
        await page.wait_for_url(f"**#ligne-{place}")
        assert await page.evaluate("document.activeElement.id") == f"ligne-{place}"
    assert await page.locator(".plan .title").all_inner_texts() == ["Une", "Deux", "Quatre", "Trois"]
    way = await turn(page, P_EN)
    await page.goto(plan)
    await page.fill("[name=partie]", "Seconde partie")
    await page.click("button[value=partie]")
    await page.click("button[value='monter:4']")
    await page.click("button[value='entrer:4']")
    assert await page.locator(".plan .number").all_inner_texts() == ["1", "2", "3", "4", "4.1"]
    await page.check("input[name=pris][value='0']")
    await page.check("input[name=pris][value='1']")
    await page.select_option("[name=avant]", "5")
    await page.click("button[value=deplacer]")
    await page.fill("#champ-q", "porte en porte")
    await page.click(f"section button:has-text('{way.says('Chercher')}')")
    await page.click(f"button:has-text('{way.says('Ajouter')} – Aller de porte en porte')")


async def test_an_outline_is_arranged_by_keyboard_or_without_script(walk: Walk) -> None:
    path = a_notebook(walk, "Guide", ["Une", "Deux", "Trois", "Quatre"])
    async with walk.person("curation") as page:
        await turn(page, P_FR)
        await page.goto(path)
        await page.click("text=Réordonner le sommaire")
        plan = page.url.partition("?")[0].partition("#")[0]
        await arranged(page, plan)
        assert await page.locator(".plan li").count() == 6
        await page.click("button[value='retirer:3']")
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE
        await walk.shot(page, "plan")
        await turn(page, DJ_FR)
        await page.goto(plan)
        assert await walk.axe(page) == []
        await page.goto(path)
        assert await page.locator(".toc li").count() == 4, "nothing is saved yet"
        await page.click("text=Réordonner le sommaire")
        await page.click("button[value=enregistrer]")
        assert "Le sommaire est enregistré" in await page.inner_text("[role=status]")
        lines = await page.locator(".toc li a").all_inner_texts()
        assert lines == ["Quatre", "Seconde partie", "Trois", "Deux", "Aller de porte en porte"]
        await page.goto(f"{path}/versions")
        assert await page.locator(".versions h3").count() == 2


async def test_a_member_puts_a_note_into_a_new_notebook(walk: Walk) -> None:
    path = walk.node.note("À mettre de côté").iri.removeprefix(walk.node.url)
    async with walk.person("membre", width=PHONE) as page:
        await page.goto(path)
        await page.click("text=Mettre dans un carnet")
        assert await walk.axe(page) == []
        await page.fill("[name=titre]", "Mes lectures")
        await page.click("button:has-text('Faire le carnet')")
        assert await page.locator(".plan .title").all_inner_texts() == ["À mettre de côté"]
        await page.click(".crumbs a")
        assert await page.inner_text("h1") == "Mes lectures"
        await page.goto(path)
        assert "1 sur 1" in await page.inner_text(".way")


async def test_a_curator_finds_what_waits(walk: Walk) -> None:
    entry = walk.node.note("Partagé en vitesse")
    walk.node.do(lambda uow, house: uow.unfinished.add(entry.iri, house.now))
    async with walk.person("curation", width=PHONE) as page:
        await page.goto("/atelier")
        assert "Partagé en vitesse" in await page.inner_text("main")
        assert await walk.axe(page) == []
        await walk.shot(page, "atelier")
        await page.click("a:has-text('Compléter')")
        await page.click("summary:has-text('Repères')")
        await page.fill("[name=sujets]", "entraide de quartier")
        await page.click("summary:has-text('Crédits')")
        await page.fill("[name=credit-1-qui]", "Ali Benali")
        await page.select_option("[name=credit-1-quoi]", label="révision")
        await page.click("button:has-text('Enregistrer')")
        assert "entraide de quartier" in await page.inner_text("main")
        assert "Ali Benali (révision)" in await page.inner_text("main")
        await page.goto("/atelier")
        assert "Partagé en vitesse" not in await page.inner_text("main")
    async with walk.person("membre") as page:
        await page.goto("/atelier")
        assert "animation" in await page.inner_text("main")
