"""The inventory of what is known of people leaves no table out, tells no secret, and erases what it names."""

from __future__ import annotations

from kit.rows import HERE, NOW
from node.domain.personal import CATEGORIES
from node.storage.engine import Database
from node.storage.personal import IMPERSONAL, PERSONAL, counts, erase_rows, rows_of, tables
from node.storage.schema import metadata
from node.storage.shelves.members import MemberRow
from node.storage.unit_of_work import UnitOfWork

ME, OTHER, GROUP = f"{HERE}/personnes/m", f"{HERE}/personnes/a", f"{HERE}/communautes/c"
EMAIL = "m@example.org"


def furnish(uow: UnitOfWork) -> None:
    for iri, email in ((ME, EMAIL), (OTHER, "a@example.org")):
        uow.members.add(MemberRow(iri=iri, email=email, name="Nom", password_hash="secret-hash"))
        uow.members.join(iri, GROUP, "https://w3id.org/cdp/roles/membre", NOW)
        uow.sessions.open(iri, NOW)
        uow.rules.agree(iri, GROUP, 1, NOW)
        uow.private_addresses.add(iri, "/agenda", "téléphone", NOW)
    uow.notices.add(OTHER, "mention", GROUP, NOW, by=ME)
    uow.notices.add(ME, "mention", GROUP, NOW, by=OTHER)


def test_every_table_is_in_the_inventory_or_names_nobody() -> None:
    assert set(metadata.tables) - tables() - IMPERSONAL == set()
    assert not tables() & IMPERSONAL
    assert {place.category for place in PERSONAL} == set(CATEGORIES)


def test_all_of_it_is_told_but_no_secret(database: Database) -> None:
    database.write_now(furnish)
    told = database.read_now(lambda uow: list(rows_of(uow, ME, EMAIL)))
    names = {place.table for place, _ in told}
    assert {"members", "memberships", "sessions", "consents", "private_addresses", "notices"} <= names
    assert "secret-hash" not in str(told)
    assert "digest" not in str(told)
    assert "a@example.org" not in str(told)
    assert database.read_now(lambda uow: counts(uow, ME, EMAIL)["belonging"]) == 1


def test_nothing_of_it_is_left_and_nothing_of_anybody_else_is_lost(database: Database) -> None:
    database.write_now(furnish)
    before = database.read_now(lambda uow: counts(uow, OTHER, "a@example.org"))
    database.write_now(lambda uow: erase_rows(uow, ME, EMAIL))
    assert database.read_now(lambda uow: counts(uow, ME, EMAIL)) == {}
    after = database.read_now(lambda uow: counts(uow, OTHER, "a@example.org"))
    assert {**before, "notices": 0} == {**after, "notices": after.get("notices", 0)}
