"""New keys: under addresses of their own, told to those who know the actor, signing what waited; the old for two days."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from federation.messages import Answer
from federation.signatures.keys import multibase, public_pem
from kit.guests import B, Stage
from kit.nodes import key_pair
from node.actions.rotate_keys import rotate_keys
from node.errors import NotFound
from node.jobs import deliver, retire_keys
from node.storage.engine import Database


@pytest.fixture
def stage(memory: Database) -> Stage:
    made = Stage(memory)
    made.approve()
    made.followed()
    return made


def rotate(stage: Stage, actor: str) -> None:
    stage.database.write_now(lambda uow: rotate_keys(uow, stage.house(), actor, keys=key_pair(9)))


def document(stage: Stage, actor: str) -> dict[str, Any]:
    row = stage.database.read_now(lambda uow: uow.actors.get(actor))
    assert row is not None
    said: dict[str, Any] = json.loads(row.document)
    return said


async def deliver_all(stage: Stage) -> None:
    parcels = stage.database.write_now(lambda uow: deliver.JOB.claim(uow, stage.house(), 10))
    results = [await deliver.work(stage.tools, parcel) for parcel in parcels]
    stage.database.write_now(lambda uow: deliver.settle(uow, stage.house(), results))


def signed_by(stage: Stage) -> list[str]:
    """The keys that signed what left, in order."""
    headers = [dict(outgoing.headers) for outgoing in stage.outside.sent]
    return [(each.get("Signature-Input") or each["Signature"]).split("#")[1].split('"')[0] for each in headers]


def test_the_document_names_the_new_keys_and_those_that_still_prove(stage: Stage) -> None:
    before = document(stage, stage.community)
    stage.later(days=1)
    rotate(stage, stage.community)
    after = document(stage, stage.community)
    new = stage.database.read_now(lambda uow: uow.keys.signing(stage.community))
    assert after["publicKey"] == {"id": new.iri, "owner": stage.community, "publicKeyPem": public_pem(new.pem)}
    assert new.iri == f"{stage.community}#main-key-20261123100000"
    proving = stage.database.read_now(lambda uow: uow.keys.signing(stage.community, "ed25519"))
    first, second = after["assertionMethod"]
    assert (first["id"], first["publicKeyMultibase"]) == (proving.iri, multibase(public_pem(proving.pem)))
    assert second == before["assertionMethod"][0]


def test_those_who_know_it_are_told(stage: Stage) -> None:
    rotate(stage, stage.community)
    (update,) = stage.sent()
    assert (update["type"], update["actor"], update["object"]["id"]) == ("Update", stage.community, stage.community)
    assert update["object"]["publicKey"]["id"].startswith(f"{stage.community}#main-key-")
    assert update["proof"]["verificationMethod"].startswith(f"{stage.community}#ed25519-key-")
    rotate(stage, stage.author)
    assert [each["actor"] for each in stage.sent()] == [stage.community, stage.author]


async def test_what_waits_is_signed_with_the_new_key(stage: Stage) -> None:
    stage.note("En attente")
    stage.later(minutes=1)
    rotate(stage, stage.community)
    for _ in range(4):
        await deliver_all(stage)
    assert len(stage.outside.sent) >= 2
    assert set(signed_by(stage)) == {"main-key-20261122100100"}


async def test_where_the_new_key_is_refused_the_one_before_is_tried_and_then_no_more(stage: Stage) -> None:
    stage.later(minutes=1)
    rotate(stage, stage.community)
    stage.outside.answers = [Answer(status=401, url=""), Answer(status=401, url=""), Answer(status=202, url="")]
    await deliver_all(stage)
    assert signed_by(stage) == ["main-key-20261122100100"] * 2 + ["main-key"]
    assert stage.database.read_now(lambda uow: uow.deliveries.waiting()) == []


async def test_after_two_days_the_old_keys_are_forgotten(stage: Stage) -> None:
    stage.later(minutes=1)
    rotate(stage, stage.community)
    new = stage.database.read_now(lambda uow: uow.keys.signing(stage.community))
    stage.later(hours=47)
    assert not stage.database.write_now(lambda uow: retire_keys.JOB.claim(uow, stage.house(), 10))
    stage.now += timedelta(hours=1)
    for row in stage.database.write_now(lambda uow: retire_keys.JOB.claim(uow, stage.house(), 10)):
        await retire_keys.JOB.work(stage.tools, row)
    assert stage.database.read_now(lambda uow: (uow.keys.signing(stage.community), uow.keys.before(stage.community))) == (
        new,
        None,
    )
    assert len(document(stage, stage.community)["assertionMethod"]) == 1


def test_nobody_elsewhere_gets_keys_from_us(stage: Stage) -> None:
    with pytest.raises(NotFound):
        rotate(stage, B)
