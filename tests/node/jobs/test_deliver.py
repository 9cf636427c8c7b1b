"""A delivery: signed anew, tried by the table, knocked with the other standard, and written down."""

from __future__ import annotations

import json

import pytest

from federation.errors import ForbiddenAddress, RemoteError, Unreachable
from federation.messages import Answer
from kit.guests import Stage, V, act
from node.jobs import deliver
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
    for row in stage.database.write_now(lambda uow: deliver.JOB.claim(uow, stage.house(), 10)):
        await deliver.JOB.work(stage.tools, row)


def row(stage: Stage) -> DeliveryRow:
    def look(uow: object) -> list[DeliveryRow]:
        return [*uow.deliveries.waiting(), *uow.deliveries.parked()]  # type: ignore[attr-defined]

    return stage.database.read_now(look)[0]


def counts(stage: Stage) -> dict[str, int]:
    return stage.database.read_now(lambda uow: uow.deliveries.counts())


def says(status: int, **headers: str) -> Answer:
    return Answer(status=status, url="x", headers=tuple(headers.items()))


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


async def test_retry_after_is_obeyed(stage: Stage) -> None:
    stage.outside.answers = [Answer(status=429, url="x", headers=(("retry-after", "7200"),))]
    await once(stage)
    assert (row(stage).due_at - stage.now).total_seconds() >= 7200


async def test_a_bad_signature_is_knocked_again_with_the_other_standard_which_is_remembered(stage: Stage) -> None:
    stage.outside.answers = [says(401), says(202)]
    await once(stage)
    names = [{name.lower() for name, _ in sent.headers} for sent in stage.outside.sent]
    assert "signature-input" not in names[0]
    assert "signature-input" in names[1]
    await stage.receive(act("Follow", V, stage.community, 2))
    await once(stage)
    assert "signature-input" in {name.lower() for name, _ in stage.outside.sent[2].headers}


@pytest.mark.parametrize("status", [400, 403, 413])
async def test_what_is_not_wanted_is_given_up(stage: Stage, status: int) -> None:
    stage.outside.answers = [says(status), says(status)]
    await once(stage)
    assert (counts(stage), row(stage).last_status) == ({"parked": 1}, status)


async def test_a_forbidden_address_is_given_up(stage: Stage) -> None:
    stage.outside.answers = [ForbiddenAddress()]
    await once(stage)
    assert counts(stage) == {"parked": 1}


@pytest.mark.parametrize("status", [404, 410])
async def test_when_nobody_is_there_the_follower_is_looked_at(stage: Stage, status: int) -> None:
    stage.outside.answers = [says(status)]
    await once(stage)
    assert (counts(stage), stage.tasks("refresh_actor")) == ({"dropped": 1}, [V])


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
