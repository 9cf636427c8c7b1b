"""Pages in a real browser, under the node's own content policy: axe finds nothing, nothing overflows, dark is dark."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser

from kit.browsing import DESK, PHONE, SMALLEST, axe, opened_browser
from kit.village_round import ROUND
from node.domain.visibility import Reader
from node.web import templates
from node.web.middleware.headers import HEADERS

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

AS_A_MEMBER = ("/-membre/communautes/habitation", "/-membre/ressources/accueil", "/-membre/rencontres/r1")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with opened_browser() as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(village: Any, member: Reader) -> AsyncIterator[str]:
    """The address of a server that shows the village's pages with the headers that the node sends; /-membre/… as a member."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.method == "POST":
            return web.json_response({name: request.headers.get(name) for name in ("Origin", "Sec-Fetch-Site")})
        if request.path.startswith("/static/"):
            reach = {**HEADERS, "Service-Worker-Allowed": "/"}
            return web.FileResponse(templates.STATIC / request.path.removeprefix("/static/"), headers=reach)
        reader = {"reader": member, "name": "Mireille Gagnon"} if request.path.startswith("/-membre/") else {}
        view, html = village.view(request.path_qs.removeprefix("/-membre"), **reader)
        return web.Response(text=html, content_type="text/html", status=view.status, headers=HEADERS)

    application = web.Application()
    application.router.add_get("/{rest:.*}", answer)
    application.router.add_post("/{rest:.*}", answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    listener = web.TCPSite(runner, "127.0.0.1", 0)
    await listener.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@dataclass
class Tour:
    """What was seen on the way through all pages, each loaded once: those that answered as if they were not there, what axe
    found, those that leave the smallest screen, and what the browser said of them.
    """

    missing: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    wide: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def tour(browser: Browser, site: str, addresses: tuple[str, ...]) -> Tour:
    """Every page at a desk, then as narrow as it gets; the walks look at the pages of ROUND with axe, as their own people."""
    seen, page = Tour(), await browser.new_page()
    page.on("console", lambda message: seen.said.append(message.text))
    for address in (*addresses, "/?langue=en", *AS_A_MEMBER):
        await page.set_viewport_size({"width": DESK, "height": 900})
        answer = await page.goto(f"{site}{address}")
        if answer is None or answer.status not in {HTTPStatus.OK, HTTPStatus.GONE}:
            seen.missing.append(address)
        if address not in ROUND:
            seen.problems += await axe(page)
        await page.set_viewport_size({"width": SMALLEST, "height": 640})
        if await page.evaluate("document.documentElement.scrollWidth") > SMALLEST:
            seen.wide.append(address)
    await asyncio.sleep(0.1)
    await page.close()
    return seen


async def test_axe_finds_nothing(tour: Tour) -> None:
    assert tour.problems == []


async def test_axe_finds_nothing_in_the_dark_on_a_phone(browser: Browser, site: str, touch: str) -> None:
    context = await browser.new_context(color_scheme="dark", viewport={"width": PHONE, "height": 844})
    page, problems = await context.new_page(), []
    for address in ("/", "/ressources/accueil", "/recherche?q=eviction", touch, "/carte"):
        await page.goto(f"{site}{address}")
        problems += await axe(page)
    assert problems == []
    assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 32, 31)"
    await context.close()


async def test_nothing_overflows_on_the_smallest_phone(tour: Tour) -> None:
    assert tour.wide == []


async def test_the_policy_lets_everything_through_that_a_page_needs(tour: Tour) -> None:
    # The node switches off more features than this browser knows of; it tells of each page that is gone; and where the secret of
    # another site is typed there is no name of a person to type.
    expected = (
        "Error with Permissions-Policy",
        "Failed to load resource: the server responded with a status of 410",
        "[DOM] Password forms should have (optionally hidden) username fields",
    )
    assert [words for words in tour.said if not words.startswith(expected)] == []
    assert tour.missing == []


async def test_the_button_that_lets_in_tells_the_node_its_origin(browser: Browser, site: str) -> None:
    page = await browser.new_page()
    await page.goto(f"{site}/entrer?jeton=abc")
    async with page.expect_response(lambda response: response.request.method == "POST") as told:
        await page.click("main button")
    answer = await told.value
    assert await answer.json() == {"Origin": site, "Sec-Fetch-Site": "same-origin"}, "a node refuses a POST of unknown origin"


async def test_a_keyboard_reaches_the_content_first(browser: Browser, site: str) -> None:
    page = await browser.new_page()
    await page.goto(f"{site}/communautes/habitation")
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.className") == "skip"
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "contenu"
