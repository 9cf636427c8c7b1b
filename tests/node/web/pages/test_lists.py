"""Long lists go on from page to page: all of it is reached, each once, and no page grows with the node."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from node.web.pages import elsewhere, intersections
from node.web.pages import map as chart

ONWARD = re.compile(r'<a rel="next" href="([^"]+)"')


def walked(village: Any, address: str, pattern: str) -> list[str]:
    """What stands on all pages of a list, from the first by the links to the next."""
    found: list[str] = []
    for _ in range(9):
        html = village.html(address)
        found += re.findall(pattern, html)
        following = ONWARD.search(html)
        if following is None:
            return found
        address = unescape(following[1])
    raise AssertionError("the list does not end")


def test_intersections_go_on_the_strongest_first(village: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    every = village.database.read_now(lambda uow: [row.iri for row in uow.intersections.all()])
    assert len(every) > 1
    monkeypatch.setattr(intersections, "MOST", 1)
    found = walked(village, "/intersections", r'href="(/intersections/[a-z0-9]+)"')
    assert [f"https://carrefour.example{path}" for path in dict.fromkeys(found)] == every
    assert f"{len(every)} intersections" in village.html("/intersections?page=2")


def test_linked_communities_go_on(village: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    pattern = r'<article class="community[^"]*">.*?href="([^"]+)"'
    whole = re.findall(pattern, village.html("/ailleurs"), re.DOTALL)
    assert len(set(whole)) > 1
    monkeypatch.setattr(elsewhere, "MOST", 1)
    assert sorted(walked(village, "/ailleurs", f"(?s){pattern}")) == sorted(whole)
    assert "n’en suivent pas encore" not in "".join(village.html(f"/ailleurs?page={number}") for number in (1, 2, 3))


def test_a_map_draws_the_strongest_and_says_so(village: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    every = village.database.read_now(lambda uow: uow.intersections.all())
    assert "sont dessinées" not in village.html("/carte")
    monkeypatch.setattr(chart, "TIES", 1)
    monkeypatch.setattr(chart, "POINTS", 2)
    html = village.html("/carte")
    assert f"Les 1 intersections les plus fortes sont dessinées, sur {len(every)}." in html
    assert (html.count('class="tie"'), html.count("<circle")) == (1, 2)
    assert every[0].iri.removeprefix("https://carrefour.example") in html
