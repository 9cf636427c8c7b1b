"""Private addresses: who may make them, for what, how many, and for whom they read."""

from __future__ import annotations

import pytest

from kit.rows import HERE, NOW
from kit.web_node import furnish
from node.actions.keep_private_address import MOST, is_list, make, opened, revoke
from node.contracts import House
from node.errors import Conflict, Invalid, NotAllowed, NotFound
from node.storage.engine import Database

HOUSE = House(url=HERE, name="Maison", mode="open", language="fr", now=NOW)
PERSON = f"{HERE}/personnes/mireille"


def test_an_address_reads_for_the_communities_of_its_owner_as_nobody(database: Database) -> None:
    database.write_now(lambda uow: furnish(uow, HOUSE))
    token = database.write_now(lambda uow: make(uow, HOUSE, PERSON, "/agenda?langue=en", "  mon \n téléphone "))
    found = database.read_now(lambda uow: opened(uow, HOUSE, token))
    assert found.address == "/agenda?langue=en"
    assert found.reader.communities == {f"{HERE}/communautes/logement"}
    assert found.reader.actor not in {"", PERSON}
    assert token not in found.reader.actor
    (row,) = database.read_now(lambda uow: uow.private_addresses.of(PERSON))
    assert row.name == "mon téléphone"
    database.write_now(lambda uow: revoke(uow, row.id))
    with pytest.raises(NotFound):
        database.read_now(lambda uow: opened(uow, HOUSE, token))


def test_so_many_are_enough(database: Database) -> None:
    database.write_now(lambda uow: furnish(uow, HOUSE))
    with pytest.raises(NotAllowed):
        database.write_now(lambda uow: make(uow, HOUSE, f"{HERE}/personnes/inconnue", "/agenda", ""))
    with pytest.raises(Invalid):
        database.write_now(lambda uow: make(uow, HOUSE, PERSON, "https://a.example/", ""))
    database.write_now(lambda uow: [make(uow, HOUSE, PERSON, "/agenda", "") for _ in range(MOST)] and None)
    with pytest.raises(Conflict):
        database.write_now(lambda uow: make(uow, HOUSE, PERSON, "/agenda", ""))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/", True),
        ("/recherche?q=%C3%A9viction&portee=noeud", True),
        ("//a.example", False),
        ("/\\a.example", False),
        ("/a\\b", False),
        ("/a\r\nb", False),
        ("", False),
        ("agenda", False),
    ],
)
def test_what_may_be_the_address_of_a_list(address: str, expected: bool) -> None:
    assert is_list(address) is expected
