"""Those who coordinate a community take things out of it, also from elsewhere; nobody else, and out of no other community."""

from __future__ import annotations

import pytest

from kit.guests import BOB, THERE, B, M, Stage, V, act, note
from node.domain.rights import ANIMATION, MEMBER
from node.domain.visibility import PUBLIC_SCOPE
from node.storage.engine import Database

NOTE = f"{THERE}/ressources/1"


@pytest.fixture
async def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.approve("evil.example")
    made.database.write_now(lambda uow: uow.followings.put(B, made.community, activity=f"{B}/f", state="accepted", at=made.now))
    joins(made, V, MEMBER)
    await made.receive(act("Create", V, {**note(), "audience": made.community}))
    return made


def joins(stage: Stage, person: str, role: str, community: str = "") -> None:
    stage.database.write_now(lambda uow: uow.members.join(person, community or stage.community, role, stage.now))


def held(stage: Stage) -> list[str]:
    return stage.database.read_now(lambda uow: uow.holdings.iris(stage.community))


async def test_a_coordinator_elsewhere_takes_a_members_thing_out(stage: Stage) -> None:
    joins(stage, M, ANIMATION)
    stage.database.write_now(lambda uow: uow.featured.add(stage.community, NOTE, stage.now))
    row = await stage.receive(act("Delete", M, NOTE))
    kept = stage.database.read_now(lambda uow: uow.things.get_any(NOTE))
    assert kept is not None
    assert (row.state, held(stage), kept.entry.deleted_at, kept.entry.community) == ("done", [], None, "")
    assert stage.database.read_now(lambda uow: uow.featured.of(stage.community, scope=PUBLIC_SCOPE)) == []
    last = stage.sent()[-1]
    assert (last["type"], last["object"]["type"], last["object"]["actor"]) == ("Announce", "Delete", M)


async def test_what_lives_here_stays_in_its_place(stage: Stage) -> None:
    joins(stage, M, ANIMATION)
    mine = stage.note("La mienne")
    await stage.receive(act("Delete", M, mine.iri))
    kept = stage.database.read_now(lambda uow: uow.things.get_any(mine.iri))
    assert kept is not None
    assert (kept.entry.deleted_at, mine.iri in held(stage)) == (None, False)


@pytest.mark.parametrize("who", [M, BOB])
async def test_nobody_else_does(stage: Stage, who: str) -> None:
    joins(stage, BOB, MEMBER)
    joins(stage, M, ANIMATION, f"{stage.community}-autre")
    row = await stage.receive(act("Delete", who, NOTE))
    assert (row.state, held(stage)) == ("refused", [NOTE])


async def test_the_author_is_no_moderator_of_their_own_thing_but_deletes_it(stage: Stage) -> None:
    joins(stage, V, ANIMATION)
    await stage.receive(act("Delete", V, NOTE))
    kept = stage.database.read_now(lambda uow: uow.things.get_any(NOTE))
    assert kept is not None
    assert kept.entry.deleted_at is not None
