"""After an absence: what is missing is fetched, what is no longer listed is let go of, and the hour begins anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from federation.errors import Unreachable
from kit.guests import THERE, B, Stage
from node.domain.entries import Audience, Entry
from node.domain.errands import CATCH_UP, link
from node.jobs import catch_up
from node.storage.engine import Database
from node.storage.shelves.tasks import TaskRow
from vocab import jsonld
from vocab.things.practice_note import PracticeNote
from vocab.values import Text

REPERTOIRE = f"{B}/repertoire"
ONE, TWO, THREE = (f"{THERE}/ressources/{number}" for number in (1, 2, 3))


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.follows()
    made.outside.documents[REPERTOIRE] = {"id": REPERTOIRE, "type": "OrderedCollection", "orderedItems": [TWO, THREE]}
    made.database.write_now(lambda uow: [uow.holdings.add(B, iri, "own", made.now) for iri in (ONE, TWO)])
    made.database.write_now(lambda uow: catch_up.start(uow, made.house()))
    return made


async def turn(stage: Stage) -> TaskRow:
    for row in stage.database.write_now(lambda uow: catch_up.JOB.claim(uow, stage.house(), 10)):
        await catch_up.JOB.work(stage.tools, row)
    found = stage.database.read_now(lambda uow: uow.tasks.get(CATCH_UP, link(stage.community, B)))
    assert found is not None
    return found


async def test_the_difference_is_made_good(stage: Stage) -> None:
    row = await turn(stage)
    assert stage.database.read_now(lambda uow: uow.holdings.iris(B)) == [TWO]
    assert sorted(stage.tasks("fetch")) == [ONE, f"{THREE} {B}"]
    assert stage.tasks("refresh_actor") == [B]
    assert timedelta(minutes=50) < row.due_at - stage.now < timedelta(minutes=70)


async def test_what_is_for_a_person_here_alone_stays_although_no_list_names_it(stage: Stage) -> None:
    entry = Entry(iri=ONE, type="Article", kind="PracticeNote", audience=Audience.COMMUNITY, community=B)
    document = jsonld.dump(PracticeNote(id=ONE, name=Text.of("Entre nous", "fr")))
    stage.database.write_now(lambda uow: uow.things.put(entry, document))
    await turn(stage)
    assert stage.database.read_now(lambda uow: uow.holdings.iris(B)) == [ONE, TWO]
    assert ONE not in stage.tasks("fetch")


async def test_a_list_that_breaks_off_removes_nothing(stage: Stage) -> None:
    stage.outside.documents[REPERTOIRE] = {"id": REPERTOIRE, "type": "OrderedCollection", "first": f"{REPERTOIRE}?p=1"}
    stage.outside.documents[f"{REPERTOIRE}?p=1"] = {
        "id": f"{REPERTOIRE}?p=1", "type": "OrderedCollectionPage", "orderedItems": [], "next": f"{REPERTOIRE}?p=1",
    }  # fmt: skip
    await turn(stage)
    assert sorted(stage.database.read_now(lambda uow: uow.holdings.iris(B))) == [ONE, TWO]


async def test_a_silent_server_is_asked_again_soon(stage: Stage) -> None:
    stage.outside.problems[REPERTOIRE] = Unreachable("silent")
    row = await turn(stage)
    assert (row.state, row.due_at - stage.now) == ("due", timedelta(seconds=30))
    assert len(stage.database.read_now(lambda uow: uow.holdings.iris(B))) == 2


async def test_a_link_that_ended_is_not_looked_after(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.followings.set_state(stage.community, B, "ended", stage.now))
    row = await turn(stage)
    assert (row.state, stage.outside.asked) == ("done", [])


async def test_the_start_wakes_only_links_that_hold_and_are_ours(memory: Database) -> None:
    stage = Stage(memory)
    stage.follows(state="requested")
    memory.write_now(lambda uow: uow.followings.put(B, stage.community, activity="x", state="accepted", at=stage.now))
    memory.write_now(lambda uow: catch_up.start(uow, stage.house()))
    assert stage.tasks(CATCH_UP) == []
