"""What the walks through a browser share: one node and one browser for the walks of a file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from kit.browsing import Walk, opened_browser
from kit.live import free_port
from kit.nodes import LiveNode

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All walks of a file go on one loop, as the node and the browser do."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.asyncio(loop_scope="module"), append=False)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Walk]:
    """A node with people, and a browser for them."""
    async with opened_browser() as browser:
        node = LiveNode(
            name="Carrefour d’essai",
            url=f"http://127.0.0.1:{free_port('127.0.0.1')}",
            folder=tmp_path_factory.mktemp("walk"),
            letterbox="partage@carrefour.example",
        )
        made = Walk(node=node, browser=browser)
        made.furnish()
        await node.start()
        try:
            yield made
        finally:
            await node.stop()
            node.database.close()
