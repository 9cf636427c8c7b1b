"""A picture of every page: visitor and member, phone and desk, light and dark, in a node of the demonstration.

`tests/screenshots.py [WORD]`: only pages whose name holds WORD. What axe finds, what is wider than the screen, and what a
keyboard alone cannot do, is told.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import json
import re
import signal
import subprocess
import sys
import tempfile
import urllib.request
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, Page

from kit.browsing import DESK, PHONE, axe, opened_browser
from kit.keyboard import by_keys, ready
from kit.live import ADDRESSES, ROOT, free_port, until
from kit.sitting import sit
from node.collect import collect
from node.config import load
from node.contracts import Page as Contribution
from node.web import pages
from node.web.routing import Routes
from node.wiring import open_node

FOLDER = ROOT / "screenshots"
NODE = "logement"
#: How it looks: width, dark or not.
FACES = {"telephone": (PHONE, False), "telephone-nuit": (PHONE, True), "bureau": (DESK, False), "bureau-nuit": (DESK, True)}
#: Judged in these: a phone by day and a desk by night have every colour and every width.
JUDGED = frozenset({"telephone", "bureau-nuit"})
#: What has no page of its own to lead to it.
BESIDES = ("/rien-ici", "/recherche?q=eviction", "/recherche?q=introuvable", "/?langue=en", "/agenda?vue=mois")
#: What tells the pages of one route apart.
KINDS = ("shelf", "pas")


@dataclass
class Tour:
    """What is looked at, and what was found wrong."""

    browser: Browser
    url: str
    session: str
    word: str
    besides: tuple[str, ...] = BESIDES
    routes: Routes = field(default_factory=lambda: Routes(collect(pages, "PAGE", Contribution), {}))
    wrong: list[str] = field(default_factory=list)
    #: Pages gone over with the keyboard, and the stops on them.
    gone: list[int] = field(default_factory=list)

    async def open(self, who: str, width: int) -> BrowserContext:
        """A browser of somebody."""
        context = await self.browser.new_context(
            base_url=self.url,
            viewport={"width": width, "height": 844 if width < DESK else 900},
            locale="fr-CA",
            reduced_motion="reduce",  # no picture of a colour on its way to another
        )
        await context.route(lambda url: not url.startswith(self.url), lambda route: route.fulfill(status=204))  # a page stays
        await ready(context)
        if who == "membre":
            host = urlsplit(self.url).hostname or ""
            await context.add_cookies([{"name": "s", "value": self.session, "domain": host, "path": "/"}])
        return context

    def name(self, address: str) -> str:
        """What the picture of an address is called, "" for what is no page."""
        path = urlsplit(address).path
        found = self.routes.find(path)
        if found is None or found.page is None:
            return "introuvable" if address == BESIDES[0] else ""
        kinds = [found.page.values.get(kind, "") for kind in KINDS]
        asked = re.sub(r"=(http.*|[\w-]{20,})", "", address.partition("?")[2]) if address in self.besides else ""
        return "-".join(filter(None, [found.page.name, *kinds, re.sub(r"\W+", "-", asked)]))

    async def found(self, who: str) -> dict[str, str]:
        """An address of every page that can be reached, by name."""
        context = await self.open(who, DESK)
        plain = [route.target.path for route in self.routes.pages if "{" not in route.target.path]
        waiting, known, tried = deque(["/", *self.besides]), dict[str, str](), set[str]()
        while waiting or plain:
            address = waiting.popleft() if waiting else plain.pop()
            name = self.name(address)
            if not name or name in known or address in tried:
                continue
            tried.add(address)
            answer = await context.request.get(address, headers={"Accept": "text/html"})
            if (not answer.ok and address != BESIDES[0]) or "html" not in answer.headers.get("content-type", ""):
                continue  # nothing to look at is there for this reader: perhaps at the next address of that page
            known[name] = address
            if urlsplit(answer.url).path != urlsplit(address).path:
                known[name] = ""  # it leads elsewhere: to the door, most of the time
            said = await answer.text()
            waiting += [html.unescape(link).partition("#")[0] for link in re.findall(r'href="(/[^"]*)"', said)]
        await context.close()
        return {name: address for name, address in sorted(known.items()) if address and self.word in name}

    async def look(self, who: str, width: int, addresses: dict[str, str]) -> None:
        """Takes the pictures of each address at one width: read once, by day and by night."""
        context = await self.open(who, width)
        page = await context.new_page()
        for name, address in addresses.items():
            await page.goto(address)
            for face, (_, dark) in ((face, look) for face, look in FACES.items() if look[0] == width):
                await page.emulate_media(color_scheme="dark" if dark else "light")
                await page.screenshot(path=FOLDER / face / f"{name}-{who}.png", full_page=True)
                if face in JUDGED:
                    await self.judge(page, f"{face} {who}")
            stops, wrong = await by_keys(page)
            self.gone.append(stops)
            self.wrong += [f"{width} pixels {who}: {line}" for line in wrong]
        await context.close()

    async def judge(self, page: Page, where: str) -> None:
        """Notes what axe finds, and what is too wide."""
        self.wrong += [f"{where}: {problem}" for problem in await axe(page)]
        if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.wrong.append(f"{where}: {page.url}: wider than the screen")


@contextmanager
def served() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The address of a node of the demonstration, the session of somebody who does everything in it, what no page leads to."""
    with tempfile.TemporaryDirectory() as folder:
        run, port = [sys.executable, "-m", "node"], free_port(ADDRESSES[1])
        played = [*run, "demo", "--once", "--json", "--port", str(port), "--data", folder]
        said = json.loads(subprocess.run(played, cwd=ROOT, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout)
        url, data = f"http://{ADDRESSES[1]}:{port}", Path(folder) / NODE
        name = next(door["person"] for door in said["doors"] if door["sign_in"].startswith(url))
        session, led_to = _session(data, name)
        serving = subprocess.Popen([*run, "serve", "--data", str(data)], cwd=ROOT, stderr=subprocess.DEVNULL)
        try:
            until(lambda: _answers(url))
            yield url, session, led_to
        finally:
            serving.send_signal(signal.SIGTERM)
            serving.wait(40)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/sante", timeout=10):
            return True
    except OSError:
        return False


def _session(data: Path, name: str) -> tuple[str, tuple[str, ...]]:
    node = open_node(load(data))
    try:
        person = next(row.iri for row in node.database.read_now(lambda uow: uow.members.all()) if row.name == name)
        led_to = node.database.write_now(lambda uow: sit(uow, node.house(), person))
        return node.database.write_now(lambda uow: uow.sessions.open(person, node.clock.now())), tuple(filter(None, led_to))
    finally:
        node.close()


async def taken(url: str, session: str, word: str, led_to: tuple[str, ...]) -> list[str]:
    """Takes all pictures; what is wrong with the pages."""
    async with opened_browser() as browser:
        tour = Tour(browser=browser, url=url, session=session, word=word, besides=(*BESIDES, *led_to))
        reached = set[str]()
        for who in ("visite", "membre"):
            addresses = await tour.found(who)
            async with asyncio.TaskGroup() as group:
                for width in (PHONE, DESK):
                    group.create_task(tour.look(who, width, addresses))
            reached |= {name.partition("-")[0] for name in addresses}
            sys.stdout.write(f"{who}: {len(addresses)} pages\n")
        sys.stdout.write(f"with the keyboard alone: {sum(tour.gone)} stops on {len(tour.gone)} pages\n")
        missed = {route.name for route in tour.routes.pages} - reached
        sys.stdout.write(f"not reached: {', '.join(sorted(missed)) or 'none'}\n" if not word else "")
    return tour.wrong


def main() -> int:
    """Takes the pictures; the exit code is 0 only when nothing is wrong with a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("word", nargs="?", default="", help="only pages whose name holds this")
    word = parser.parse_args().word
    with served() as (url, session, led_to):
        wrong = asyncio.run(taken(url, session, word, led_to))
    sys.stdout.write("".join(f"{line}\n" for line in wrong))
    sys.stdout.write(f"The pictures are in {FOLDER}\n")
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())
