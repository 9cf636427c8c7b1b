"""What a community passes on: the very bytes, once; and the bare thing where nobody looks into an Announce."""

from __future__ import annotations

import json

import pytest

from kit.guests import HERE, B, M, Stage, V
from node.storage.engine import Database
from node.storage.passing import Passage, pass_on, whole_readers

ACTIVITY = b'{"@context":"https://www.w3.org/ns/activitystreams", "type":"Create" ,"id":"%s/c/1",\n"x":1.50,"object":"%s/r/1"}'
INBOXES = (f"{B}/inbox", f"{M}/inbox")


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve(software="lemmy")
    made.approve("evil.example", software="mastodon")
    return made


def passed(stage: Stage, document: bytes = ACTIVITY % (V.encode(), V.encode()), *, is_new: bool = True) -> list[bytes]:
    passage = Passage(community=stage.community, activity=f"{V}/c/1", document=document, thing=f"{V}/r/1", is_new=is_new)
    stage.database.write_now(lambda uow: pass_on(uow, stage.house(), passage, INBOXES))
    return stage.database.read_now(lambda uow: [uow.deliveries.document(row) for row in uow.deliveries.waiting()])


def test_the_activity_goes_out_byte_for_byte(stage: Stage) -> None:
    inner = ACTIVITY % (V.encode(), V.encode())
    one, other, _ = passed(stage, inner)
    assert one == other
    assert inner in one
    said = json.loads(one)
    assert (said["type"], said["actor"], said["to"], said["cc"]) == (
        "Announce",
        stage.community,
        ["https://www.w3.org/ns/activitystreams#Public"],
        [f"{stage.community}/followers"],
    )
    assert said["object"]["x"] == 1.5


def test_who_knows_only_things_gets_the_thing_by_its_address_and_nobody_else(stage: Stage) -> None:
    *_, last = passed(stage)
    waiting = stage.database.read_now(lambda uow: uow.deliveries.waiting())
    assert [row.inbox for row in waiting] == [*INBOXES, f"{M}/inbox"]
    assert json.loads(last)["object"] == f"{V}/r/1"
    assert stage.database.read_now(lambda uow: whole_readers(uow, INBOXES)) == [f"{B}/inbox"]


def test_what_is_not_new_goes_out_once(stage: Stage) -> None:
    assert len(passed(stage, is_new=False)) == len(INBOXES)


def test_a_careless_servers_hidden_recipients_are_not_passed_on(stage: Stage) -> None:
    careless = (
        b'{"@context":"https://www.w3.org/ns/activitystreams","type":"Create","id":"x","bcc":["%s/secret"]}' % HERE.encode()
    )
    sent = passed(stage, careless)
    assert len(sent) == len(INBOXES) + 1
    assert not any(b"secret" in each for each in sent)
