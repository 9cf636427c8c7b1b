"""A repertoire comes over page by page; a kill between two pages costs nothing; an endless one ends."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from federation.errors import Gone, Unreachable
from kit.guests import THERE, B, Stage
from node.domain.errands import BACKFILL, ENOUGH_WAITING, Bookmark, Errand, link
from node.jobs import backfill, catch_up
from node.storage.engine import Database
from node.storage.reaching import reach
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork
from vocab.namespaces import AS_CONTEXT

REPERTOIRE = f"{B}/repertoire"


def page(number: int, items: list[str], following: int | None = None) -> dict[str, Any]:
    more = {"next": f"{REPERTOIRE}?p={following}"} if following is not None else {}
    return {"id": f"{REPERTOIRE}?p={number}", "type": "OrderedCollectionPage", "orderedItems": items, **more}


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.follows()
    made.outside.documents[REPERTOIRE] = {"id": REPERTOIRE, "type": "OrderedCollection", "first": f"{REPERTOIRE}?p=1"}
    made.outside.documents[f"{REPERTOIRE}?p=1"] = page(1, [f"{THERE}/ressources/{n}" for n in range(3)], 2)
    made.outside.documents[f"{REPERTOIRE}?p=2"] = page(2, [f"{THERE}/ressources/3"])
    made.database.write_now(lambda uow: uow.tasks.wake(BACKFILL, link(made.community, B)))
    return made


async def turn(stage: Stage) -> TaskRow:
    """One claim and its work; the task afterwards."""
    for row in stage.database.write_now(lambda uow: backfill.JOB.claim(uow, stage.house(), 10)):
        await backfill.JOB.work(stage.tools, row)
    found = stage.database.read_now(lambda uow: uow.tasks.get(BACKFILL, link(stage.community, B)))
    assert found is not None
    return found


def history(stage: Stage) -> tuple[str, datetime | None]:
    known = stage.database.read_now(lambda uow: uow.followings.get(stage.community, B))
    assert known is not None
    return known.history, stage.database.read_now(lambda uow: reach(uow, known, stage.now)).until


async def test_each_turn_is_one_page_and_the_bookmark_is_kept(stage: Stage) -> None:
    row = await turn(stage)
    assert (row.state, Bookmark.of(row.payload).page, len(stage.tasks("fetch"))) == ("due", f"{REPERTOIRE}?p=2", 3)
    assert history(stage) == ("running", None)
    row = await turn(stage)
    synced = stage.database.read_now(lambda uow: uow.followings.get(stage.community, B))
    assert synced is not None
    assert (row.state, row.payload, len(stage.tasks("fetch")), synced.synced_at) == ("done", "", 4, stage.now)
    assert synced.history == "complete"
    assert stage.tasks("catch_up") == [link(stage.community, B)]


async def test_a_worker_that_dies_after_a_page_is_followed_by_one_that_reads_the_next(stage: Stage) -> None:
    await turn(stage)
    stage.database.write_now(lambda uow: uow.tasks.claim(BACKFILL, stage.now, "elsewhere/1/1", 1))
    assert stage.database.write_now(lambda uow: backfill.JOB.claim(uow, stage.house(), 1)) == []
    stage.later(minutes=3)
    await turn(stage)
    assert stage.outside.asked.count(f"{REPERTOIRE}?p=1") == 1
    assert len(stage.tasks("fetch")) == 4


async def test_what_is_held_is_not_fetched_again(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.holdings.add(B, f"{THERE}/ressources/0", "own", stage.now))
    await turn(stage)
    assert f"{THERE}/ressources/0 {B}" not in stage.tasks("fetch")


async def test_a_link_that_ended_meanwhile_stops_it(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.followings.set_state(stage.community, B, "ended", stage.now))
    row = await turn(stage)
    assert (row.state, stage.outside.asked) == ("parked", [])


async def test_pages_on_another_server_are_not_read(stage: Stage) -> None:
    stage.outside.documents[REPERTOIRE]["first"] = "https://evil.example/p"
    row = await turn(stage)
    assert (row.state, stage.outside.asked) == ("parked", [REPERTOIRE])


async def test_an_endless_repertoire_ends(stage: Stage) -> None:
    for number in range(3, 60):
        stage.outside.documents[f"{REPERTOIRE}?p={number}"] = page(number, [], number + 1)
    stage.outside.documents[f"{REPERTOIRE}?p=2"] = page(2, [], 3)
    states = [(await turn(stage)).state for _ in range(40)]
    assert states[-1] == "done"
    assert history(stage)[0] == "gap"
    assert len(stage.outside.asked) <= 14


@pytest.mark.parametrize(("problem", "state"), [(Unreachable("silent"), "due"), (Gone("away"), "parked")])
async def test_trouble_is_waited_out_or_told(stage: Stage, problem: Any, state: str) -> None:
    stage.outside.problems[f"{REPERTOIRE}?p=2"] = problem
    await turn(stage)
    row = await turn(stage)
    assert (row.state, row.last_error) == (state, str(problem))
    assert Bookmark.of(row.payload).page == f"{REPERTOIRE}?p=2", "where it was is not forgotten"
    assert history(stage)[0] == ("running" if state == "due" else "gap")


async def test_a_server_that_was_away_for_long_is_read_on_where_it_was_once_it_is_back(stage: Stage) -> None:
    await turn(stage)
    stage.outside.problems |= {f"{REPERTOIRE}?p=2": Unreachable("away"), REPERTOIRE: Unreachable("away")}
    while (await turn(stage)).state != "parked":
        stage.later(days=2)
    stage.later(hours=1)
    assert await stage.turn(catch_up.JOB), "it is looked after by itself"
    assert (await turn(stage)).state == "parked"
    stage.outside.problems.clear()
    stage.later(hours=1)
    assert await stage.turn(catch_up.JOB)
    stage.outside.asked.clear()
    assert (await turn(stage)).state == "done"
    assert stage.outside.asked == [f"{REPERTOIRE}?p=2"]


async def test_without_repertoire_the_outbox_is_read(stage: Stage) -> None:
    stage.know(B, repertoire="", outbox=f"{B}/outbox")
    create = {"type": "Create", "object": {"type": "Note", "id": f"{THERE}/n/1"}}
    stage.outside.documents[f"{B}/outbox"] = {
        "id": f"{B}/outbox", "type": "OrderedCollection",
        "orderedItems": [{"type": "Announce", "object": create}, {"type": "Announce", "object": f"{THERE}/n/2"}],
    }  # fmt: skip
    await turn(stage)
    assert stage.tasks("fetch") == [f"{THERE}/n/1 {B}", f"{THERE}/n/2 {B}"]


async def test_how_far_back_it_reaches_is_what_is_here(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.holdings.add(B, f"{THERE}/ressources/0", "own", stage.now - timedelta(days=900)))
    await turn(stage)
    await turn(stage)
    assert history(stage) == ("complete", stage.now - timedelta(days=900))


async def test_what_comes_first_comes_before_what_comes_over(stage: Stage) -> None:
    await turn(stage)
    stage.database.write_now(lambda uow: uow.tasks.wake("fetch", f"{THERE}/ressources/nouvelle {B}"))
    (first,) = stage.database.write_now(lambda uow: uow.tasks.claim("fetch", stage.now, "x/1/1", 1))
    assert first.subject == f"{THERE}/ressources/nouvelle {B}"


@pytest.mark.parametrize(("holder", "is_read"), [(B, False), (f"{THERE}/communautes/autre", True), (f"{B}-bis", True)])
async def test_no_page_is_read_while_much_of_it_waits_to_be_fetched(stage: Stage, holder: str, *, is_read: bool) -> None:
    def fill(uow: UnitOfWork) -> None:
        for number in range(ENOUGH_WAITING):
            uow.tasks.wake("fetch", Errand(iri=f"{THERE}/x/{number}", community=holder).subject)

    stage.database.write_now(fill)
    row = await turn(stage)
    assert (row.state, row.attempts, bool(stage.outside.asked)) == ("due", 0, is_read)
    assert is_read or row.due_at == stage.now + backfill.BREATH


async def test_what_an_actor_features_comes_before_its_outbox(stage: Stage) -> None:
    document = {"@context": AS_CONTEXT, "id": B, "type": "Group", "inbox": f"{B}/inbox", "featured": f"{B}/featured"}
    stage.know(B, repertoire="", outbox=f"{B}/outbox", document=json.dumps(document).encode())
    for name, number in (("featured", 1), ("outbox", 2)):
        listed = {"id": f"{B}/{name}", "type": "OrderedCollection", "orderedItems": [f"{THERE}/n/{number}"]}
        stage.outside.documents[f"{B}/{name}"] = listed
    assert (await turn(stage)).state == "due"
    assert (await turn(stage)).state == "done"
    assert stage.outside.asked == [f"{B}/featured", f"{B}/outbox"]
    assert stage.tasks("fetch") == [f"{THERE}/n/1 {B}", f"{THERE}/n/2 {B}"]
    assert history(stage)[0] == "complete"


async def test_a_list_that_is_not_there_leaves_a_gap_and_the_next_is_read(stage: Stage) -> None:
    document = {"@context": AS_CONTEXT, "id": B, "type": "Group", "inbox": f"{B}/inbox", "featured": f"{B}/featured"}
    stage.know(B, repertoire="", outbox=f"{B}/outbox", document=json.dumps(document).encode())
    stage.outside.documents[f"{B}/outbox"] = {"id": f"{B}/outbox", "type": "OrderedCollection", "totalItems": 10**9}
    await turn(stage)
    assert ((await turn(stage)).state, history(stage)[0]) == ("done", "gap")


async def test_a_next_page_elsewhere_is_a_gap_and_is_not_read(stage: Stage) -> None:
    stage.outside.documents[f"{REPERTOIRE}?p=1"]["next"] = "https://evil.example/p"
    row = await turn(stage)
    assert (row.state, history(stage)[0]) == ("done", "gap")
    assert stage.outside.asked == [REPERTOIRE, f"{REPERTOIRE}?p=1"]
