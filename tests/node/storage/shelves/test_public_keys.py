"""Further keys of actors elsewhere: what a document names is what there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from node.storage.engine import Database
from node.storage.shelves.public_keys import PublicKeyRow

AT = datetime(2026, 11, 22, tzinfo=UTC)
V = "https://ailleurs.example/v"
FIRST = PublicKeyRow(iri=f"{V}#ed", actor=V, kind="assertionMethod", pem="one", fetched_at=AT)
SECOND = PublicKeyRow(iri=f"{V}#rsa", actor=V, kind="publicKey", pem="two", fetched_at=AT)


def test_they_are_put_in_the_place_of_those_before(database: Database) -> None:
    database.write_now(lambda uow: uow.public_keys.put(V, [FIRST, SECOND]))
    assert database.read_now(lambda uow: (uow.public_keys.of(V), uow.public_keys.get(FIRST.iri))) == ([FIRST, SECOND], FIRST)
    changed = replace(SECOND, pem="three")
    database.write_now(lambda uow: uow.public_keys.put(V, [changed]))
    assert database.read_now(lambda uow: (uow.public_keys.of(V), uow.public_keys.get(FIRST.iri))) == ([changed], None)
    database.write_now(lambda uow: uow.public_keys.put(V, []))
    assert database.read_now(lambda uow: uow.public_keys.of(V)) == []
