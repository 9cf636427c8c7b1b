"""Who runs the node is said in the browser: its pages and the documents that other sites read say the same."""

from __future__ import annotations

import json

import pytest

from kit.guests import Stage
from node.actions.describe_node import describe_node
from node.domain.household import STEPS, Household, following, resumed
from node.errors import Invalid
from node.storage.engine import Database
from node.storage.household import first_run, kept_household, mark, new_key, steps
from node.storage.unit_of_work import UnitOfWork


def test_it_is_kept_and_told(memory: Database) -> None:
    stage = Stage(memory)
    said = Household(name="Carrefour des savoirs", summary="On s’y retrouve.", contact="nadia@exemple.org", language="fr")
    memory.write_now(lambda uow: describe_node(uow, stage.house(), said))
    assert memory.read_now(kept_household) == said
    for iri, name in ((stage.house().organisation, said.name), (stage.house().application, f"Maillage · {said.name}")):
        row = memory.read_now(lambda uow, iri=iri: uow.actors.get(iri))  # type: ignore[misc]
        assert row is not None
        assert json.loads(row.document)["name"] == name


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (Household(), {"name": "empty"}),
        (Household(name="C" * 121), {"name": "long"}),
        (Household(name="C", contact="pas une adresse"), {"contact": "address"}),
    ],
)
def test_what_is_wrong_is_named(memory: Database, said: Household, wrong: dict[str, str]) -> None:
    stage = Stage(memory)
    with pytest.raises(Invalid) as refused:
        memory.write_now(lambda uow: describe_node(uow, stage.house(), said))
    assert refused.value.problems == wrong


def test_the_way_goes_on_where_it_was_left(memory: Database) -> None:
    assert (following("organisation"), following(STEPS[-1])) == ("courriel", STEPS[-1])

    def live(uow: UnitOfWork) -> None:
        assert resumed(steps(uow)) == STEPS[0]
        mark(uow, "organisation", "done")
        mark(uow, "courriel", "later")
        assert resumed(steps(uow)) == "sauvegarde"
        assert first_run(uow) == ""

    memory.write_now(live)


def test_a_new_key_takes_the_place_of_the_former(memory: Database) -> None:
    stage = Stage(memory)
    first = memory.write_now(lambda uow: new_key(uow, "", stage.now))
    second = memory.write_now(lambda uow: new_key(uow, "", stage.now))
    assert memory.write_now(lambda uow: uow.sessions.take_token("first-run", first, stage.now)) is None
    assert memory.write_now(lambda uow: uow.sessions.take_token("first-run", second, stage.now)) is not None
    assert memory.write_now(lambda uow: uow.sessions.take_token("first-run", second, stage.now)) is None
