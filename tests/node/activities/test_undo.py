"""Undo: only of one's own; what nobody knows how to take back is kept."""

from __future__ import annotations

from typing import Any

import pytest

from kit.guests import BOB, THERE, B, M, Stage, V, act, note
from node.storage.engine import Database


@pytest.mark.parametrize(
    ("about", "state"),
    [
        (act("Create", V, note()), "not_understood"),
        (act("Flag", V, "https://x.example/1"), "not_understood"),
        (act("Dislike", V, "https://x.example/1"), "ignored"),
        (act("Announce", BOB, "https://x.example/1"), "refused"),
        (act("Follow", M, B), "refused"),
        (f"{THERE}/activites/unknown", "ignored"),
        (note(), "refused"),
        ({**act("Announce", V, "https://x.example/1"), "id": f"{M}/1"}, "refused"),
    ],
)
async def test_what_is_taken_back(memory: Database, about: Any, state: str) -> None:
    stage = Stage(memory)
    stage.approve()
    assert (await stage.receive(act("Undo", V, about))).state == state


async def test_what_has_no_address_of_its_own_is_found_by_who_did_it_to_whom(memory: Database) -> None:
    stage = Stage(memory, mode="open")
    mine = stage.note("La mienne")
    nameless = [{"type": kind, "actor": V, "object": whom} for kind, whom in (("Follow", stage.community), ("Like", mine.iri))]
    for number, each in enumerate(nameless):
        await stage.receive(act(each["type"], V, each["object"]))
        assert (await stage.receive(act("Undo", V, each, number))).state == "done"
        stolen = act("Undo", M, {**each, "actor": V}, number)
        assert (await stage.receive(stolen)).state == "refused"
    link = stage.database.read_now(lambda uow: uow.followings.get(V, stage.community))
    assert (link.state if link else "", stage.database.read_now(lambda uow: uow.reactions.counts(mine.iri))) == ("ended", {})
