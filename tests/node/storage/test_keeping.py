"""What is kept: never one of ours in the words of the network."""

from __future__ import annotations

from datetime import UTC, datetime

from node.storage.engine import Database
from node.storage.keeping import keep_actor
from node.storage.shelves.actors import ActorRow
from vocab.things.group import Group
from vocab.values import Ref

NOW = datetime(2026, 11, 22, tzinfo=UTC)
OURS = "https://noeud.example/communautes/logement"


def test_an_actor_of_ours_stays_as_it_is(memory: Database) -> None:
    row = ActorRow(iri=OURS, type="Group", document=b"{}", is_local=True, key_id=f"{OURS}#main-key", key_pem="PEM", fetched_at=NOW)
    memory.write_now(lambda uow: uow.actors.put(row))
    told = Group(id=OURS, inbox=Ref(f"{OURS}/inbox"))
    memory.write_now(lambda uow: keep_actor(uow, told, b'{"id": "another"}', NOW))
    assert memory.read_now(lambda uow: uow.actors.get(OURS)) == row
