"""A node is made once; its actors are whole."""

from __future__ import annotations

import json

import pytest

from kit.guests import HERE, Stage
from kit.nodes import key_pair
from kit.signing import NOW
from node.actions.make_node import make_node
from node.contracts import House
from node.domain.identifiers import slug
from node.errors import Conflict
from node.storage.engine import Database
from node.storage.shelves.state import ADDRESS


async def test_the_actors_are_whole(memory: Database) -> None:
    stage = Stage(memory)
    for path, kind in (("organisation", "Organization"), ("noeud", "Application"), ("communautes/habitation", "Group")):
        row = memory.read_now(lambda uow, path=path: uow.actors.get(f"{HERE}/{path}"))  # type: ignore[misc]
        assert row is not None
        said, iri = json.loads(row.document), f"{HERE}/{path}"
        assert (said["type"], said["inbox"], said["outbox"], said["followers"]) == (
            kind,
            f"{iri}/inbox",
            f"{iri}/outbox",
            f"{iri}/followers",
        )
        assert said["publicKey"] == {"id": f"{iri}#main-key", "owner": iri, "publicKeyPem": row.key_pem}
        assert said["endpoints"]["sharedInbox"] == f"{HERE}/inbox"
        assert row.is_local
        assert memory.read_now(lambda uow, iri=iri: uow.keys.signing(iri)).iri == f"{iri}#main-key"  # type: ignore[misc]
    assert memory.read_now(lambda uow: uow.state.get(ADDRESS)) == stage.house().url


async def test_an_identity_is_never_made_twice(memory: Database) -> None:
    stage = Stage(memory)
    before = memory.read_now(lambda uow: uow.keys.signing(stage.house().organisation))
    with pytest.raises(Conflict):
        memory.write_now(lambda uow: make_node(uow, stage.house(), keys=(key_pair(5), key_pair(6))))
    assert memory.read_now(lambda uow: uow.keys.signing(stage.house().organisation)) == before


@pytest.mark.parametrize("name", ["Nœud", "Admin"])
async def test_an_organisation_of_any_name_has_one_of_its_own(memory: Database, name: str) -> None:
    """Else WebFinger would give one actor for the name of another."""
    house = House(url=HERE, name=name, language="fr", mode="open", now=NOW)
    row = memory.write_now(lambda uow: make_node(uow, house, keys=(key_pair(5), key_pair(6))))
    assert row.username == f"{slug(name)}-2"
    assert memory.read_now(lambda uow: [each.iri for each in uow.actors.local() if each.username == row.username]) == [row.iri]
