"""Pages in a real browser, under the node's own content policy: axe finds nothing, nothing overflows, dark is dark."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Any

import pytest
from aiohttp import web
from playwright.async_api import Browser
from playwright.async_api import Page as BrowserPage

from kit.browsing import DESK, PHONE, SMALLEST, axe, opened_browser
from kit.village_round import ROUND
from node.domain.visibility import Reader
from node.web import templates
from node.web.middleware.headers import HEADERS

pytestmark = pytest.mark.browser

AS_A_MEMBER = ("/-membre/communautes/habitation", "/-membre/ressources/accueil", "/-membre/rencontres/r1")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with opened_browser() as opened:
        yield opened


@pytest.fixture
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


async def test_axe_finds_nothing(browser: Browser, site: str, addresses: tuple[str, ...]) -> None:
    context = await browser.new_context(viewport={"width": DESK, "height": 900})
    looked_at = [
        address for address in addresses if address not in ROUND
    ]  # the walks look at those with axe, as their own people
    problems = await broken(await context.new_page(), site, (*looked_at, "/?langue=en", *AS_A_MEMBER))
    assert problems == []


async def test_axe_finds_nothing_in_the_dark_on_a_phone(browser: Browser, site: str, touch: str) -> None:
    context = await browser.new_context(color_scheme="dark", viewport={"width": PHONE, "height": 844})
    page = await context.new_page()
    assert await broken(page, site, ("/", "/ressources/accueil", "/recherche?q=eviction", touch, "/carte")) == []
    assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 32, 31)"


async def broken(page: BrowserPage, site: str, addresses: tuple[str, ...]) -> list[str]:
    """What axe finds wrong with these pages."""
    problems: list[str] = []
    for address in addresses:
        await page.goto(f"{site}{address}")
        problems += await axe(page)
    return problems


async def test_nothing_overflows_on_the_smallest_phone(browser: Browser, site: str, addresses: tuple[str, ...]) -> None:
    page = await browser.new_page(viewport={"width": SMALLEST, "height": 640})
    for address in addresses:
        await page.goto(f"{site}{address}")
        assert await page.evaluate("document.documentElement.scrollWidth") <= SMALLEST, address


async def test_the_policy_lets_everything_through_that_a_page_needs(
    browser: Browser, site: str, addresses: tuple[str, ...]
) -> None:
    page = await browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for address in addresses:
        answer = await page.goto(f"{site}{address}")
        assert answer is not None
        assert answer.status in {HTTPStatus.OK, HTTPStatus.GONE}
    await asyncio.sleep(0.1)
    # The node switches off more features than this browser knows of; it tells of each page that is gone; and where the secret of
    # another site is typed there is no name of a person to type.
    expected = (
        "Error with Permissions-Policy",
        "Failed to load resource: the server responded with a status of 410",
        "[DOM] Password forms should have (optionally hidden) username fields",
    )
    assert [words for words in said if not words.startswith(expected)] == []


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
