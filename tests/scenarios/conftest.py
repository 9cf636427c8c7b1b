"""What the scenarios share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kit.scene import Scene


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """A live node with enemies, for all tests of a file."""
    opened = Scene(tmp_path_factory.mktemp("scene") / "node")
    try:
        yield opened
    finally:
        opened.close()
