"""What a community passes on: the very bytes, once; and the bare thing where nobody looks into an Announce."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from kit.guests import HERE, B, M, Stage, V, act, note
from node.actions.withdraw import withdraw
from node.domain.rights import MEMBER
from node.storage.engine import Database
from node.storage.passing import Passage, pass_on, whole_readers
from vocab import jsonld
from vocab.jsonld_limits import MAX_BYTES

ACTIVITY = b'{"@context":"https://www.w3.org/ns/activitystreams", "type":"Create" ,"id":"%s/c/1",\n"x":1.50,"object":"%s/r/1"}'
INBOXES = (f"{B}/inbox", f"{M}/inbox")


def nested(levels: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for _ in range(levels):
        found = {"a": found}
    return found


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


@pytest.mark.parametrize("fill", [lambda _: nested(62), lambda said: "x" * (MAX_BYTES - 250 - len(json.dumps(said)))])
async def test_what_nobody_could_read_once_it_is_wrapped_is_refused(stage: Stage, fill: Callable[[Any], Any]) -> None:
    """Passed on, it would keep its author's, and a neighbour's, thing from ever being looked up, changed or taken away."""
    stage.database.write_now(lambda uow: uow.followings.put(B, stage.community, activity="f", state="accepted", at=stage.now))
    stage.database.write_now(lambda uow: uow.members.join(V, stage.community, MEMBER, stage.now))
    mine = stage.note("La mienne")
    for said in (act("Like", V, mine.iri), act("Create", V, note(audience=stage.community))):
        assert (await stage.receive({**said, "x": fill(said)})).state == "refused"
    stage.note("La mienne, autrement", replaces=mine.iri)
    stage.database.write_now(lambda uow: withdraw(uow, stage.house(), mine.iri, stage.author))
    rows = stage.database.read_now(lambda uow: uow.outbox.of(stage.community, limit=50))
    assert {jsonld.read(row.document).type for row in rows} == {"Announce"}
