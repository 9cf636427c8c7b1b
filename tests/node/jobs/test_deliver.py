"""A delivery: signed anew, tried by the table, knocked with the other standard, and written down."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from federation.collections import digest, parse_synchronization
from federation.errors import ForbiddenAddress, RemoteError, Unreachable
from federation.messages import Answer, Outgoing
from kit.guests import Stage, V, act
from node.jobs import deliver, refresh_actor
from node.storage.engine import Database
from node.storage.shelves.deliveries import DeliveryRow


@pytest.fixture
async def stage(memory: Database) -> Stage:
    """One Accept waits for V's inbox."""
    made = Stage(memory)
    made.approve()
    await made.receive(act("Follow", V, made.community))
    return made


async def once(stage: Stage) -> None:
    parcels = stage.database.write_now(lambda uow: deliver.claim(uow, stage.house(), 10))
    results = [await deliver.work(stage.tools, parcel) for parcel in parcels]
    stage.database.write_now(lambda uow: deliver.settle(uow, stage.house(), results))


def row(stage: Stage) -> DeliveryRow:
    def look(uow: object) -> list[DeliveryRow]:
        return [*uow.deliveries.waiting(), *uow.deliveries.parked()]  # type: ignore[attr-defined]

    return stage.database.read_now(look)[0]


def counts(stage: Stage) -> dict[str, int]:
    return stage.database.read_now(lambda uow: uow.deliveries.counts())


def says(status: int, **headers: str) -> Answer:
    return Answer(status=status, url="x", headers=tuple(headers.items()))


def has_input(sent: Outgoing) -> bool:
    """Whether a request is signed by RFC 9421."""
    return "signature-input" in {name.lower() for name, _ in sent.headers}


async def test_it_is_signed_by_its_sender_and_arrives_byte_for_byte(stage: Stage) -> None:
    document = stage.database.read_now(lambda uow: uow.deliveries.document(uow.deliveries.waiting()[0]))
    await once(stage)
    (sent,) = stage.outside.sent
    headers = {name.lower(): value for name, value in sent.headers}
    assert (sent.method, sent.url, sent.body) == ("POST", f"{V}/inbox", document)
    assert f'keyId="{stage.community}#main-key"' in headers["signature"]
    assert counts(stage) == {"delivered": 1}


@pytest.mark.parametrize("problem", [says(500), says(503), Unreachable("no answer")])
async def test_trouble_is_tried_again_with_a_new_signature(stage: Stage, problem: Answer | RemoteError) -> None:
    stage.outside.answers = [problem]
    await once(stage)
    waiting = row(stage)
    assert waiting.state == "due"
    assert 45 <= (waiting.due_at - stage.now).total_seconds() <= 75
    peer = stage.database.read_now(lambda uow: uow.peers.get("ailleurs.example"))
    assert peer is not None
    assert peer.failures == 1
    await once(stage)
    assert len(stage.outside.sent) == 1, "not before its time"
    stage.later(minutes=2)
    await once(stage)
    first, second = ({k.lower(): v for k, v in each.headers}["signature"] for each in stage.outside.sent)
    assert first != second
    assert stage.outside.sent[0].body == stage.outside.sent[1].body
    assert counts(stage) == {"delivered": 1}


async def test_a_try_that_began_before_its_server_came_back_tells_nothing_of_it(stage: Stage) -> None:
    host = "ailleurs.example"
    stage.outside.answers = [Unreachable("no answer")]
    await once(stage)
    stage.later(minutes=2)
    (parcel,) = stage.database.write_now(lambda uow: deliver.claim(uow, stage.house(), 10))
    stage.outside.answers = [Unreachable("no answer")]
    late = await deliver.work(stage.tools, parcel)
    stage.later(seconds=5)
    stage.database.write_now(lambda uow: uow.peers.heard(host, stage.now))
    stage.later(seconds=5)
    stage.database.write_now(lambda uow: deliver.settle(uow, stage.house(), [late]))
    peer = stage.database.read_now(lambda uow: uow.peers.get(host))
    assert peer is not None
    assert (peer.failures, peer.failing_since, row(stage).due_at) == (0, None, stage.now)
    stage.outside.answers = [Unreachable("no answer")]
    await once(stage)
    peer = stage.database.read_now(lambda uow: uow.peers.get(host))
    assert peer is not None
    assert peer.failures == 1, "what began afterwards counts"
    assert row(stage).due_at > stage.now


async def test_retry_after_is_obeyed(stage: Stage) -> None:
    stage.outside.answers = [Answer(status=429, url="x", headers=(("retry-after", "7200"),))]
    await once(stage)
    assert (row(stage).due_at - stage.now).total_seconds() >= 7200


@pytest.mark.parametrize("other", [says(202), says(400), says(401), Unreachable("no answer")])
async def test_a_pause_that_was_asked_for_outlasts_what_was_under_way_beside_it(
    stage: Stage, other: Answer | RemoteError
) -> None:
    await stage.receive({**act("Follow", V, stage.community), "id": f"{V}/again"})
    stage.outside.answers = [says(429, **{"retry-after": "3600"}), other]
    await once(stage)
    peer = stage.database.read_now(lambda uow: uow.peers.get("ailleurs.example"))
    assert peer is not None
    assert peer.next_try_at == stage.now + timedelta(hours=1)


@pytest.mark.parametrize("status", [401, 404])
async def test_a_server_that_writes_all_the_time_does_not_use_up_the_patience_with_it(stage: Stage, status: int) -> None:
    for _ in range(10):
        stage.outside.answers = [says(status), says(status)]
        await once(stage)
        stage.later(seconds=61)
        stage.database.write_now(lambda uow: uow.peers.heard("ailleurs.example", stage.now))
    assert (row(stage).state, row(stage).attempts) == ("due", 3), "by the table: at once, after a minute, after five more"


async def test_after_the_clock_was_put_back_a_failing_server_is_not_tried_again_at_once(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.peers.heard("ailleurs.example", stage.now))
    stage.later(hours=-1)
    stage.database.write_now(lambda uow: uow.deliveries.retry(None, stage.now))
    stage.outside.answers = [Unreachable("no answer")]
    await once(stage)
    assert row(stage).due_at > stage.now


async def test_a_bad_signature_is_knocked_again_with_the_other_standard_which_is_remembered(stage: Stage) -> None:
    stage.outside.answers = [says(401), says(202)]
    await once(stage)
    names = [{name.lower() for name, _ in sent.headers} for sent in stage.outside.sent]
    assert "signature-input" not in names[0]
    assert "signature-input" in names[1]
    await stage.receive(act("Follow", V, stage.community, 2))
    await once(stage)
    assert "signature-input" in {name.lower() for name, _ in stage.outside.sent[2].headers}


async def test_a_host_that_asks_for_the_newer_standard_gets_it_from_then_on(stage: Stage) -> None:
    stage.outside.answers = [Answer(status=202, url="x", headers=(("accept-signature", 'sig1=("@method");created'),))]
    await once(stage)
    await stage.receive(act("Follow", V, stage.community, 2))
    await once(stage)
    assert [has_input(sent) for sent in stage.outside.sent] == [False, True]


async def test_the_known_standard_comes_first_and_the_other_once_when_it_is_refused(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.peers.verifies("ailleurs.example", "rfc9421", stage.now))
    stage.outside.answers = [says(401), says(202)]
    await once(stage)
    assert [has_input(sent) for sent in stage.outside.sent] == [True, False]
    await stage.receive(act("Follow", V, stage.community, 2))
    await once(stage)
    assert not has_input(stage.outside.sent[2])
    peer = stage.database.read_now(lambda uow: uow.peers.get("ailleurs.example"))
    assert peer is not None
    assert peer.standard == "draft-cavage"


async def test_neither_standard_accepted_is_given_up_after_four_tries(stage: Stage) -> None:
    for _ in range(6):
        stage.outside.answers = [says(401), says(401)]
        await once(stage)
        stage.later(hours=2)
    assert (counts(stage), len(stage.outside.sent)) == ({"parked": 1}, 8)


async def test_the_server_behind_a_first_delivery_is_looked_at(stage: Stage) -> None:
    await once(stage)
    assert stage.tasks("look_at_peer") == ["ailleurs.example"]


@pytest.mark.parametrize("status", [400, 403, 413])
async def test_what_is_not_wanted_is_given_up(stage: Stage, status: int) -> None:
    stage.outside.answers = [says(status), says(status)]
    await once(stage)
    assert (counts(stage), row(stage).last_status) == ({"parked": 1}, status)


async def test_an_inbox_sends_on_within_its_server_and_gets_a_signature_for_there(stage: Stage) -> None:
    stage.outside.answers = [Answer(status=308, url=f"{V}/inbox", headers=(("location", "/boite"),))]
    await once(stage)
    first, second = stage.outside.sent
    assert (second.method, second.url, second.body) == ("POST", f"{V.partition('/personnes')[0]}/boite", first.body)
    signed = [{name.lower(): value for name, value in each.headers}["signature"] for each in (first, second)]
    assert (signed[0] != signed[1], counts(stage)) == (True, {"delivered": 1})


async def test_a_forbidden_address_is_given_up(stage: Stage) -> None:
    stage.outside.answers = [ForbiddenAddress()]
    await once(stage)
    assert counts(stage) == {"parked": 1}


@pytest.mark.parametrize("status", [404, 410, 301, 307])
async def test_when_nobody_is_there_the_follower_is_looked_at_first(stage: Stage, status: int) -> None:
    stage.outside.answers = [says(status)]
    await once(stage)
    assert (counts(stage), stage.tasks("refresh_actor")) == ({"due": 1}, [V])


async def refreshed(stage: Stage, iri: str) -> None:
    for task in stage.database.write_now(lambda uow: refresh_actor.claim(uow, stage.house(), 5)):
        assert task.subject == iri
        await refresh_actor.work(stage.tools, task)


async def test_a_follower_who_is_gone_too_gets_nothing_more(stage: Stage) -> None:
    stage.outside.answers = [says(410)]
    await once(stage)
    await refreshed(stage, V)
    link = stage.database.read_now(lambda uow: uow.followings.get(V, stage.community))
    assert link is not None
    assert (counts(stage), link.state) == ({"dropped": 1}, "ended")


async def test_a_follower_with_another_inbox_gets_it_there(stage: Stage) -> None:
    stage.outside.answers = [says(404)]
    await once(stage)
    stage.outside.documents[V] = {"id": V, "type": "Person", "inbox": f"{V}/boite", "preferredUsername": "v"}
    await refreshed(stage, V)
    stage.later(minutes=2)
    await once(stage)
    assert [sent.url for sent in stage.outside.sent] == [f"{V}/inbox", f"{V}/boite"]
    assert stage.outside.sent[0].body == stage.outside.sent[1].body
    assert counts(stage) == {"delivered": 1}


async def test_a_follower_who_is_still_there_is_tried_again_for_a_day(stage: Stage) -> None:
    stage.outside.documents[V] = {"id": V, "type": "Person", "inbox": f"{V}/inbox", "preferredUsername": "v"}
    for _ in range(8):
        assert counts(stage) == {"due": 1}
        stage.outside.answers = [says(404)]
        await once(stage)
        await refreshed(stage, V)
        stage.later(hours=15)
    assert (counts(stage), len(stage.outside.sent)) == ({"parked": 1}, 8)


async def test_an_inbox_of_nobody_is_not_tried_again(stage: Stage) -> None:
    stage.database.write_now(lambda uow: uow.actors.set_state(V, "gone"))
    stage.outside.answers = [says(404)]
    await once(stage)
    assert (counts(stage), stage.tasks("refresh_actor")) == ({"dropped": 1}, [])


async def test_a_sender_without_key_gives_up(stage: Stage) -> None:
    from sqlalchemy import delete

    from node.storage.tables.actors import keys

    stage.database.write_now(lambda uow: uow.connection.execute(delete(keys)).rowcount)
    await once(stage)
    assert (counts(stage), stage.outside.sent) == ({"parked": 1}, [])


async def test_seven_days_without_answer_are_the_end(stage: Stage) -> None:
    for _ in range(40):
        stage.outside.answers = [Unreachable("no answer")]
        await once(stage)
        stage.later(hours=6)
    assert counts(stage) == {"parked": 1}
    assert json.loads(stage.outside.sent[0].body)["type"] == "Accept"


async def test_what_is_for_the_followers_says_to_each_server_which_of_its_own_are_counted(stage: Stage) -> None:
    await once(stage)
    stage.outside.sent.clear()
    stage.note("Une note")
    await once(stage)
    (sent,) = stage.outside.sent
    headers = {name.lower(): value for name, value in sent.headers}
    said = parse_synchronization(headers["collection-synchronization"], stage.community)
    assert said.digest == digest([V])
    assert "digest collection-synchronization" in headers["signature"]
