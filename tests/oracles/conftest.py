"""Everything that goes out, made once for all of these tests."""

from __future__ import annotations

import asyncio

import pytest

from federation.appearance import Seen
from kit.emitted import Emitted
from node.storage.engine import Database


@pytest.fixture(scope="session")
def seen() -> dict[str, Seen]:
    """Everything that a node sends or serves, by name."""
    database = Database("sqlite://")
    database.migrate()
    try:
        emitted = Emitted(database)
        asyncio.run(emitted.act())
        return emitted.seen()
    finally:
        database.close()
