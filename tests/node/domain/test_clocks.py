from __future__ import annotations

import pytest

from node.domain.clocks import clock_of


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("America/Toronto", "America/Toronto"), ("Eastern Standard Time", "America/New_York"), ("", ""), ("Lune", ""),
        ("/citadel.org/1/Europe/Paris", "Europe/Paris"), ("../../etc/passwd", ""), ("/etc/passwd", ""), ("x" * 5_000, ""),
        ("America/\x00", ""),
    ],
)  # fmt: skip
def test_clocks_by_name(name: str, key: str) -> None:
    found = clock_of(name)
    assert (found.key if found else "") == key
