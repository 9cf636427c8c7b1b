"""TentativeReject: what somebody here sent to a community elsewhere waits there, and nothing else does."""

from __future__ import annotations

import pytest

from kit.guests import HERE, B, Stage, V, act
from node.storage.engine import Database


@pytest.mark.parametrize("by", [B, V])
async def test_what_was_never_sent_waits_nowhere(memory: Database, by: str) -> None:
    stage = Stage(memory)
    stage.follows()
    for number, about in enumerate((f"{HERE}/activites/f", f"{HERE}/activites/jamais")):
        assert (await stage.receive(act("TentativeReject", by, about, number))).state == "refused"
