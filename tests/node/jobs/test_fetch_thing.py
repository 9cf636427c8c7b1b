"""A thing is fetched from its own server, kept when it is public, buried when it is gone, and held by whom it is said."""

from __future__ import annotations

from typing import Any

import pytest

from federation.errors import Gone, Missing, UnacceptableAnswer, Unreachable
from kit.guests import THERE, B, M, Stage, V, act, note
from node.actions.moderate import limit
from node.domain.errands import FETCH, Errand
from node.domain.neighbours import Measure
from node.domain.visibility import PUBLIC_SCOPE
from node.jobs import fetch_thing
from node.storage.engine import Database
from node.storage.shelves.tasks import TaskRow

IRI = f"{THERE}/ressources/1"


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.follows()
    made.outside.documents[IRI] = note()
    return made


async def fetch(stage: Stage, iri: str = IRI, **said: Any) -> TaskRow:
    errand = Errand(iri=iri, **said)
    stage.database.write_now(lambda uow: uow.tasks.wake(FETCH, errand.subject, payload=errand.payload()))
    return await again(stage, errand.subject)


async def again(stage: Stage, subject: str) -> TaskRow:
    await stage.turn(fetch_thing.JOB)
    found = stage.database.read_now(lambda uow: uow.tasks.get(FETCH, subject))
    assert found is not None
    return found


def held(stage: Stage, community: str = B) -> list[tuple[str, str]]:
    rows = stage.database.read_now(lambda uow: uow.holdings.of(community, scope=PUBLIC_SCOPE))
    return [(row.iri, row.mode) for row in rows]


@pytest.mark.parametrize(("audience", "mode"), [(B, "own"), (f"{THERE}/communautes/autre", "reference"), (None, "reference")])
async def test_it_is_kept_and_held(stage: Stage, audience: str | None, mode: str) -> None:
    stage.outside.documents[IRI]["audience"] = audience
    row = await fetch(stage, community=B)
    assert (row.state, held(stage)) == ("done", [(IRI, mode)])


async def test_a_community_that_nobody_follows_holds_nothing_here(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.followings.set_state(stage.community, B, "ended", stage.now))
    await fetch(stage, community=B)
    assert held(stage) == []


async def test_an_archipelago_does_not_go_out_to_strangers(stage: Stage) -> None:
    row = await fetch(stage, "https://evil.example/n/1", community=B, is_vouched=True)
    assert (row.state, stage.outside.asked) == ("parked", [])
    assert "approuvé" in row.last_error
    stage.mode = "friends"
    await fetch(stage, "https://evil.example/n/1", community=B, is_vouched=True)
    assert stage.outside.asked == ["https://evil.example/n/1"]


@pytest.mark.parametrize("changes", [{"attributedTo": M}, {"to": []}, {"id": f"{THERE}/ressources/2"}])
async def test_what_is_not_its_own_or_not_public_is_not_kept(stage: Stage, changes: dict[str, Any]) -> None:
    stage.outside.documents[IRI] |= changes
    if "id" in changes:
        stage.outside.documents[IRI]["attributedTo"] = M
    row = await fetch(stage, community=B)
    assert (row.state, held(stage)) == ("parked", [])
    assert stage.database.read_now(lambda uow: uow.things.get_any(IRI)) is None


async def test_what_is_gone_is_buried_when_it_was_here(stage: Stage) -> None:
    await fetch(stage, community=B)
    stage.outside.problems[IRI] = Gone()
    row = await fetch(stage, community=B)
    kept = stage.database.read_now(lambda uow: uow.things.get_any(IRI))
    assert kept is not None
    assert (row.state, held(stage), kept.entry.deleted_at) == ("done", [], stage.now)


async def test_a_tombstone_is_gone_too_and_what_was_never_here_leaves_no_trace(stage: Stage) -> None:
    stage.outside.documents[IRI] = {"id": IRI, "type": "Tombstone"}
    row = await fetch(stage, community=B)
    assert (row.state, stage.database.read_now(lambda uow: uow.things.get_any(IRI))) == ("done", None)


async def test_what_somebody_here_alone_was_sent_is_not_buried_because_the_node_is_not_shown_it(stage: Stage) -> None:
    create = {**act("Create", V, note(to=[stage.author], audience=None)), "to": [stage.author]}
    await stage.receive(create, recipient=stage.author)
    for problem, is_buried in ((Missing(), False), (Gone(), True)):
        await stage.receive(act("Announce", B, IRI, int(is_buried)))
        stage.outside.problems[IRI] = problem
        await stage.turn(fetch_thing.JOB)
        kept = stage.database.read_now(lambda uow: uow.things.get_any(IRI))
        assert kept is not None
        assert (kept.entry.deleted_at is not None) is is_buried


async def test_a_silent_server_is_asked_again_and_then_given_up(stage: Stage) -> None:
    stage.outside.problems[IRI] = Unreachable("silent")
    row = await fetch(stage, community=B)
    assert (row.state, row.last_error) == ("due", "silent")
    for _ in range(8):
        stage.later(hours=30)
        row = await again(stage, f"{IRI} {B}")
    assert row.state == "parked"


async def test_what_cannot_be_believed_is_given_up_at_once(stage: Stage) -> None:
    stage.outside.problems[IRI] = UnacceptableAnswer("not so")
    assert (await fetch(stage, community=B)).state == "parked"


async def test_two_communities_may_hold_one_thing(stage: Stage) -> None:
    other = f"{THERE}/communautes/autre"
    stage.know(other)
    stage.follows(other)
    await fetch(stage, community=B)
    await fetch(stage, community=other)
    assert (held(stage), held(stage, other)) == ([(IRI, "own")], [(IRI, "reference")])


async def test_one_of_ours_is_held_without_going_out(stage: Stage) -> None:
    mine = stage.note("La mienne")
    await fetch(stage, mine.iri, community=B)
    assert (held(stage), stage.outside.asked) == ([(mine.iri, "reference")], [])


async def test_terms_of_the_same_server_are_fetched_and_others_are_not(stage: Stage) -> None:
    stage.outside.documents[IRI]["topic"] = [f"{THERE}/termes/1", f"{THERE}/termes/2", "https://evil.example/t"]
    await fetch(stage, community=B)
    assert stage.tasks(FETCH) == [f"{THERE}/termes/1", f"{THERE}/termes/2"]


async def test_an_actor_is_kept_as_one(stage: Stage) -> None:
    who = f"{THERE}/personnes/w"
    stage.outside.documents[who] = {"id": who, "type": "Person", "inbox": f"{who}/inbox", "name": "W"}
    await fetch(stage, who)
    found = stage.database.read_now(lambda uow: uow.actors.get(who))
    assert found is not None
    assert (found.name, V in stage.outside.asked) == ("W", False)


async def test_what_has_become_private_is_no_longer_seen(stage: Stage) -> None:
    await fetch(stage, community=B)
    stage.outside.documents[IRI]["to"] = [f"{B}/membres"]
    await fetch(stage, community=B)
    assert held(stage) == []
    assert stage.database.read_now(lambda uow: uow.things.get(IRI, PUBLIC_SCOPE)) is None


async def test_the_community_that_announces_a_thing_of_another_server_is_believed(stage: Stage) -> None:
    elsewhere = "https://tiers.example/ressources/1"
    stage.approve("tiers.example")
    stage.outside.documents[elsewhere] = {**note("https://tiers.example/u"), "audience": B}
    await fetch(stage, elsewhere)
    first = stage.database.read_now(lambda uow: uow.things.get_any(elsewhere))
    await fetch(stage, elsewhere, community=B)
    second = stage.database.read_now(lambda uow: uow.things.get_any(elsewhere))
    await fetch(stage, elsewhere)
    third = stage.database.read_now(lambda uow: uow.things.get_any(elsewhere))
    assert [kept.entry.community for kept in (first, second, third) if kept is not None] == ["", B, B]


async def test_a_server_on_pause_is_not_asked_until_the_pause_ends(stage: Stage) -> None:
    pause = Measure.PAUSED
    stage.database.write_now(lambda uow: limit(uow, stage.house(), "ailleurs.example", pause))
    row = await fetch(stage, community=B)
    assert (row.state, stage.outside.asked, held(stage)) == ("parked", [], [])
    assert "En pause" in row.last_error
    stage.database.write_now(lambda uow: limit(uow, stage.house(), "ailleurs.example", Measure.NONE))
    assert (await again(stage, row.subject)).state == "done"
    assert held(stage) == [(IRI, "own")]


@pytest.mark.parametrize("kind", ["Create", "Announce"])
async def test_an_activity_that_a_list_names_by_its_address_leads_to_what_it_is_about(stage: Stage, kind: str) -> None:
    listed = f"{THERE}/activites/1"
    stage.outside.documents[listed] = act(kind, B, IRI) | {"id": listed}
    row = await fetch(stage, listed, community=B, is_vouched=True)
    thing = await again(stage, f"{IRI} {B}")
    assert (row.state, thing.state, held(stage)) == ("done", "done", [(IRI, "own")])
    assert Errand.of(thing.payload).budget == Errand().budget - 1


@pytest.mark.parametrize(("kind", "said"), [("Like", {}), ("Create", {"budget": 0}), ("Create", {"activity": f"{THERE}/a/2"})])
async def test_other_activities_lead_nowhere(stage: Stage, kind: str, said: dict[str, Any]) -> None:
    listed = f"{THERE}/activites/1"
    stage.outside.documents[listed] = act(kind, B, IRI) | {"id": listed}
    row = await fetch(stage, listed, community=B, is_vouched=True, **said)
    assert (row.state, held(stage), stage.outside.asked) == ("parked", [], [listed])
