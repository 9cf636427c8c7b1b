"""Remove: from the sender's own repertoire alone."""

from __future__ import annotations

import pytest

from kit.guests import THERE, B, M, Stage, act
from node.storage.engine import Database

IRI = f"{THERE}/ressources/1"


@pytest.mark.parametrize(("actor", "held"), [(B, []), (M, [IRI])])
async def test_only_the_holder_removes(memory: Database, actor: str, held: list[str]) -> None:
    stage = Stage(memory)
    stage.approve()
    stage.approve("evil.example")
    stage.follows()
    memory.write_now(lambda uow: uow.holdings.add(B, IRI, "reference", stage.now))
    await stage.receive(act("Remove", actor, IRI, target=f"{B}/repertoire"))
    assert memory.read_now(lambda uow: uow.holdings.iris(B)) == held


async def test_what_is_not_held_is_not_removed(memory: Database) -> None:
    stage = Stage(memory)
    stage.approve()
    stage.follows()
    assert (await stage.receive(act("Remove", B, IRI, target=f"{B}/repertoire"))).state == "ignored"
