"""Dislike: kept beside Like, counted apart."""

from __future__ import annotations

from kit.guests import Stage, V, act
from node.domain.entries import Audience
from node.storage.engine import Database


async def test_it_is_counted_apart_and_taken_back(memory: Database) -> None:
    stage = Stage(memory)
    stage.approve()
    entry, hidden = stage.note("Une note"), stage.note("Pour nous", Audience.COMMUNITY)
    dislike = act("Dislike", V, entry.iri)
    await stage.receive(act("Like", V, entry.iri))
    assert (await stage.receive(dislike)).state == "done"
    assert (await stage.receive(act("Dislike", V, hidden.iri, 2))).state == "ignored"
    assert stage.database.read_now(lambda uow: uow.reactions.counts(entry.iri)) == {"Dislike": 1, "Like": 1}
    assert (await stage.receive(act("Undo", V, dislike))).state == "done"
    assert stage.database.read_now(lambda uow: uow.reactions.counts(entry.iri)) == {"Like": 1}
