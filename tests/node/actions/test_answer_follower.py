"""Answers to followers: by host or one by one, always with the whole request embedded."""

from __future__ import annotations

import pytest

from kit.guests import B, M, Stage, V, act
from node.actions.answer_follower import approve, pause, refuse, resume
from node.errors import NotFound
from node.storage.engine import Database


@pytest.fixture
async def stage(memory: Database) -> Stage:
    made = Stage(memory)
    for number, who in enumerate((B, V, M)):
        await made.receive(act("Follow", who, made.community, number))
    return made


def states(stage: Stage) -> dict[str, str]:
    return stage.database.read_now(lambda uow: {row.follower: row.state for row in uow.followings.to(stage.community)})


async def test_a_host_is_approved_with_all_who_wait_from_there(stage: Stage) -> None:
    rows = stage.database.write_now(lambda uow: approve(uow, stage.house(), "Ailleurs.example"))
    assert [row.follower for row in rows] == [B, V]
    assert states(stage) == {B: "accepted", V: "accepted", M: "requested"}
    assert [(sent["type"], sent["object"]["actor"]) for sent in stage.sent()] == [("Accept", B), ("Accept", V)]
    assert stage.sent()[0]["object"]["id"] == act("Follow", B, "", 0)["id"]
    assert stage.database.read_now(lambda uow: uow.peers.is_approved("ailleurs.example"))


async def test_one_follower_is_approved_alone(stage: Stage) -> None:
    stage.database.write_now(lambda uow: approve(uow, stage.house(), M))
    assert states(stage) == {B: "requested", V: "requested", M: "accepted"}
    assert not stage.database.read_now(lambda uow: uow.peers.is_approved("evil.example"))


async def test_a_refusal_is_sent_before_and_after_an_approval(stage: Stage) -> None:
    stage.database.write_now(lambda uow: approve(uow, stage.house(), B))
    stage.database.write_now(lambda uow: refuse(uow, stage.house(), "ailleurs.example"))
    assert states(stage) == {B: "refused", V: "refused", M: "requested"}
    assert [sent["type"] for sent in stage.sent()] == ["Accept", "Reject", "Reject"]


async def test_a_pause_is_silent_and_its_end_is_an_acceptance(stage: Stage) -> None:
    stage.database.write_now(lambda uow: approve(uow, stage.house(), B))
    stage.database.write_now(lambda uow: pause(uow, stage.house(), B))
    stage.note("Pendant la pause")
    assert states(stage)[B] == "paused"
    assert [sent["type"] for sent in stage.sent()] == ["Accept"]
    stage.database.write_now(lambda uow: resume(uow, stage.house(), B))
    assert (states(stage)[B], [sent["type"] for sent in stage.sent()]) == ("accepted", ["Accept", "Accept"])


async def test_the_request_is_made_again_when_its_bytes_are_gone(stage: Stage) -> None:
    from sqlalchemy import update

    from node.storage.tables.inbox import inbox

    stage.database.write_now(lambda uow: uow.connection.execute(update(inbox).values(body=b"")).rowcount)
    stage.database.write_now(lambda uow: approve(uow, stage.house(), B))
    (sent,) = stage.sent()
    assert (sent["object"]["type"], sent["object"]["actor"], sent["object"]["object"]) == ("Follow", B, stage.community)


async def test_whoever_has_not_asked_is_told_so(stage: Stage) -> None:
    for deed in (approve, refuse, pause, resume):
        with pytest.raises(NotFound):
            stage.database.write_now(lambda uow, deed=deed: deed(uow, stage.house(), "https://x.example/u"))  # type: ignore[misc]
