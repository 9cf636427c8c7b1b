"""What is written on tasks, and how far a repertoire is read."""

from __future__ import annotations

import pytest

from node.domain.errands import (
    MOST_FETCHES,
    MOST_ITEMS,
    MOST_PAGES,
    MOST_STALE_PAGES,
    Bookmark,
    Errand,
    link,
    parties,
    shares,
    turned,
)


def test_what_is_written_is_read_again() -> None:
    errand = Errand(iri="https://x.example/é", community="https://y.example/c", activity="a", is_vouched=True)
    assert Errand.of(errand.payload()) == errand
    assert errand.subject == "https://x.example/é https://y.example/c"
    assert Errand(iri="x").subject == "x"
    apart = {errand.subject for errand in (Errand(iri="x"), Errand(iri="x", is_back=True), Errand(iri="x", told="y/activites/1"))}
    assert len(apart) == 3, "that it is back, or was named, is not overwritten by other news of it"


@pytest.mark.parametrize("payload", ["", "{", "[]", "5", '{"iri": 5, "unknown": 1, "is_vouched": "yes"}'])
def test_what_is_not_understood_is_not_said(payload: str) -> None:
    assert Errand.of(payload) == Errand()


def test_a_link_and_its_parties() -> None:
    assert parties(link("a", "b")) == ("a", "b")


def test_a_page_turned() -> None:
    first = turned(Bookmark(), items=5, fresh=2, following="p2")
    assert first == Bookmark(page="p2", items=5, pages=1, stale=0)
    assert first is not None
    assert turned(first, items=5, fresh=0, following="p3") == Bookmark(page="p3", items=10, pages=2, stale=1)


@pytest.mark.parametrize(
    ("before", "fresh", "following"),
    [
        (Bookmark(page="p2"), 1, ""),
        (Bookmark(page="p2"), 1, "p2"),
        (Bookmark(stale=MOST_STALE_PAGES - 1), 0, "p2"),
        (Bookmark(items=MOST_ITEMS - 1), 1, "p2"),
        (Bookmark(pages=MOST_PAGES - 1), 1, "p2"),
    ],
)
def test_it_ends(before: Bookmark, fresh: int, following: str) -> None:
    assert turned(before, items=1, fresh=fresh, following=following) is None


def test_what_follows_from_an_errand_stays_within_its_budget() -> None:
    def cost(errand: Errand, breadth: int) -> int:
        return sum(1 + cost(each, breadth) for each in shares(errand, [f"x:{number}" for number in range(breadth)]))

    for breadth in (1, 2, 3, 12, 500):
        assert 1 <= cost(Errand(iri="x:"), breadth) <= MOST_FETCHES
    assert shares(Errand(iri="x:", budget=0), ["x:1"]) == []
    assert shares(Errand(iri="x:"), []) == []
