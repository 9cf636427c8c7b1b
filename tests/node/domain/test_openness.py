"""How widely a node is linked: a community is never wider than it."""

from __future__ import annotations

import pytest

from node.domain.openness import MODES, meaning_of, name_of, narrower


@pytest.mark.parametrize(
    ("mode", "other", "found"),
    [
        ("open", "", "open"),
        ("open", "archipelago", "archipelago"),
        ("archipelago", "open", "archipelago"),
        ("friends", "open", "friends"),
        ("open", "jamaisvu", "open"),
        ("", "", "archipelago"),
    ],
)
def test_the_narrower_holds(mode: str, other: str, found: str) -> None:
    assert narrower(mode, other) == found


def test_every_mode_is_told_in_both_languages() -> None:
    for mode in MODES:
        assert name_of(mode).in_language("fr") != name_of(mode).in_language("en")
        assert meaning_of(mode).in_language("fr") != meaning_of(mode).in_language("en")
