"""Everything that goes out, made once for all of these tests."""

from __future__ import annotations

import asyncio

import pytest

from federation.appearance import Seen
from kit.databases import in_memory
from kit.emitted import Emitted


@pytest.fixture(scope="session")
def seen() -> dict[str, Seen]:
    """Everything that a node sends or serves, by name."""
    database = in_memory()
    try:
        emitted = Emitted(database)
        asyncio.run(emitted.act())
        return emitted.seen()
    finally:
        database.close()
