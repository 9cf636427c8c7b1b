"""After an absence: what is missing is fetched, what is no longer listed is let go of, and the hour begins anew."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from federation import comparing
from federation.errors import UnacceptableAnswer, Unreachable
from federation.messages import Answer
from kit.guests import START, THERE, B, Outpost, Stage, note
from node.domain.entries import Audience, Entry
from node.domain.errands import BACKFILL, CATCH_UP, ENOUGH_WAITING, FETCH, Comparison, link
from node.jobs import catch_up, fetch_thing
from node.storage.engine import Database
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork
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
    assert timedelta(minutes=4) < row.due_at - stage.now < timedelta(minutes=6), "what differed is looked at again soon"


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


class Dawdling(Outpost):
    """Pages without end, each of which takes two minutes."""

    stage: Stage

    async def document(self, iri: str, *, is_anew: bool = False) -> Answer:
        self.stage.later(minutes=2)
        number = int(iri.partition("?p=")[2] or 0) + 1
        self.documents[iri] = {
            "id": iri,
            "type": "OrderedCollectionPage",
            "orderedItems": [f"{THERE}/n/{number}"],
            "next": f"{REPERTOIRE}?p={number}",
        }
        return await super().document(iri, is_anew=is_anew)


async def test_a_list_whose_pages_dawdle_is_left_before_the_lease_ends_and_removes_nothing(stage: Stage) -> None:
    stage.outside = dawdling = Dawdling()
    dawdling.stage, begun = stage, stage.now
    await turn(stage)
    assert stage.now - begun < catch_up.LEASE / 2
    assert stage.database.read_now(lambda uow: uow.holdings.iris(B)) == [ONE, TWO]
    assert f"{THERE}/n/1 {B}" in stage.tasks(FETCH), "what was read counts"


async def test_a_silent_server_is_asked_again_soon(stage: Stage) -> None:
    stage.outside.problems[REPERTOIRE] = Unreachable("silent")
    row = await turn(stage)
    assert (row.state, row.due_at - stage.now) == ("due", timedelta(seconds=30))
    assert len(stage.database.read_now(lambda uow: uow.holdings.iris(B))) == 2


async def test_a_link_that_ended_is_not_looked_after(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.followings.set_state(stage.community, B, "ended", stage.now))
    row = await turn(stage)
    assert (row.state, stage.outside.asked) == ("done", [])


def held(stage: Stage, *, changed: str = "") -> list[tuple[str, str]]:
    """ONE to THREE are held here, as they were published at first; the same as their server holds them, one perhaps `changed`."""

    def deed(uow: UnitOfWork) -> None:
        for iri in (ONE, TWO, THREE):
            entry = Entry(iri=iri, type="Article", kind="PracticeNote", audience=Audience.PUBLIC, published_at=START)
            uow.things.put(entry, jsonld.dump(PracticeNote(id=iri, name=Text.of("Une note", "fr"))))
            uow.holdings.add(B, iri, "own", START)

    stage.database.write_now(deed)
    later = comparing.moment_of(START + timedelta(days=1))
    return [(iri, later if iri == changed else comparing.moment_of(START)) for iri in (ONE, TWO, THREE)]


def serves(stage: Stage, there: list[tuple[str, str]]) -> None:
    """The repertoire of B as a server tells it that knows digests."""
    tree = comparing.Tree(there)
    repertoire = {"id": REPERTOIRE, "type": "OrderedCollection", "digest": tree.digest, "first": f"{REPERTOIRE}?page=1"}
    stage.outside.documents[REPERTOIRE] = repertoire
    page = json.loads(jsonld.dump(comparing.page_of(REPERTOIRE, [""], tree.told([""]))))
    stage.outside.documents[page["id"]] = page


async def test_where_nothing_differs_one_request_is_enough(stage: Stage) -> None:
    serves(stage, held(stage))
    row = await turn(stage)
    link_ = stage.database.read_now(lambda uow: uow.followings.get(stage.community, B))
    assert link_ is not None
    assert (link_.history, link_.synced_at) == ("complete", stage.now)
    assert stage.outside.asked == [REPERTOIRE]
    assert (stage.tasks("fetch"), stage.tasks("refresh_actor")) == ([], [])
    assert (Comparison.of(row.payload).differences, Comparison.of(row.payload).at) == (0, stage.now.isoformat())
    assert timedelta(minutes=50) < row.due_at - stage.now < timedelta(minutes=70)


async def test_what_was_changed_long_ago_is_noticed_and_what_is_gone_is_asked_for(stage: Stage) -> None:
    serves(stage, [*held(stage, changed=ONE)[:2], (f"{THERE}/ressources/9", "")])
    row = await turn(stage)
    assert sorted(stage.tasks("fetch")) == sorted([f"{ONE} {B}", f"{THERE}/ressources/9 {B}", THREE])
    assert stage.database.read_now(lambda uow: uow.holdings.iris(B)) == [ONE, TWO]
    assert Comparison.of(row.payload).differences == 3
    assert len(stage.outside.asked) == 2


async def test_what_arrived_while_one_compared_stays(stage: Stage) -> None:
    serves(stage, held(stage)[:2])

    def arrived(uow: UnitOfWork) -> None:
        entry = Entry(iri=THREE, type="Article", kind="", audience=Audience.PUBLIC, published_at=START, stored_at=stage.now)
        uow.things.put(entry, jsonld.dump(PracticeNote(id=THREE)))

    stage.database.write_now(arrived)
    await turn(stage)
    assert THREE in stage.database.read_now(lambda uow: uow.holdings.iris(B))


async def test_while_the_first_reading_goes_on_nothing_is_compared(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.tasks.wake(BACKFILL, link(stage.community, B)))
    row = await turn(stage)
    assert (row.state, stage.outside.asked) == ("due", [])


async def test_while_enough_waits_to_be_fetched_nothing_is_compared(stage: Stage) -> None:
    payload = Comparison(parts="a.b", rounds=3).payload()

    def fill(uow: UnitOfWork) -> None:
        uow.tasks.wake(CATCH_UP, link(stage.community, B), payload=payload)
        for number in range(ENOUGH_WAITING):
            uow.tasks.wake(FETCH, f"{THERE}/ressources/{number} {B}", due_at=stage.now)

    stage.database.write_now(fill)
    row = await turn(stage)
    assert (row.payload, stage.outside.asked) == (payload, [])
    assert row.due_at - stage.now < timedelta(seconds=10)


class Bottomless(Outpost):
    """A repertoire in which everything differs, however deep one asks."""

    async def document(self, iri: str, *, is_anew: bool = False) -> Answer:
        parts = iri.partition("?parties=")[2].split(".")
        told = comparing.Part(
            digests={part: "1" * comparing.SHORT for each in parts for part in comparing.parts(each)}, things={}
        )
        self.documents[iri] = json.loads(jsonld.dump(comparing.page_of(REPERTOIRE, parts, told)))
        self.documents[REPERTOIRE] = {"id": REPERTOIRE, "type": "OrderedCollection", "digest": "1" * 64}
        return await super().document(iri, is_anew=is_anew)


async def test_a_repertoire_in_which_all_differs_without_end_is_given_up_for_now(stage: Stage) -> None:
    stage.outside = Bottomless()
    row = await turn(stage)
    while row.due_at - stage.now < timedelta(minutes=1):
        stage.later(seconds=10)
        row = await turn(stage)
    assert row.due_at - stage.now > timedelta(minutes=50)
    assert (Comparison.of(row.payload).parts, Comparison.of(row.payload).rounds) == ("", catch_up.MOST_ROUNDS)
    assert len(stage.outside.asked) == catch_up.MOST_ROUNDS * (catch_up.MOST_REQUESTS + 1)
    assert stage.database.read_now(lambda uow: uow.followings.get(stage.community, B)).history != "complete"  # type: ignore[union-attr]


async def test_a_page_of_another_collection_proves_nothing(stage: Stage) -> None:
    serves(stage, held(stage)[:1])
    stage.outside.documents[f"{REPERTOIRE}?parties="]["partOf"] = f"{THERE}/autre"
    row = await turn(stage)
    assert row.last_error
    assert len(stage.database.read_now(lambda uow: uow.holdings.iris(B))) == 3


async def test_what_is_new_in_an_outbox_is_fetched_and_nothing_let_go(stage: Stage) -> None:
    stage.know(B, repertoire="", outbox=f"{B}/outbox")
    said = {"id": f"{B}/outbox", "type": "OrderedCollection", "orderedItems": [{"type": "Announce", "object": THREE}]}
    stage.outside.documents[f"{B}/outbox"] = said
    await turn(stage)
    assert stage.tasks("fetch") == [f"{THREE} {B}"]
    assert stage.database.read_now(lambda uow: uow.holdings.iris(B)) == [ONE, TWO]


async def test_an_outbox_of_answers_and_of_what_is_refused_is_not_fetched_every_hour(stage: Stage) -> None:
    stage.know(B, repertoire="", outbox=f"{B}/outbox")
    outbox = {"id": f"{B}/outbox", "type": "OrderedCollectionPage", "orderedItems": [ONE, TWO], "next": f"{B}/outbox?p=2"}
    older = {"id": f"{B}/outbox?p=2", "type": "OrderedCollectionPage", "orderedItems": [THREE]}
    stage.outside.documents |= {each["id"]: each for each in (outbox, older)}  # type: ignore[misc]
    stage.database.write_now(lambda uow: [uow.holdings.remove(B, iri) for iri in (ONE, TWO)])
    stage.outside.documents[ONE] = note(id=ONE, inReplyTo=f"{THERE}/n/1")
    stage.outside.problems[TWO] = UnacceptableAnswer("not for you")
    await turn(stage)
    await stage.turn(fetch_thing.JOB)
    for days, asked in ((0.1, [f"{B}/outbox"]), (1.1, [f"{B}/outbox", f"{B}/outbox?p=2", TWO])):
        stage.later(days=days)
        stage.outside.asked.clear()
        await turn(stage)
        await stage.turn(fetch_thing.JOB)
        assert [iri for iri in stage.outside.asked if iri not in {B, f"{THERE}/n/1"}] == asked


async def test_the_start_wakes_only_links_that_hold_and_are_ours(memory: Database) -> None:
    stage = Stage(memory)
    stage.follows(state="requested")
    stage.followed()
    memory.write_now(lambda uow: catch_up.start(uow, stage.house()))
    assert stage.tasks(CATCH_UP) == []
