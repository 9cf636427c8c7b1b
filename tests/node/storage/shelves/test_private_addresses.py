"""Private addresses as rows: the secret is told once and not kept."""

from __future__ import annotations

from kit.rows import HERE, NOW, later
from node.storage.engine import Database
from node.storage.tables.private_addresses import private_addresses

PERSON, OTHER = f"{HERE}/personnes/m", f"{HERE}/personnes/a"


def test_an_address_is_made_found_used_and_revoked(database: Database) -> None:
    token = database.write_now(lambda uow: uow.private_addresses.add(PERSON, "/agenda", "téléphone", NOW))
    assert len(token) >= 43
    row = database.read_now(lambda uow: uow.private_addresses.find(token))
    assert row is not None
    assert (row.person, row.list, row.name, row.created_at, row.used_at) == (PERSON, "/agenda", "téléphone", NOW, None)
    database.write_now(lambda uow: uow.private_addresses.used(row.id, later(60)))
    (known,) = database.read_now(lambda uow: uow.private_addresses.of(PERSON))
    assert known.used_at == later(60)
    kept = database.read_now(lambda uow: [dict(each) for each in uow.ground.rows(private_addresses.select())])
    assert token not in str(kept)
    assert database.read_now(lambda uow: uow.private_addresses.find(row.digest)) is None
    assert database.write_now(lambda uow: uow.private_addresses.revoke(row.id, OTHER)) is False
    assert database.write_now(lambda uow: uow.private_addresses.revoke(row.id, PERSON)) is True
    assert database.read_now(lambda uow: (uow.private_addresses.find(token), uow.private_addresses.count(PERSON))) == (None, 0)


def test_no_secret_is_found_by_nonsense(database: Database) -> None:
    assert database.read_now(lambda uow: uow.private_addresses.find("nonsense\ud800")) is None
    assert database.read_now(lambda uow: uow.private_addresses.of()) == []
