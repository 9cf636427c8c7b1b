"""A move is believed when both sides say so, in one hop."""

from __future__ import annotations

import pytest

from node.domain.moving import doubt

OLD, NEW = "https://a.example/old", "https://b.example/new"


@pytest.mark.parametrize(
    ("new", "aliases", "old_went_to", "new_went_to", "expected"),
    [
        (NEW, [OLD], NEW, "", ""),
        (NEW, ["https://c.example/x", OLD], "", "", ""),
        (NEW, [], NEW, "", "does not say"),
        (NEW, [f"{OLD}/"], NEW, "", "does not say"),
        (NEW, [OLD], "https://c.example/x", "", "says that it has gone"),
        (NEW, [OLD], NEW, OLD, "has gone elsewhere"),
        (NEW, [OLD], NEW, "https://c.example/x", "has gone elsewhere"),
        (OLD, [OLD], "", "", "nowhere"),
        ("", [OLD], "", "", "nowhere"),
    ],
)
def test_doubt(new: str, aliases: list[str], old_went_to: str, new_went_to: str, expected: str) -> None:
    reason = doubt(OLD, new, aliases=aliases, old_went_to=old_went_to, new_went_to=new_went_to)
    assert (expected in reason) if expected else reason == ""
