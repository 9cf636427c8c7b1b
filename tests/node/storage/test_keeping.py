"""What is kept: never one of ours in the words of the network."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from node.domain.errands import REFRESH_ACTOR
from node.storage.engine import Database
from node.storage.keeping import keep_actor
from node.storage.shelves.actors import ActorRow
from vocab.things.group import Group
from vocab.things.person import Person
from vocab.things.public_key import PublicKey
from vocab.values import Ref

NOW = datetime(2026, 11, 22, tzinfo=UTC)
OURS = "https://noeud.example/communautes/logement"


def test_an_actor_of_ours_stays_as_it_is(memory: Database) -> None:
    row = ActorRow(
        iri=OURS, type="Group", document=b"{}", is_local=True, key_id=f"{OURS}#main-key", key_pem="PEM", fetched_at=NOW
    )
    memory.write_now(lambda uow: uow.actors.put(row))
    told = Group(id=OURS, inbox=Ref(f"{OURS}/inbox"))
    memory.write_now(lambda uow: keep_actor(uow, told, b'{"id": "another"}', NOW))
    assert memory.read_now(lambda uow: uow.actors.get(OURS)) == row


def _with_key(iri: str, key: str) -> Person:
    named = PublicKey(id=key, owner=Ref(iri), public_key_pem="PEM")
    return Person(id=iri, inbox=Ref(f"{iri}/inbox"), public_key=(Ref(key, named),))


def test_a_key_is_an_actors_when_it_is_in_its_document_or_proven(memory: Database) -> None:
    thief, neighbour, apart = (f"https://evil.example/{name}" for name in ("a-thief", "neighbour", "keys/1"))

    def keep(iri: str, key: str, proven: str = "") -> str:
        return memory.write_now(lambda uow: keep_actor(uow, _with_key(iri, key), b"{}", NOW, proven=proven)).key_id

    assert keep(neighbour, f"{neighbour}#main-key") == f"{neighbour}#main-key"
    assert keep(thief, f"{neighbour}#main-key") == ""
    assert keep(thief, apart) == ""
    assert keep(thief, apart, proven=apart) == apart
    assert keep(thief, apart) == apart, "once proven it stays so, as long as the actor names it"


THERE = "https://ailleurs.example"


@pytest.mark.parametrize(
    ("organisation", "known_for", "is_fetched"),
    [
        (f"{THERE}/organisation", None, True),
        (f"{THERE}/organisation", timedelta(hours=1), False),
        (f"{THERE}/organisation", timedelta(days=30), True),
        ("https://tiers.example/organisation", None, False),
    ],
)
def test_the_organisation_behind_a_community_is_looked_up_once(
    memory: Database, organisation: str, known_for: timedelta | None, is_fetched: bool
) -> None:
    if known_for is not None:
        row = ActorRow(iri=organisation, type="Organization", document=b"{}", name="Ailleurs", fetched_at=NOW - known_for)
        memory.write_now(lambda uow: uow.actors.put(row))
    group = Group(id=f"{THERE}/communautes/a", inbox=Ref(f"{THERE}/boite"), hosted_by=Ref(organisation))
    memory.write_now(lambda uow: keep_actor(uow, group, b"{}", NOW))
    tasks = memory.read_now(lambda uow: [row.subject for row in uow.tasks.all(REFRESH_ACTOR)])
    assert tasks == ([organisation] if is_fetched else [])
