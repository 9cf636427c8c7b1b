"""What came in is acted on once, whole or not at all; what cannot be is refused, kept, or set aside, with its reason."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from federation.errors import Gone, Unreachable
from federation.messages import Answer, Verified
from kit.guests import START, Outpost, Stage, V, act
from node.contracts import Handler, House, Outcome
from node.errors import Invalid
from node.jobs import process_inbox
from node.storage import neighbours
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    return made


def handler(receive: Any) -> dict[str, Handler]:
    return {"like": Handler(activity="Like", check=lambda *_: None, receive=receive)}


async def test_a_type_that_nobody_knows_is_kept(stage: Stage) -> None:
    row = await stage.receive(act("Travel", V, "https://x.example/1"))
    assert (row.state, row.type) == ("not_understood", "Travel")
    assert b"Travel" in row.body


async def test_what_a_handler_wrote_before_it_refused_is_undone(stage: Stage) -> None:
    def writes_then_refuses(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
        uow.state.set("trace", "x")
        raise Invalid("Not so.")

    stage.handlers = handler(writes_then_refuses)
    row = await stage.receive(act("Like", V, "https://x.example/1"))
    refusals = stage.database.read_now(lambda uow: uow.refusals.recent())
    assert (row.state, row.reason) == ("refused", "Not so.")
    assert [(each.reason, each.actor, each.host) for each in refusals] == [("Not so.", V, "ailleurs.example")]
    assert stage.database.read_now(lambda uow: uow.state.get("trace")) is None


async def test_what_is_done_is_marked_in_the_same_transaction(stage: Stage) -> None:
    def writes_then_breaks(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
        uow.state.set("trace", "x")
        raise ZeroDivisionError

    stage.handlers = handler(writes_then_breaks)
    with pytest.raises(ZeroDivisionError):
        await stage.receive(act("Like", V, "https://x.example/1"))
    row = stage.database.read_now(lambda uow: uow.inbox.recent(1))[0]
    assert (row.state, stage.database.read_now(lambda uow: uow.state.get("trace"))) == ("parked", None)
    assert row.reason == "ZeroDivisionError in process_inbox"


@pytest.mark.parametrize(("crashes", "end"), [(3, "done"), (4, "parked")])
async def test_what_stopped_the_node_once_and_three_times_alone_is_set_aside(stage: Stage, crashes: int, end: str) -> None:
    calls: list[str] = []

    def counts(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
        calls.append("x")
        return Outcome.DONE

    stage.handlers = handler(counts)
    activity = act("Like", V, "https://x.example/1")
    keep(stage, activity)
    for _ in range(crashes):
        stage.database.write_now(lambda uow: uow.inbox.claim(stage.now, "elsewhere/1/1", 1))
        stage.later(seconds=61)
    await claim_and_work(stage)
    found = stage.database.read_now(lambda uow: uow.inbox.get(activity["id"]))
    assert (len(calls), found and found.state) == (int(end == "done"), end)


async def claim_and_work(stage: Stage) -> list[process_inbox.Piece]:
    pieces = stage.database.write_now(lambda uow: process_inbox.JOB.claim(uow, stage.house(), 4))
    async with asyncio.TaskGroup() as group:
        for piece in pieces:
            group.create_task(process_inbox.work(stage.tools, piece))
    return list(pieces)


def keep(stage: Stage, activity: dict[str, Any]) -> None:
    import json

    from vocab import jsonld

    body = json.dumps({"@context": "https://www.w3.org/ns/activitystreams", **activity}).encode()
    verified = Verified(activity=jsonld.read(body), actor=activity["actor"], key_id="k", body=body, at=START)
    stage.database.write_now(lambda uow: uow.inbox.add(verified))


async def test_an_actor_nobody_knows_is_read_first(stage: Stage) -> None:
    stranger = "https://ailleurs.example/personnes/nouvelle"
    stage.outside.documents[stranger] = {"id": stranger, "type": "Person", "inbox": f"{stranger}/inbox"}
    await stage.receive(act("Follow", stranger, stage.community))
    found = stage.database.read_now(lambda uow: uow.actors.get(stranger))
    assert found is not None
    assert [sent["type"] for sent in stage.sent()] == ["Accept"]


async def test_while_its_server_is_silent_the_message_waits_then_is_judged_without(stage: Stage) -> None:
    stranger = "https://ailleurs.example/personnes/nouvelle"
    stage.outside.problems[stranger] = Unreachable("silent")
    activity = act("Follow", stranger, stage.community)
    row = await stage.receive(activity)
    assert (row.state, row.reason) == ("due", "silent")
    for _ in range(5):
        stage.later(hours=13)
        await claim_and_work(stage)
    found = stage.database.read_now(lambda uow: uow.inbox.get(activity["id"]))
    assert found is not None
    assert found.state == "refused"


async def test_an_actor_that_is_gone_is_not_asked_for_twice(stage: Stage) -> None:
    stranger = "https://ailleurs.example/personnes/partie"
    stage.outside.problems[stranger] = Gone()
    row = await stage.receive(act("Follow", stranger, stage.community))
    assert (row.state, stage.outside.asked) == ("refused", [stranger])


async def test_messages_of_one_actor_are_acted_on_in_their_order(stage: Stage) -> None:
    stranger = "https://ailleurs.example/personnes/nouvelle"
    stage.outside = Slow(documents={stranger: {"id": stranger, "type": "Person", "inbox": f"{stranger}/inbox"}})
    follow = act("Follow", stranger, stage.community)
    keep(stage, follow)
    keep(stage, act("Undo", stranger, follow["id"]))
    await claim_and_work(stage)
    link = stage.database.read_now(lambda uow: uow.followings.get(stranger, stage.community))
    assert link is not None
    assert link.state == "ended"


async def test_one_that_breaks_spoils_only_itself(stage: Stage) -> None:
    """Many are acted on in one transaction; what the broken and the refused one wrote is undone, and theirs alone."""

    def writes(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
        name = verified.activity.id.rpartition("-")[2]
        uow.state.set(name, "x")
        uow.tasks.wake("fetch", name)
        if name == "2":
            raise ZeroDivisionError
        if name == "3":
            raise Invalid("Not so.")
        return Outcome.DONE

    stage.handlers = handler(writes)
    for number in range(1, 6):
        keep(stage, {**act("Like", V, "https://x.example/1"), "id": f"https://ailleurs.example/activites/x-{number}"})
    (piece,) = stage.database.write_now(lambda uow: process_inbox.JOB.claim(uow, stage.house(), 4))
    with pytest.raises(ZeroDivisionError):
        await process_inbox.work(stage.tools, piece)
    rows = stage.database.read_now(lambda uow: uow.inbox.recent(9))
    assert [row.state for row in reversed(rows)] == ["done", "parked", "refused", "done", "done"]
    kept = stage.database.read_now(lambda uow: [uow.state.get(str(number)) for number in range(1, 6)])
    assert kept == ["x", None, None, "x", "x"]
    assert sorted(stage.tasks("fetch")) == ["1", "4", "5"]


async def test_what_is_marked_already_is_not_set_aside(stage: Stage) -> None:
    stage.handlers = handler(lambda *_: Outcome.DONE)
    for number in (1, 2):
        keep(stage, {**act("Like", V, "https://x.example/1"), "id": f"https://ailleurs.example/activites/x-{number}"})
    (piece,) = stage.database.write_now(lambda uow: process_inbox.JOB.claim(uow, stage.house(), 4))
    stage.database.write_now(lambda uow: uow.inbox.finish(piece[0].id, "done", "", stage.now))
    mishap = process_inbox.JOB.mishap
    assert mishap is not None
    stage.database.write_now(lambda uow: mishap(uow, stage.house(), piece, "broken"))
    rows = stage.database.read_now(lambda uow: uow.inbox.recent(9))
    assert [(row.state, row.reason) for row in reversed(rows)] == [("done", ""), ("parked", "broken")]


async def test_what_a_suspended_actor_sent_before_is_not_acted_on(stage: Stage) -> None:
    calls: list[str] = []

    def counts(uow: UnitOfWork, house: House, verified: Verified) -> Outcome:
        calls.append("x")
        return Outcome.DONE

    stage.handlers = handler(counts)
    keep(stage, act("Like", V, "https://x.example/1"))
    stage.database.write_now(lambda uow: uow.actors.set_state(V, "suspended"))
    await claim_and_work(stage)
    (row,) = stage.database.read_now(lambda uow: uow.inbox.recent(1))
    assert (calls, row.state) == ([], "refused")


async def test_what_a_server_under_review_sends_waits_until_it_is_let_in(stage: Stage) -> None:
    stage.handlers = handler(lambda *_: Outcome.DONE)
    stage.database.write_now(lambda uow: uow.peers.put_measure("ailleurs.example", "held", stage.now))
    keep(stage, act("Like", V, "https://x.example/1"))
    await claim_and_work(stage)
    assert stage.database.read_now(lambda uow: uow.inbox.counts()) == {"held": 1}
    stage.database.write_now(lambda uow: neighbours.release(uow, neighbours.held_messages(uow), stage.now))
    await claim_and_work(stage)
    assert stage.database.read_now(lambda uow: uow.inbox.counts()) == {"done": 1}


class Slow(Outpost):
    """Its first answer takes long."""

    async def document(self, iri: str, *, is_anew: bool = False) -> Answer:
        del is_anew
        if not self.asked:
            self.asked.append(iri)
            await asyncio.sleep(0.2)
        return await super().document(iri)
