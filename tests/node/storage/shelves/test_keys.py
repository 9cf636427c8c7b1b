"""Our private keys: the newest signs, the one before is kept a while, and who has none is found."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from federation.messages import SigningKey
from node.errors import NotFound
from node.storage.engine import Database
from node.storage.shelves.actors import ActorRow

AT = datetime(2026, 11, 22, tzinfo=UTC)
A = "https://ici.example/a"


def test_a_replaced_key_is_kept_for_as_long_as_is_said(database: Database) -> None:
    old, new = SigningKey(iri=f"{A}#main-key", pem="old"), SigningKey(iri=f"{A}#main-key-2", pem="new")
    with pytest.raises(NotFound):
        database.read_now(lambda uow: uow.keys.signing(A))
    database.write_now(lambda uow: uow.keys.add(A, old, "rsa", AT))
    assert database.read_now(lambda uow: (uow.keys.signing(A), uow.keys.before(A))) == (old, None)
    later = AT + timedelta(days=1)
    database.write_now(lambda uow: uow.keys.retire(A, later))
    database.write_now(lambda uow: uow.keys.add(A, new, "rsa", later))
    assert database.read_now(lambda uow: (uow.keys.signing(A), uow.keys.before(A))) == (new, old)
    assert database.write_now(lambda uow: uow.keys.forget_retired(later)) == []
    assert database.write_now(lambda uow: uow.keys.forget_retired(later + timedelta(seconds=1))) == [A]
    assert database.read_now(lambda uow: (uow.keys.signing(A), uow.keys.before(A))) == (new, None)


def test_who_of_ours_has_no_key_of_a_kind(database: Database) -> None:
    for iri, is_local in ((A, True), (f"{A}b", True), ("https://ailleurs.example/a", False)):
        row = ActorRow(iri=iri, type="Person", document=b"{}", is_local=is_local)
        database.write_now(lambda uow, row=row: uow.actors.put(row))  # type: ignore[misc]
    database.write_now(lambda uow: uow.keys.add(A, SigningKey(iri=f"{A}#ed25519-key", pem="x"), "ed25519", AT))
    assert database.read_now(lambda uow: uow.keys.lacking("ed25519")) == [f"{A}b"]
    assert database.read_now(lambda uow: uow.keys.current(f"{A}b", "ed25519")) is None
