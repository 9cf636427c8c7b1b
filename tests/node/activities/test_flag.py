"""Flag: kept when it is about something of ours."""

from __future__ import annotations

from typing import Any

import pytest

from kit.guests import HERE, THERE, Stage, V, act
from node.storage.engine import Database


@pytest.mark.parametrize(
    ("about", "state"),
    [([f"{HERE}/ressources/1", V], "done"), (f"{THERE}/ressources/1", "ignored"), ([], "refused")],
)
async def test_reports(memory: Database, about: Any, state: str) -> None:
    stage = Stage(memory)
    stage.approve()
    assert (await stage.receive(act("Flag", V, about))).state == state
