"""Add: only to the sender's own repertoire, and only when it is followed."""

from __future__ import annotations

import pytest

from kit.guests import BOB, HERE, THERE, B, M, Stage, V, act
from node.domain.entries import Audience
from node.domain.rights import ANIMATION
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


@pytest.mark.parametrize(("audience", "told"), [(Audience.PUBLIC, ["Add", "Remove"]), (Audience.COMMUNITY, [])])
async def test_what_a_coordinator_elsewhere_chooses_is_passed_on(memory: Database, audience: Audience, told: list[str]) -> None:
    stage = Stage(memory)
    stage.approve()
    stage.database.write_now(lambda uow: uow.followings.put(B, stage.community, activity="f", state="accepted", at=stage.now))
    stage.database.write_now(lambda uow: uow.members.join(V, stage.community, ANIMATION, stage.now))
    mine = stage.note("La mienne", audience)
    for kind in ("Add", "Remove"):
        for number, who in enumerate((BOB, V, V)):
            await stage.receive(act(kind, who, mine.iri, number, target=f"{stage.community}/en-vedette"))
    said = [body["object"] for body in stage.sent() if body["type"] == "Announce" and body["object"]["type"] != "Create"]
    assert [(each["type"], each["actor"]) for each in said] == [(kind, V) for kind in told for _inbox in ("B", "V")]
