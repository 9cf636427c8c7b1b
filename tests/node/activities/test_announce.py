"""Announce: news of a followed community is fetched, or believed with its author's proof; of others it is none of ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kit.guests import BOB, THERE, B, M, Stage, V, act, note
from kit.proving import introduce, proof_key, with_proof
from node.domain.entries import Audience
from node.domain.errands import Errand
from node.jobs import fetch_thing
from node.storage.engine import Database
from node.storage.shelves.followings import State as LinkState
from node.storage.stored import StoredThing
from vocab.namespaces import PUBLIC

IRI = f"{THERE}/ressources/1"


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.approve("evil.example")
    return made


@pytest.mark.parametrize("kind", ["Create", "Update", "Delete"])
async def test_what_is_inside_is_fetched_from_its_own_server(stage: Stage, kind: str) -> None:
    stage.follows()
    row = await stage.receive(act("Announce", B, act(kind, V, {**note(), "name": "faux"})))
    (task,) = stage.database.read_now(lambda uow: uow.tasks.all("fetch"))
    errand = Errand.of(task.payload)
    holder = "" if kind == "Delete" else B  # gone from there, whatever its own server says
    assert (row.state, task.subject, errand.iri, errand.community) == ("done", f"{IRI} {holder}".strip(), IRI, holder)
    assert stage.database.read_now(lambda uow: uow.things.get_any(IRI)) is None


async def test_a_reference_is_fetched_too(stage: Stage) -> None:
    stage.follows()
    await stage.receive(act("Announce", B, IRI))
    assert stage.tasks("fetch") == [f"{IRI} {B}"]


@pytest.mark.parametrize("state", ["requested", "paused", "ended", "refused"])
async def test_without_a_link_in_force_nothing_happens(stage: Stage, state: LinkState) -> None:
    stage.follows(state=state)
    row = await stage.receive(act("Announce", B, IRI))
    assert (row.state, stage.tasks("fetch")) == ("ignored", [])


async def test_a_stranger_announces_in_vain(stage: Stage) -> None:
    stage.follows()
    assert (await stage.receive(act("Announce", M, IRI))).state == "ignored"


async def test_appreciations_are_no_news(stage: Stage) -> None:
    stage.follows()
    assert (await stage.receive(act("Announce", B, act("Like", V, IRI)))).state == "ignored"


@pytest.mark.parametrize(("actor", "state", "held"), [(B, "done", []), (M, "ignored", [IRI])])
async def test_only_the_holder_lets_go(stage: Stage, actor: str, state: str, held: list[str]) -> None:
    stage.follows()
    stage.database.write_now(lambda uow: uow.holdings.add(B, IRI, "reference", stage.now, "a"))
    row = await stage.receive(act("Undo", actor, act("Announce", actor, IRI)))
    assert (row.state, stage.database.read_now(lambda uow: uow.holdings.iris(B))) == (state, held)


def passed_on(stage: Stage, kind: str = "Create", author: str = V, key: str = "", **more: Any) -> dict[str, Any]:
    """An activity of somebody known here, proven by them, inside an Announce of the community."""
    inner = act(kind, author, {**note(author), **more}, to=[PUBLIC])
    return act("Announce", B, with_proof(inner, proof_key(author, key), stage.now))


def known(stage: Stage) -> StoredThing | None:
    return stage.database.read_now(lambda uow: uow.things.get_any(IRI))


@pytest.fixture
def proving(stage: Stage) -> Stage:
    """The author's own document was read, and the community is followed."""
    stage.follows()
    stage.database.write_now(lambda uow: introduce(uow, V, stage.now))
    return stage


async def test_a_copy_that_its_author_has_proven_is_believed_without_asking(proving: Stage) -> None:
    row = await proving.receive(passed_on(proving, name="Preuve à l’appui"))
    kept = known(proving)
    assert row.state == "done"
    assert kept is not None
    assert (kept.entry.name, kept.entry.author, kept.entry.community) == ("Preuve à l’appui", V, B)
    assert (proving.tasks("fetch"), proving.outside.asked) == ([], [])
    assert proving.database.read_now(lambda uow: uow.holdings.iris(B)) == [IRI]


async def test_a_proven_change_replaces_and_an_older_one_played_again_does_not(proving: Stage) -> None:
    newer = passed_on(proving, "Update", name="Nouvelle", updated="2026-11-21T10:00:00Z")
    older = passed_on(proving, "Create", name="Ancienne")
    await proving.receive(newer)
    await proving.receive({**older, "id": f"{THERE}/activites/again"})
    kept = known(proving)
    assert kept is not None
    assert kept.entry.name == "Nouvelle"
    assert proving.tasks("fetch") == [f"{IRI} {B}"], "its server is asked which one holds"


async def test_a_proven_end_is_believed_and_one_without_proof_is_asked_for(proving: Stage) -> None:
    await proving.receive(passed_on(proving))
    await proving.receive(act("Announce", B, act("Delete", V, IRI, 2, to=[PUBLIC]), 2))
    assert proving.tasks("fetch") == [IRI]
    kept = known(proving)
    assert kept is not None
    assert kept.entry.deleted_at is None
    ended = with_proof(act("Delete", V, IRI, 3, to=[PUBLIC]), proof_key(V), proving.now)
    await proving.receive(act("Announce", B, ended, 3))
    kept = known(proving)
    assert kept is not None
    assert kept.entry.deleted_at == proving.now


def _spoiled(activity: dict[str, Any]) -> dict[str, Any]:
    return {**activity, "object": {**activity["object"], "object": {**activity["object"]["object"], "name": "Autre"}}}


def _without_context(activity: dict[str, Any]) -> dict[str, Any]:
    return {**activity, "object": {name: each for name, each in activity["object"].items() if name != "@context"}}


@pytest.mark.parametrize(
    "made",
    [
        lambda stage: _spoiled(passed_on(stage)),
        lambda stage: _without_context(passed_on(stage)),
        lambda stage: passed_on(stage, key="m"),
        lambda stage: passed_on(stage, author=BOB),
        lambda stage: passed_on(stage, attributedTo=BOB),
        lambda stage: passed_on(stage, attributedTo=[V, BOB]),
        lambda stage: passed_on(stage, to=[f"{V}/followers"]),
        lambda stage: passed_on(stage, kind="Add"),
    ],
    ids=["changed", "without context", "another's key", "unknown", "not theirs", "of two", "not public", "no news"],
)
async def test_what_is_not_proven_is_asked_for_and_nothing_of_it_kept(
    proving: Stage, made: Callable[[Stage], dict[str, Any]]
) -> None:
    await proving.receive(made(proving))
    assert known(proving) is None
    assert proving.tasks("fetch") == [f"{IRI} {B}"]


async def test_a_suspended_author_and_a_blocked_server_prove_nothing(proving: Stage) -> None:
    proving.database.write_now(lambda uow: uow.actors.set_state(V, "suspended"))
    await proving.receive(passed_on(proving))
    assert known(proving) is None


async def test_a_key_that_the_author_took_back_proves_nothing_more(proving: Stage) -> None:
    proving.database.write_now(lambda uow: introduce(uow, V, proving.now, assertionMethod=[]))
    await proving.receive(passed_on(proving))
    assert known(proving) is None


async def test_in_an_archipelago_a_proof_opens_no_door(proving: Stage) -> None:
    far = "https://loin.example/personnes/z"
    proving.database.write_now(lambda uow: introduce(uow, far, proving.now))
    await proving.receive(passed_on(proving, author=far))
    assert proving.database.read_now(lambda uow: uow.things.get_any("https://loin.example/ressources/1")) is None


async def test_what_a_coordinator_elsewhere_takes_out_is_no_longer_held_there(stage: Stage) -> None:
    stage.follows()
    stage.database.write_now(lambda uow: uow.holdings.add(B, IRI, "own", stage.now))
    await stage.receive(act("Announce", M, act("Delete", BOB, IRI), 1))
    assert stage.database.read_now(lambda uow: uow.holdings.iris(B)) == [IRI]
    await stage.receive(act("Announce", B, act("Delete", BOB, IRI), 2))
    assert stage.database.read_now(lambda uow: uow.holdings.iris(B)) == []


async def test_a_person_passes_on_what_is_public_here_and_takes_it_back(stage: Stage) -> None:
    mine, hidden = stage.note("Une note"), stage.note("Pour nous", Audience.COMMUNITY)
    boost = act("Announce", V, mine.iri, 1)
    assert (await stage.receive(boost)).state == "done"
    assert (await stage.receive(act("Announce", V, hidden.iri, 2))).state == "ignored"
    assert (await stage.receive(act("Announce", B, mine.iri, 3))).state == "ignored"  # a community's is no reaction
    assert stage.database.read_now(lambda uow: uow.reactions.counts(mine.iri)) == {"Announce": 1}
    assert (await stage.receive(act("Undo", V, boost["id"], 4))).state == "done"
    assert stage.database.read_now(lambda uow: uow.reactions.counts(mine.iri)) == {}


async def test_an_end_that_is_known_is_not_asked_about(stage: Stage) -> None:
    """A node of ours is told twice, by the author and by the community."""
    stage.follows()
    await stage.receive(act("Create", V, note()))
    await stage.receive(act("Delete", V, IRI))
    row = await stage.receive(act("Announce", B, act("Delete", V, IRI)))
    assert (row.state, stage.tasks("fetch")) == ("ignored", [])


@pytest.mark.parametrize("inner", [act("Delete", V, IRI, 7), act("Delete", M, IRI, 7)])
async def test_what_a_community_says_is_back_its_own_server_has(stage: Stage, inner: dict[str, Any]) -> None:
    stage.follows()
    await stage.receive(act("Create", V, note()))
    await stage.receive(act("Delete", V, IRI))
    await stage.receive(act("Announce", B, act("Undo", inner["actor"], inner), 2))
    await stage.receive(act("Announce", B, IRI, 3))
    stage.outside.documents[IRI] = note(name="Revenue")
    while await stage.turn(fetch_thing.JOB):
        pass
    kept = known(stage)
    assert kept is not None
    assert (kept.entry.deleted_at, kept.entry.name) == (None, "Revenue")
    assert stage.database.read_now(lambda uow: uow.holdings.iris(B)) == [IRI]


@pytest.mark.parametrize("undone", [act("Like", V, IRI), act("Lock", V, IRI), IRI])
async def test_what_else_is_undone_in_a_community_is_no_news(stage: Stage, undone: Any) -> None:
    stage.follows()
    row = await stage.receive(act("Announce", B, act("Undo", V, undone)))
    assert (row.state, stage.tasks("fetch")) == ("ignored", [])
