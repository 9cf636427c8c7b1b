"""For whom here something is: everybody, or those people here to whom it was sent."""

from __future__ import annotations

import pytest

from node.domain.addressees import audience_and_readers
from node.domain.entries import Audience


@pytest.mark.parametrize(
    ("is_public", "recipient", "named", "expected"),
    [
        (True, "a", ["b"], (Audience.PUBLIC, frozenset())),
        (False, "a", [], (Audience.COMMUNITY, frozenset({"a"}))),
        (False, None, ["b", "stranger"], (Audience.COMMUNITY, frozenset({"b"}))),
        (False, "a", ["b"], (Audience.COMMUNITY, frozenset({"a", "b"}))),
        (False, "stranger", [], (Audience.COMMUNITY, frozenset())),
    ],
)
def test_for_whom(is_public: bool, recipient: str | None, named: list[str], expected: tuple[Audience, frozenset[str]]) -> None:
    found = audience_and_readers(is_public=is_public, recipient=recipient, named=named, people_here=["a", "b"])
    assert found == expected
