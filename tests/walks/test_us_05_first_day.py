"""The first day of a node, as somebody lives it who has never seen one: from the printed address to a community that is alive."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from playwright.async_api import FilePayload, Page

from kit.browsing import Walk, axe, new_page
from kit.letterbox import Letterbox, letterbox
from kit.live import free_port
from kit.nodes import LiveNode, key_pair
from kit.ways import WAYS, Way, turn
from node.actions.make_node import make_node
from node.domain.household import STEPS
from node.storage.household import kept_household, new_key

#: Which station is looked at by axe in which walk: each once, as it is with something in it.
LOOKS = {
    "en": ("premiers-pas", "organisation", "courriel", "sauvegarde"),
    "fr": ("communaute", "rencontre", "gens", "existant", "apporter", "amie", "visibilite", "pret"),
}


@dataclass
class Day:
    """A fresh node, a mail server, and somebody before a browser who goes on in another way at each station."""

    node: LiveNode
    box: Letterbox
    walk: Walk
    page: Page
    ways: Iterator[Way]
    way: Way = WAYS[0]

    async def goes_on(self) -> None:
        """Looks at the same page in the next way."""
        self.way = await turn(self.page, next(self.ways))
        await self.page.reload()

    async def looks(self, station: str) -> None:
        """Nothing is wrong with a station; axe needs scripts to say so."""
        if station in LOOKS[self.way.language]:
            await turn(self.page, replace(self.way, scripts=True))
            assert await axe(self.page) == []
            await turn(self.page, self.way)
        await self.walk.shot(self.page, f"premiers-pas-{station}-{self.way.width}")

    async def on(self, button: str, wait: str = "") -> None:
        """Looks at the page, presses a button, and is further on."""
        await self.looks(self.page.url.split("?")[0].rpartition("/")[2])
        await self.page.get_by_role("button", name=self.way.says(button), exact=True).click()
        if wait:
            assert f"/premiers-pas/{wait}" in self.page.url, await self.page.inner_text("main")
            await self.goes_on()

    async def later(self, name: str, role: Any = "button") -> None:
        """Looks again until something is there that was to come by itself."""
        for _ in range(100):
            if await self.page.get_by_role(role, name=name).count():
                return
            await self.page.wait_for_timeout(100)
            await self.page.reload()
        raise AssertionError(await self.page.inner_text("main"))


@contextlib.asynccontextmanager
async def fresh(folder: Path, walk: Walk, language: str = "fr") -> AsyncIterator[Day]:
    node = LiveNode(name="Essai", url=f"http://127.0.0.1:{free_port('127.0.0.1')}", folder=folder)
    node.do(lambda uow, house: make_node(uow, house, keys=(key_pair(1), key_pair(2))))
    await node.start()
    async with letterbox() as box, await walk.browser.new_context(base_url=node.url) as context:
        page = await new_page(context)
        ways = itertools.cycle(way for way in WAYS if way.language == language)
        day = Day(node=node, box=box, walk=walk, page=page, ways=ways)
        day.way = await turn(page, next(ways))
        try:
            yield day
        finally:
            await node.stop()
            node.database.close()


async def begins(day: Day, language: str = "fr") -> None:
    key = day.node.do(lambda uow, house: new_key(uow, "", house.now))
    await day.page.goto(f"/premiers-pas?cle={key}")
    await day.page.check(f"[name=langue_choisie][value={language}]")
    await day.page.fill("[name=nom]", "Nadia Fortin")
    await day.page.fill("[name=courriel]", "nadia@exemple.org")
    await day.page.fill("[name=secret]", "motdepasse")
    await day.on("Commencer")
    assert await day.page.input_value("[name=nom]") == "Nadia Fortin", "nothing that was typed is lost"
    await day.page.fill("[name=secret]", "les outardes passent en avril")
    await day.on("Commencer", "organisation")
    await day.page.goto(f"/premiers-pas?cle={key}")
    assert "premiers-pas/organisation" in (await day.page.get_attribute("main a.button", "href") or "")


async def tells_who_and_how(day: Day) -> None:
    page = day.page
    await page.goto("/premiers-pas/organisation")
    await page.fill("[name=nom]", "Carrefour des savoirs")
    await page.fill("[name=contact]", "nadia@exemple.org")
    await day.on("Enregistrer et continuer", "courriel")
    await page.fill("[name=serveur]", "127.0.0.1")
    await page.get_by_text("Port et connexion, si on vous les a donnés").click()
    await page.fill("[name=port]", "1")
    await page.select_option("[name=securite]", "none")
    await page.fill("[name=expediteur]", "maillage@exemple.org")
    await day.on("Enregistrer et essayer")
    assert "ne répond pas" in await page.inner_text(".wrongs")
    await page.fill("[name=port]", str(day.box.postbox.port))
    await day.on("Enregistrer et essayer", "courriel")
    assert len(day.box.letters) == 1
    await page.goto("/premiers-pas/sauvegarde")
    await day.on("Faire la copie maintenant", "communaute")
    assert "La copie est faite" in await page.inner_text("[role=status]"), "each deed is told of where it leads"


async def brings(day: Day) -> None:
    """A table and a link: looked at first, then taken, then on with the first steps."""
    page, table = day.page, "title;content\nPorte-à-porte;Aller voir.\nÉcoute;Écouter.\n".encode()
    await day.on("Regarder d’abord")
    assert "Choisissez un fichier" in await page.inner_text(".wrongs")
    await page.set_input_files("[name=fichiers]", FilePayload(name="outils.csv", mimeType="text/csv", buffer=table))
    await page.fill("[name=liens]", f"{day.node.url}/a-propos")
    await page.get_by_role("button", name="Regarder d’abord").click()
    await day.later("Ajouter au répertoire")
    assert "3 nouvelles" in await page.inner_text(".tallies")
    await day.on("Ajouter au répertoire")
    await day.later("Continuer les premiers pas", "link")
    assert "3 fiches sont rangées" in await page.inner_text("[role=status]")
    await day.walk.shot(page, "apporte")
    await page.get_by_role("link", name="Continuer les premiers pas").click()


async def gathers_people(day: Day) -> None:
    page = day.page
    await page.fill("[name=nom]", "Habitation")
    await page.check("[name=gabarit][value=table]")
    await day.on("Ouvrir la communauté", "rencontre")
    await page.fill("[name=date]", "2099-12-03")
    await page.fill("[name=debut]", "14:00")
    await day.on("Fixer la rencontre", "gens")
    assert "jeudi 3 décembre 2099" in await page.input_value("[name=lettre]")
    await page.fill("[name=adresses]", "lise@exemple.org, marc@exemple.org")
    await day.on("Relire avant d’envoyer", "gens")
    await day.on("Envoyer à 2 personnes", "existant")
    assert await page.inner_text("[role=status]") == "Les invitations sont prêtes.", "letters leave: no link to hand over"
    await brings(day)
    await day.on("Plus tard", "visibilite")
    await page.get_by_role("button", name="Tout le monde").click()
    assert "ses membres, et personne d’autre" in await page.inner_text("[role=status]")
    await day.on("J’ai compris", "pret")
    await day.on("Terminer les premiers pas", "pret")
    assert await page.locator(".lights .amiss").count() == 0


async def test_from_the_key_to_a_living_community(walk: Walk, tmp_path: Path) -> None:
    async with fresh(tmp_path, walk) as day:
        await begins(day)
        await tells_who_and_how(day)
        await gathers_people(day)
        await day.node.until(lambda _: len(day.box.letters) == 3)
        letters: list[Any] = [each["Subject"] for each in day.box.letters]
        assert any(re.search("Habitation", subject) for subject in letters)
        await day.page.goto("/communautes/habitation")
        assert "Habitation" in await day.page.inner_text("h1")
        await day.page.goto("/communautes/habitation/regles")
        assert "Au nom de qui" in await day.page.inner_text("main")
        assert "Six rencontres de deux heures par an" in await day.page.inner_text("main")
        assert day.node.see(kept_household).name == "Carrefour des savoirs"


async def test_every_step_can_be_left_and_taken_up_in_english(walk: Walk, tmp_path: Path) -> None:
    deeds = {
        "communaute": ("Ouvrir la communauté", {"nom": "Housing"}),
        "rencontre": ("Fixer la rencontre", {"date": "2099-12-03", "debut": "14:00"}),
    }
    async with fresh(tmp_path, walk, "en") as day:
        await begins(day, "en")
        await day.page.goto("/premiers-pas/organisation")
        for station, step in itertools.pairwise(STEPS):
            button, fields = deeds.get(station, ("Plus tard", {}))
            for name, words in fields.items():
                await day.page.fill(f"[name={name}]", words)
            await day.on(button, step)
            words = await day.page.inner_text("main")
            assert not re.search(r"\b(le|la|les|une|vous)\b", words), words
        await day.page.goto("/premiers-pas")
        assert await day.page.locator(".stations .is-later").count() == len(STEPS) - 1 - len(deeds)


async def test_without_the_key_nothing_opens(walk: Walk) -> None:
    async with walk.person() as page:
        await page.goto("/premiers-pas?cle=fausse")
        assert "Redémarrez-le" in await page.inner_text("main")
        assert await page.locator("form[action*=premiers-pas]").count() == 0
        assert await walk.axe(page) == []
    async with walk.person("membre") as page:
        answer = await page.goto("/premiers-pas/organisation")
        assert answer is not None
        assert answer.status == 403
