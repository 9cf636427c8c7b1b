from __future__ import annotations

from dataclasses import replace

import pytest

from federation.messages import SigningKey
from kit.rows import HERE, NOW, THERE, actor, later
from node.errors import NotFound
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork

OURS = actor(f"{HERE}/communautes/a", name="A", username="Habitation", is_local=True, key_id=f"{HERE}/communautes/a#main-key")
THEIRS = actor(f"{THERE}/communautes/b", name="B", username="habitation", fetched_at=NOW, key_id="k2")
PERSON = actor(f"{HERE}/personnes/m", name="M", type="Person", is_local=True, username="m")


def fill(uow: UnitOfWork) -> None:
    for row in (THEIRS, PERSON, OURS):
        uow.actors.put(row)


def test_actors_are_found(database: Database) -> None:
    database.write_now(fill)

    def look(uow: UnitOfWork) -> None:
        assert uow.actors.get(THEIRS.iri) == THEIRS
        assert uow.actors.get("x") is None
        assert uow.actors.by_username("HABITATION") == OURS
        assert uow.actors.by_key("k2") == THEIRS
        assert uow.actors.local() == [OURS, PERSON]
        assert uow.actors.local("Person") == [PERSON]
        assert uow.actors.known("Group") == [OURS, THEIRS]
        assert len(uow.actors.known()) == 3

    database.read_now(look)


def test_actors_change(database: Database) -> None:
    database.write_now(fill)
    database.write_now(lambda uow: uow.actors.put(replace(THEIRS, name="BB")))
    database.write_now(lambda uow: uow.actors.set_state(THEIRS.iri, "gone"))
    assert database.read_now(lambda uow: uow.actors.get(THEIRS.iri)) == replace(THEIRS, name="BB", state="gone")


def test_the_newest_key_signs(database: Database) -> None:
    old, new, other = (SigningKey(iri=f"{OURS.iri}#{name}", pem=name) for name in ("old", "new", "other"))

    def deed(uow: UnitOfWork) -> None:
        uow.keys.add(OURS.iri, new, "rsa", later(1))
        uow.keys.add(OURS.iri, old, "rsa", NOW)
        uow.keys.add(OURS.iri, other, "ed25519", later(2))

    database.write_now(deed)
    assert database.read_now(lambda uow: uow.keys.signing(OURS.iri)) == new
    assert database.read_now(lambda uow: uow.keys.signing(OURS.iri, "ed25519")) == other
    with pytest.raises(NotFound):
        database.read_now(lambda uow: uow.keys.signing(PERSON.iri))
