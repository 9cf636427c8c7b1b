"""What leaves for everybody carries proofs that hold wherever it is passed on; what is for some carries none."""

from __future__ import annotations

import json
from typing import Any

from federation import proofs
from federation.signatures.keys import public_pem
from kit.guests import START, Stage
from node.domain.entries import Audience
from node.storage.engine import Database
from node.storage.shelves.deliveries import DeliveryRow
from vocab import jsonld


def is_proven(stage: Stage, document: dict[str, Any]) -> bool:
    """Whether a document, alone, is proven by the key that its author's document names."""
    claimed = proofs.claim_of(document, START)
    assert claimed is not None
    key = stage.database.read_now(lambda uow: uow.keys.signing(claimed.owner, "ed25519"))
    assert key.iri == claimed.method == f"{claimed.owner}#ed25519-key"
    row = stage.database.read_now(lambda uow: uow.actors.get(claimed.owner))
    assert row is not None
    assert key.iri in row.document.decode()
    proofs.verify(document, claimed, public_pem(key.pem))
    return True


def followed(memory: Database) -> Stage:
    stage = Stage(memory)
    stage.followed()
    return stage


def documents(stage: Stage) -> list[dict[str, Any]]:
    def look(rows: list[DeliveryRow]) -> list[bytes]:
        return [stage.database.read_now(lambda uow, row=row: uow.deliveries.document(row)) for row in rows]  # type: ignore[misc]

    return [json.loads(each) for each in look(stage.database.read_now(lambda uow: list(uow.deliveries.waiting())))]


def test_what_is_passed_on_carries_its_authors_proof_and_is_readable_as_linked_data(memory: Database) -> None:
    stage = followed(memory)
    entry = stage.note("Pour tout le monde")
    announced = next(each for each in documents(stage) if isinstance(each["object"], dict))
    assert (announced["type"], announced["actor"], announced["object"]["type"]) == ("Announce", stage.community, "Create")
    assert announced["object"]["actor"] == entry.author
    assert is_proven(stage, announced["object"])
    # The context of a proof admits no other beside it: around what brings its own there is none.
    assert "proof" not in announced
    assert announced["@context"] == "https://www.w3.org/ns/activitystreams"
    # What is proven means the same to those who read it as linked data: the context names what a proof says.
    read = jsonld.read(json.dumps(announced["object"]).encode())
    assert read.id == announced["object"]["id"]


def test_what_is_for_some_carries_no_proof(memory: Database) -> None:
    stage = followed(memory)
    guest = stage.know("https://ailleurs.example/personnes/ami")
    role = "https://w3id.org/cdp/roles/membre"
    memory.write_now(lambda uow: uow.members.join(guest.iri, stage.community, role, stage.now))
    stage.note("Entre nous", Audience.COMMUNITY)
    (sent,) = documents(stage)
    assert sent["type"] == "Create"
    assert "proof" not in sent


def test_an_actor_without_such_a_key_sends_without(memory: Database) -> None:
    stage = followed(memory)
    memory.write_now(lambda uow: uow.keys.retire(stage.author, stage.now))
    stage.later(seconds=1)
    memory.write_now(lambda uow: uow.keys.forget_retired(stage.now))
    stage.note("Sans preuve")
    sent = documents(stage)
    announced = next(each for each in sent if isinstance(each["object"], dict))
    assert "proof" not in announced["object"]
    assert [is_proven(stage, each) for each in sent if isinstance(each["object"], str)] == [True]
