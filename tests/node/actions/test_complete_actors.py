"""A node of an older version: its actors get a key that proves, once, and lose nothing."""

from __future__ import annotations

from dataclasses import replace

from kit.guests import Stage
from node.actions.complete_actors import complete_actors
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.things.actor import Actor


def actor(stage: Stage, iri: str) -> Actor:
    return stage.database.read_now(lambda uow: said(uow, iri))


def said(uow: UnitOfWork, iri: str) -> Actor:
    row = uow.actors.get(iri)
    assert row is not None
    thing = jsonld.read(row.document)
    assert isinstance(thing, Actor)
    return thing


def as_before(uow: UnitOfWork, stage: Stage, iri: str) -> None:
    """The actor as the first version wrote it."""
    row = uow.actors.get(iri)
    assert row is not None
    main = uow.keys.signing(iri)
    uow.keys.retire(iri, stage.now)
    uow.keys.forget_retired(stage.now.replace(year=2030))
    uow.keys.add(iri, main, "rsa", stage.now)
    uow.actors.put(replace(row, document=jsonld.dump(replace(said(uow, iri), assertion_method=(), webfinger=None))))


def test_each_gets_a_key_once_and_keeps_the_rest(memory: Database) -> None:
    stage = Stage(memory)
    assert memory.write_now(lambda uow: complete_actors(uow, stage.house())) == 0
    before = actor(stage, stage.community)
    memory.write_now(lambda uow: as_before(uow, stage, stage.community))
    assert actor(stage, stage.community).assertion_method == ()
    assert memory.write_now(lambda uow: complete_actors(uow, stage.house())) == 1
    after = actor(stage, stage.community)
    assert after.webfinger == "habitation@ici.example"
    assert [ref.iri for ref in after.assertion_method] == [f"{stage.community}#ed25519-key"]
    assert replace(after, assertion_method=()) == replace(before, assertion_method=())
    assert memory.write_now(lambda uow: complete_actors(uow, stage.house())) == 0


def test_who_left_gets_none(memory: Database) -> None:
    stage = Stage(memory)
    memory.write_now(lambda uow: as_before(uow, stage, stage.author))
    memory.write_now(lambda uow: uow.actors.set_state(stage.author, "gone"))
    assert memory.write_now(lambda uow: complete_actors(uow, stage.house())) == 0
