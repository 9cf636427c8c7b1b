"""Like: of what everybody may see; a hidden thing answers as one that is not there."""

from __future__ import annotations

import pytest

from kit.guests import HERE, Stage, V, act
from node.domain.entries import Audience
from node.storage.engine import Database


@pytest.mark.parametrize(
    ("audience", "state"), [(Audience.PUBLIC, "done"), (Audience.COMMUNITY, "ignored"), (Audience.SELF, "ignored")]
)
async def test_only_public_things_are_liked(memory: Database, audience: Audience, state: str) -> None:
    stage = Stage(memory)
    stage.approve()
    entry = stage.note("Une note", audience)
    assert (await stage.receive(act("Like", V, entry.iri, 1))).state == state
    assert (await stage.receive(act("Like", V, f"{HERE}/ressources/absente", 2))).state == "ignored"


async def test_it_can_be_taken_back(memory: Database) -> None:
    stage = Stage(memory)
    stage.approve()
    like = act("Like", V, stage.note("Une note").iri)
    await stage.receive(like)
    assert (await stage.receive(act("Undo", V, like))).state == "done"
    assert (await stage.receive(act("Undo", V, {**like, "id": "https://ailleurs.example/x"}, 2))).state == "ignored"
