"""Who sees a thing is changed: wider when it is meant, narrower at once; what other nodes were told is known."""

from __future__ import annotations

from typing import Any

import pytest

from kit.guests import HERE, B, Stage
from node.actions.change_account import Portrait, introduce
from node.actions.change_audience import Change, Unconfirmed, change_audience
from node.actions.publish import publish
from node.domain.entries import Audience, Entry
from node.errors import NotAllowed, NotFound
from node.storage.acknowledging import acknowledgements
from node.storage.engine import Database
from node.storage.onlookers import onlookers
from node.storage.unit_of_work import UnitOfWork


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.followed()
    return made


def change(stage: Stage, iri: str, audience: Audience, **more: Any) -> Entry:
    wish = Change(**{"iri": iri, "by": stage.author, "audience": audience, **more})
    return stage.database.write_now(lambda uow: change_audience(uow, stage.house(), wish, publish))


async def test_wider_needs_a_yes(stage: Stage) -> None:
    entry = stage.note("À nous", Audience.COMMUNITY)
    for audience, more in ((Audience.PUBLIC, {}), (Audience.CHOSEN, {"readers": frozenset({"https://x/c"})})):
        with pytest.raises(Unconfirmed):
            change(stage, entry.iri, audience, **more)
    assert change(stage, entry.iri, Audience.PUBLIC, is_confirmed=True).audience is Audience.PUBLIC
    assert "Create" in {sent["type"] for sent in stage.sent()} | {sent.get("object", {}).get("type") for sent in stage.sent()}


async def test_narrower_is_told_to_whoever_had_it_and_their_answers_are_kept(stage: Stage) -> None:
    entry = stage.note("Pour tout le monde")
    for row in stage.database.write_now(lambda uow: uow.deliveries.claim(stage.now, "me/1/1", 5)):
        stage.database.write_now(lambda uow, row=row: uow.deliveries.finish(row.id, "delivered", 202, "", stage.now))  # type: ignore[misc]
    (told,) = stage.database.read_now(lambda uow: acknowledgements(uow, entry.iri))
    assert (told.host, told.state, told.type != "Delete") == ("ailleurs.example", "delivered", True)
    assert change(stage, entry.iri, Audience.COMMUNITY).audience is Audience.COMMUNITY
    (told,) = stage.database.read_now(lambda uow: acknowledgements(uow, entry.iri))
    # Its author deletes it there, and the community passes that on: one of the two is enough.
    assert (told.host, told.type, told.state) == ("ailleurs.example", "Delete", "due")
    assert any(sent["type"] == "Delete" or sent.get("object", {}).get("type") == "Delete" for sent in stage.sent())
    assert change(stage, entry.iri, Audience.COMMUNITY) is not None
    assert change(stage, entry.iri, Audience.SELF).audience is Audience.SELF


async def test_a_note_of_ones_own_goes_into_a_community(stage: Stage) -> None:
    alone = stage.note("À moi", Audience.SELF)
    moved = change(stage, alone.iri, Audience.COMMUNITY, community=stage.community, is_confirmed=True)
    assert (moved.audience, moved.community) == (Audience.COMMUNITY, stage.community)


async def test_only_who_may_change_it_does(stage: Stage) -> None:
    entry = stage.note("La mienne")
    member = stage.person("Ali Benali", role="membre")
    with pytest.raises(NotAllowed):
        change(stage, entry.iri, Audience.COMMUNITY, by=member)
    hidden = stage.note("Cachée", Audience.SELF)
    with pytest.raises(NotFound):
        change(stage, hidden.iri, Audience.PUBLIC, by=member, is_confirmed=True)
    with pytest.raises(NotFound):
        change(stage, entry.iri, Audience.SELF, by="")


async def test_who_will_see_it_is_named(stage: Stage) -> None:
    stage.person("Zoé Roy", role="membre")
    stage.person("Ali Benali", role="membre")
    database, at = stage.database, stage.now
    seen = database.read_now(lambda uow: onlookers(uow, Audience.COMMUNITY, stage.author, [stage.community], at))
    assert (seen.people, seen.names, seen.far, seen.hosts) == (3, ("Ali Benali", "Zoé Roy"), 0, ())
    assert (seen.towns, seen.told) == (0, 0)
    say = {stage.author: "Rimouski", f"{HERE}/personnes/zoe-roy": " rimouski", f"{HERE}/personnes/ali-benali": "Matane"}

    def live(uow: UnitOfWork) -> None:
        for person, town in say.items():
            introduce(uow, stage.house(), person, Portrait(name="Quelqu’un", town=town))

    database.write_now(live)
    seen = database.read_now(lambda uow: onlookers(uow, Audience.COMMUNITY, stage.author, [stage.community], at))
    assert (seen.towns, seen.told) == (2, 3), "towns are counted as they sound, not as they are written"
    told = database.read_now(lambda uow: [row.document for row in uow.actors.local("Person")])
    assert not any(b"Matane" in document for document in told)
    database.write_now(lambda uow: uow.members.join(f"{B[:24]}/personnes/v", stage.community, "membre", at))
    everybody = database.read_now(lambda uow: onlookers(uow, Audience.PUBLIC, stage.author, [stage.community], at))
    assert everybody.hosts == ("ailleurs.example",)
    alone = database.read_now(lambda uow: onlookers(uow, Audience.SELF, stage.author, [stage.community], at))
    assert (alone.people, alone.names) == (1, ())
