"""Other accounts of an actor of ours: named, taken back, and gone to once they say so too."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kit.guests import B, Stage, V
from node.actions.move_actor import move_actor, name_alias
from node.errors import Invalid, NotFound
from node.storage.engine import Database


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.followed()
    return made


def said(stage: Stage, iri: str) -> dict[str, Any]:
    row = stage.database.read_now(lambda uow: uow.actors.get(iri))
    assert row is not None
    found: dict[str, Any] = json.loads(row.document)
    return found


def known(stage: Stage, **more: Any) -> None:
    """What V's own server says of it now."""
    document = {"@context": "https://www.w3.org/ns/activitystreams", "id": V, "type": "Person", "inbox": f"{V}/inbox", **more}
    stage.know(V, document=json.dumps(document).encode())


def test_an_alias_is_named_told_and_taken_back(stage: Stage) -> None:
    stage.database.write_now(lambda uow: name_alias(uow, stage.house(), stage.community, V))
    assert said(stage, stage.community)["alsoKnownAs"] == [V]
    (update,) = stage.sent()
    assert (update["type"], update["object"]["alsoKnownAs"]) == ("Update", [V])
    stage.database.write_now(lambda uow: name_alias(uow, stage.house(), stage.community, V, is_mine=False))
    assert "alsoKnownAs" not in said(stage, stage.community)


def test_it_goes_where_it_is_named_and_those_who_follow_are_told(stage: Stage) -> None:
    known(stage, alsoKnownAs=[stage.community])
    row = stage.database.write_now(lambda uow: move_actor(uow, stage.house(), stage.community, V))
    assert (row.moved_to, said(stage, stage.community)["movedTo"]) == (V, V)
    update, moved = stage.sent()
    assert (update["type"], moved["type"], moved["actor"], moved["object"], moved["target"]) == (
        "Update", "Move", stage.community, stage.community, V,
    )  # fmt: skip


@pytest.mark.parametrize("more", [{}, {"alsoKnownAs": ["https://ici.example/x"]}, {"movedTo": B}])
def test_it_goes_nowhere_else(stage: Stage, more: dict[str, Any]) -> None:
    known(stage, **({"alsoKnownAs": [stage.community]} | more if "movedTo" in more else more))
    with pytest.raises(Invalid):
        stage.database.write_now(lambda uow: move_actor(uow, stage.house(), stage.community, V))
    assert ("movedTo" in said(stage, stage.community), stage.sent()) == (False, [])


def test_nobody_elsewhere_is_moved_by_us(stage: Stage) -> None:
    known(stage)
    with pytest.raises(NotFound):
        stage.database.write_now(lambda uow: move_actor(uow, stage.house(), B, V))
    with pytest.raises(NotFound):
        stage.database.write_now(lambda uow: name_alias(uow, stage.house(), B, V))
    with pytest.raises(Invalid):
        stage.database.write_now(lambda uow: name_alias(uow, stage.house(), stage.community, stage.community))
