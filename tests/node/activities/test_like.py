"""Like: of what everybody may see; a hidden thing answers as one that is not there."""

from __future__ import annotations

import pytest

from kit.guests import BOB, HERE, Stage, V, act
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
    counted = stage.database.read_now(lambda uow: uow.reactions.counts(entry.iri))
    assert counted == ({"Like": 1} if state == "done" else {})


async def test_each_likes_once(memory: Database) -> None:
    stage = Stage(memory)
    stage.approve()
    entry = stage.note("Une note")
    states = [(await stage.receive(act("Like", who, entry.iri, number))).state for number, who in enumerate((V, V, BOB))]
    assert (states, stage.database.read_now(lambda uow: uow.reactions.counts(entry.iri))) == (
        ["done", "ignored", "done"],
        {"Like": 2},
    )


@pytest.mark.parametrize("how", ["whole", "id", "other id"])
async def test_nobody_takes_back_what_another_said(memory: Database, how: str) -> None:
    stage = Stage(memory)
    stage.approve()
    entry = stage.note("Une note")
    like = act("Like", V, entry.iri)
    await stage.receive(like)
    named = {"whole": like, "id": like["id"], "other id": {**like, "id": f"{like['id']}x", "actor": BOB}}[how]
    await stage.receive(act("Undo", BOB, named, 2))
    assert stage.database.read_now(lambda uow: uow.reactions.counts(entry.iri)) == {"Like": 1}


async def test_it_can_be_taken_back(memory: Database) -> None:
    stage = Stage(memory)
    stage.approve()
    like = act("Like", V, stage.note("Une note").iri)
    await stage.receive(like)
    assert (await stage.receive(act("Undo", V, like))).state == "done"
    assert (await stage.receive(act("Undo", V, {**like, "id": "https://ailleurs.example/x"}, 2))).state == "ignored"
