"""The parts of a search: each leads to the next, the last that can be asked for to none."""

from __future__ import annotations

import pytest

from kit.web_node import web_node
from node import formats as formats_room
from node.collect import collect
from node.contracts import Format
from node.domain.entries import Audience
from node.web import finding
from node.web.finding import LAST_PAGE, after_page
from node.web.pages import home, search

FORMATS = collect(formats_room, "FORMAT", Format)


def test_what_leads_on_ends_with_the_list_and_with_the_last_page() -> None:
    assert after_page(1, is_more=True) == {"page": "2"}
    assert after_page(1, is_more=False) is None
    assert after_page(LAST_PAGE - 1, is_more=True) == {"page": str(LAST_PAGE)}
    assert after_page(LAST_PAGE, is_more=True) is None


@pytest.mark.parametrize("path", ["/", "/recherche"])
async def test_a_harvester_comes_to_an_end_of_a_list_that_is_too_long(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "LAST_PAGE", 2)
    monkeypatch.setattr(home, "PART", 1)
    monkeypatch.setattr(search, "PART", 1)
    monkeypatch.setattr(search, "PAGE_SIZE", 1)
    async with web_node(formats=FORMATS) as node:
        for number in range(4):
            node.plant(f"ressources/r{number}", Audience.PUBLIC)
        first = (await node.get(f"{path}?format=activitystreams")).json()
        assert first["next"].endswith("page=2") or "page=2&" in first["next"]
        assert "next" not in (await node.get(f"{path}?format=activitystreams&page=2")).json()
        assert "page=3" not in (await node.get(f"{path}?page=2", accept="text/html")).text
