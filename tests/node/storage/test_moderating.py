"""Those who coordinate a community take things out of it, also from elsewhere; nobody else, and out of no other community."""

from __future__ import annotations

from typing import Any

import pytest

from kit.guests import BOB, THERE, B, M, Stage, V, act, note
from node.actions.answer_submission import accept
from node.domain.errands import FETCH, Errand
from node.domain.rights import ANIMATION, MEMBER
from node.domain.visibility import PUBLIC_SCOPE
from node.jobs import fetch_thing
from node.storage.engine import Database

NOTE = f"{THERE}/ressources/1"


@pytest.fixture
async def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.approve("evil.example")
    made.followed()
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


async def test_a_coordinator_puts_back_what_was_taken_out(stage: Stage) -> None:
    joins(stage, M, ANIMATION)
    await stage.receive(act("Delete", M, NOTE))
    row = await stage.receive(act("Undo", M, act("Delete", M, NOTE, 7)))
    kept = stage.database.read_now(lambda uow: uow.things.get_any(NOTE))
    assert kept is not None
    assert (row.state, held(stage), kept.entry.community) == ("done", [NOTE], stage.community)
    assert [body["object"]["type"] for body in stage.sent() if isinstance(body["object"], dict)][-1] == "Undo"
    assert (await stage.receive(act("Undo", M, act("Delete", M, NOTE, 8), 2))).state == "ignored"


@pytest.mark.parametrize("who", [V, BOB, M])
async def test_nobody_else_puts_anything_back(stage: Stage, who: str) -> None:
    joins(stage, B, ANIMATION)
    joins(stage, M, ANIMATION, f"{stage.community}-autre")
    await stage.receive(act("Delete", B, NOTE))
    row = await stage.receive(act("Undo", who, act("Delete", who, NOTE, 7)))
    assert (row.state, held(stage)) == ("ignored", [])


async def test_what_was_never_in_the_community_is_not_put_there(stage: Stage) -> None:
    joins(stage, M, ANIMATION)
    await stage.receive(act("Create", V, {**note(number=2), "audience": []}, 2))
    row = await stage.receive(act("Undo", M, act("Delete", M, f"{THERE}/ressources/2", 7)))
    assert (row.state, held(stage)) == ("ignored", [NOTE])


async def test_where_nobody_looks_into_an_announce_it_is_taken_back(stage: Stage) -> None:
    """A microblog would go on showing as passed on what was taken out, or what its author deleted."""
    stage.approve("evil.example", software="mastodon")
    stage.database.write_now(
        lambda uow: uow.followings.put(M, stage.community, activity=f"{M}/f", state="accepted", at=stage.now)
    )
    await stage.receive(act("Create", V, {**note(number=2), "audience": stage.community}, 2))
    await stage.receive(act("Delete", V, f"{THERE}/ressources/2"))
    rows = stage.database.read_now(lambda uow: uow.deliveries.waiting())
    told = [body for row, body in zip(rows, stage.sent(), strict=True) if row.inbox == f"{M}/inbox"]
    made = [body["id"] for body in told if body["type"] == "Announce" and named(body["object"]) in {"", "Create"}]
    undone = [body["object"]["id"] for body in told if body["type"] == "Undo"]
    assert (len(made), undone) == (2, made)
    assert "Undo" not in {body["type"] for row, body in zip(rows, stage.sent(), strict=True) if row.inbox == f"{B}/inbox"}


async def test_there_what_is_put_back_is_shown_again_and_each_time_taken_back_once(stage: Stage) -> None:
    stage.approve("evil.example", software="mastodon")
    stage.database.write_now(
        lambda uow: uow.followings.put(M, stage.community, activity=f"{M}/f", state="accepted", at=stage.now)
    )
    joins(stage, BOB, ANIMATION)
    for number in (1, 2):
        await stage.receive(act("Delete", BOB, NOTE, number))
        await stage.receive(act("Undo", BOB, act("Delete", BOB, NOTE, number + 5), number))
    rows = stage.database.read_now(lambda uow: uow.deliveries.waiting())
    told = [body for row, body in zip(rows, stage.sent(), strict=True) if row.inbox == f"{M}/inbox"]
    shown = [body["id"] for body in told if body["type"] == "Announce" and body["object"] == NOTE]
    undone = [body["object"]["id"] for body in told if body["type"] == "Undo"]
    assert (len(shown), shown[0] in undone, shown[1] in undone, len(undone)) == (2, True, False, len(set(undone)))


def named(about: Any) -> str:
    return about["type"] if isinstance(about, dict) else ""


async def test_what_its_author_brings_back_is_the_communitys_again(stage: Stage) -> None:
    await stage.receive(act("Delete", V, NOTE))
    await stage.receive(act("Undo", V, act("Delete", V, NOTE, 7)))
    stage.outside.documents[NOTE] = {**note(name="Revenue"), "audience": stage.community}
    await stage.turn(fetch_thing.JOB)
    kept = stage.database.read_now(lambda uow: uow.things.get_any(NOTE))
    assert kept is not None
    assert (kept.entry.name, kept.entry.community, held(stage)) == ("Revenue", stage.community, [NOTE])
    assert [body["object"]["type"] for body in stage.sent() if isinstance(body["object"], dict)][-1] == "Undo"


async def test_what_is_found_gone_on_its_server_is_shown_first_no_more(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.featured.add(stage.community, NOTE, stage.now))
    errand = Errand(iri=NOTE, is_vouched=True)
    stage.database.write_now(lambda uow: uow.tasks.wake(FETCH, errand.subject, payload=errand.payload()))
    await stage.turn(fetch_thing.JOB)
    assert held(stage) == []
    assert stage.database.read_now(lambda uow: uow.featured.of(stage.community, scope=PUBLIC_SCOPE)) == []


async def test_an_edit_does_not_bring_back_what_was_taken_out(stage: Stage) -> None:
    joins(stage, M, ANIMATION)
    await stage.receive(act("Delete", M, NOTE))
    changed = {**note(name="Autrement"), "audience": stage.community, "updated": "2026-11-22T10:00:30Z"}
    await stage.receive(act("Update", V, changed))
    (waits,) = stage.database.read_now(lambda uow: uow.submissions.waiting())
    assert held(stage) == []
    *_, last, told = stage.sent()
    assert (last["type"], last["object"]["type"]) == ("Announce", "Delete")
    assert (told["type"], told["object"]["type"]) == ("TentativeReject", "Update"), "its author knows that it waits"
    stage.database.write_now(lambda uow: accept(uow, stage.house(), waits.id, stage.author))
    await stage.receive(act("Update", V, changed | {"name": "Encore", "updated": "2026-11-22T10:00:40Z"}, 2))
    assert (held(stage), stage.sent()[-1]["object"]["object"]["name"]) == ([NOTE], "Encore")


async def test_nor_does_that_of_somebody_here(stage: Stage) -> None:
    joins(stage, M, ANIMATION)
    mine = stage.note("La mienne")
    await stage.receive(act("Delete", M, mine.iri))
    said = len(stage.sent())
    stage.later(minutes=1)
    stage.note("La mienne, encore", replaces=mine.iri)
    assert (mine.iri in held(stage), len(stage.sent())) == (False, said)
    await stage.receive(act("Undo", M, act("Delete", M, mine.iri, 7)))
    assert mine.iri in held(stage)


async def test_a_reaction_taken_back_is_no_return(stage: Stage) -> None:
    joins(stage, M, ANIMATION)
    mine = stage.note("La mienne")
    await stage.receive(act("Like", V, mine.iri))
    await stage.receive(act("Delete", M, mine.iri))
    await stage.receive(act("Undo", V, act("Like", V, mine.iri)))
    await stage.receive(act("Undo", M, act("Delete", M, mine.iri, 7), 2))
    assert mine.iri in held(stage)
