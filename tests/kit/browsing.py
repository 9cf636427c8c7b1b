"""People of every role who go about a whole node in a real browser: on a phone or at a desk, with scripts or without."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from kit.aloud import read_aloud
from kit.left_out import leave_out
from kit.nodes import LiveNode, key_pair
from node.actions.add_member import Newcomer, add_member, admit, appoint
from node.domain.guessing import Way

#: Chromium without a window to draw takes half the time of one that hides it.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "/usr/bin/chromium")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
#: What axe looks for; told of nothing but what is wrong, it takes a third of the time.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
#: Only what is wrong comes out of the browser: to carry out all that is right takes as long as to find it.
VIOLATIONS = "rules => axe.run(rules).then(({violations}) => violations.map(({id, nodes}) => [id, nodes[0].html]))"
PHONE, SMALLEST, DESK = 390, 320, 1280
#: The kinds of pages that were read aloud: once each is enough, it takes as long as axe.
_HEARD: set[str] = set()
#: Who there is, by the role held in the community; "admin" looks after the node and holds no role in it.
PEOPLE = {
    "animation": "Mireille Côté",
    "curation": "Ali Benali",
    "membre": "Chantal Roy",
    "observation": "Julie Tremblay",
    "admin": "Denis Ouellet",
}


@contextlib.asynccontextmanager
async def opened_browser() -> AsyncIterator[Browser]:
    """A browser; leaves the test out where there is none."""
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        leave_out("there is no browser: apt-get install chromium")
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield opened
        finally:
            await opened.close()


async def new_page(context: BrowserContext) -> Page:
    """A page in which a click ends when what it leads to is there as a whole, and not with the first bytes of it.

    Playwright's own ends when the next page begins: on a busy machine one would read half of that.
    """
    page = await context.new_page()
    frame = page.main_frame._impl_obj  # every click goes through it, of the page and of what is located in it
    click = frame.click

    async def until_there(*where: Any, **how: Any) -> None:
        await click(*where, **how)
        await frame.wait_for_load_state("load", None)

    frame.click = until_there  # type: ignore[method-assign]
    return page


async def axe(page: Page) -> list[str]:
    """What axe finds wrong with the page as it is now, and what is wrong with it for whoever hears it."""
    await page.evaluate(Axe().axe_script)
    found = await page.evaluate(VIOLATIONS, RULES)
    kind = re.sub(r"\d\w{12,}", "", urlsplit(page.url).path)
    heard = await read_aloud(page) if kind not in _HEARD else []
    _HEARD.add(kind)
    return heard + [f"{page.url}: {name}: {html[:160]}" for name, html in found]


@dataclass
class Walk:
    """A node with the community /communautes/habitation in it, whose people go about in a browser.

    `people` gives the IRI of each by the role (see PEOPLE).
    """

    node: LiveNode
    browser: Browser
    people: dict[str, str] = field(default_factory=dict)

    @property
    def community(self) -> str:
        """IRI of the community."""
        return self.node.community

    def furnish(self) -> None:
        """The organisation, the community and its people, and two public notes."""
        self.node.furnish("Habitation")
        self.people["animation"] = self.node.author
        for number, (role, name) in enumerate(PEOPLE.items(), 5):
            if role != "animation":
                self.people[role] = self._add(role, name, number)
        self.node.note("Aller de porte en porte", topics=("prévention de l’éviction",))
        self.node.note("Accueillir sans formulaire")

    def _add(self, role: str, name: str, number: int) -> str:
        newcomer = Newcomer(email=f"{role}@exemple.org", name=name)
        person = self.node.do(lambda uow, house: add_member(uow, house, newcomer, keys=key_pair(number)))
        if role == "admin":
            self.node.do(lambda uow, house: appoint(uow, house, person.iri))
        else:
            self.node.do(lambda uow, house: admit(uow, house, person.iri, self.community, role_name=role))
        return person.iri

    @contextlib.asynccontextmanager
    async def person(
        self,
        role: str = "",
        *,
        width: int = DESK,
        scripts: bool = True,
        language: str = "fr",
        dark: bool = False,
        keeps: bool = False,
    ) -> AsyncIterator[Page]:
        """A browser's page of somebody who is signed in, of a visitor for ""; addresses may be given as paths.

        `keeps`: the browser keeps public pages to be read without connection.
        """
        context = await self.browser.new_context(
            base_url=self.node.url,
            viewport={"width": width, "height": 844 if width < DESK else 900},
            java_script_enabled=scripts,
            locale="fr-CA" if language == "fr" else "en-CA",
            color_scheme="dark" if dark else "light",
            service_workers="allow" if keeps else "block",
        )
        try:
            if role:
                await self.sign_in(context, self.people[role])
            yield await new_page(context)
        finally:
            await context.close()

    async def sign_in(self, context: BrowserContext, person: str) -> None:
        """Gives a browser the session of a person."""
        at = self.node.clock()
        token = await self.node.database.write(lambda uow: uow.sessions.open(person, at, way=Way.MACHINE))
        host = urlsplit(self.node.url).hostname or ""
        await context.add_cookies([{"name": "s", "value": token, "domain": host, "path": "/", "httpOnly": True}])

    async def axe(self, page: Page) -> list[str]:
        """What axe finds wrong with the page as it is now, and who hears it; needs a page with scripts."""
        return await axe(page)

    async def shot(self, page: Page, name: str) -> None:
        """A picture of the whole page, into the folder that MAILLAGE_SHOTS names; none where it names none."""
        folder = os.environ.get("MAILLAGE_SHOTS", "")  # noqa: TID251 -- for whoever wants to look
        if folder:
            await page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@contextlib.asynccontextmanager
async def walking(node: LiveNode, browser: Browser) -> AsyncIterator[Walk]:
    """A node with its people in it, serving until the context ends."""
    walk = Walk(node=node, browser=browser)
    walk.furnish()
    await node.start()
    try:
        yield walk
    finally:
        await node.stop()
        node.database.close()
