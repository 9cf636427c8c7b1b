"""What the walks through a browser share: one browser for all of them, and one node for the walks of a file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from kit.browsing import Walk, opened_browser, walking
from kit.live import free_port
from kit.nodes import LiveNode

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All walks go on one loop, as the browser does."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """A browser; everybody who goes about has a context of their own in it."""
    async with opened_browser() as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def walk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Walk]:
    """A node with people, and a browser for them."""
    node = LiveNode(
        name="Carrefour d’essai",
        url=f"http://127.0.0.1:{free_port('127.0.0.1')}",
        folder=tmp_path_factory.mktemp("walk"),
        letterbox="partage@carrefour.example",
    )
    async with walking(node, browser) as made:
        yield made
