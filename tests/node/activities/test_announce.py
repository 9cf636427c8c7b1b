"""Announce: news of a followed community is fetched, never believed; of anybody else it is none of ours."""

from __future__ import annotations

import pytest

from kit.guests import THERE, B, M, Stage, V, act, note
from node.domain.errands import Errand
from node.storage.engine import Database
from node.storage.shelves.followings import State as LinkState

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
    assert (row.state, task.subject, errand.iri, errand.community) == ("done", f"{IRI} {B}", IRI, B)
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
