"""Add: only to the sender's own repertoire, and only when it is followed."""

from __future__ import annotations

import pytest

from kit.guests import HERE, THERE, B, M, Stage, act
from node.storage.engine import Database

IRI = f"{THERE}/ressources/1"


@pytest.mark.parametrize(
    ("actor", "target", "fetched"),
    [
        (B, f"{B}/repertoire", [f"{IRI} {B}"]), (B, f"{B}/en-vedette", []), (M, f"{B}/repertoire", []),
        (M, f"{HERE}/communautes/habitation/repertoire", []), (B, None, []),
    ],
)  # fmt: skip
async def test_only_the_followed_repertoire_counts(memory: Database, actor: str, target: str, fetched: list[str]) -> None:
    stage = Stage(memory)
    stage.approve()
    stage.approve("evil.example")
    stage.follows()
    row = await stage.receive(act("Add", actor, IRI, target=target) if target else act("Add", actor, IRI))
    assert (stage.tasks("fetch"), row.state) == (fetched, "done" if fetched else "ignored")


async def test_nobody_follows_nothing_happens(memory: Database) -> None:
    stage = Stage(memory)
    stage.approve()
    assert (await stage.receive(act("Add", B, IRI, target=f"{B}/repertoire"))).state == "ignored"
