from __future__ import annotations

from datetime import timedelta

from kit.rows import HERE, NOW
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork

PERSON, GROUP = f"{HERE}/personnes/m", f"{HERE}/communautes/logement"


def test_a_new_address_takes_the_place_of_the_old_one(database: Database) -> None:
    def work(uow: UnitOfWork) -> None:
        first = uow.letterbox.make(PERSON, "", NOW)
        second = uow.letterbox.make(PERSON, GROUP, NOW)
        assert len(second) == 32
        assert uow.letterbox.find(first) is None
        found = uow.letterbox.find(second.upper())  # mail servers change the case of addresses
        assert found is not None
        assert (found.person, found.community, found.used_at) == (PERSON, GROUP, None)
        assert second not in found.digest
        assert uow.letterbox.choose(PERSON, "")
        assert not uow.letterbox.choose("nobody", GROUP)
        known = uow.letterbox.of(PERSON)
        assert known is not None
        assert known.community == ""

    database.write_now(work)


def test_a_letter_comes_once_and_leaves_no_words_behind(database: Database) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.letterbox.make(PERSON, "", NOW)
        assert uow.letterbox.put(PERSON, "1", b"words", NOW)
        assert not uow.letterbox.put(PERSON, "1", b"words", NOW)
        address = uow.letterbox.of(PERSON)
        assert address is not None
        assert address.used_at == NOW
        [row] = uow.letterbox.claim(NOW, "o", 5)
        assert (row.content, row.attempts) == (b"words", 1)
        assert uow.letterbox.claim(NOW, "o", 5) == []
        uow.letterbox.opened(row)
        assert not uow.letterbox.put(PERSON, "1", b"words", NOW)
        assert uow.letterbox.count(PERSON, NOW - timedelta(seconds=1)) == 1
        assert uow.letterbox.claim(NOW + timedelta(hours=1), "o", 5) == []
        assert uow.letterbox.forget(NOW + timedelta(seconds=1)) == 1

    database.write_now(work)


def test_with_an_address_goes_what_waits_behind_it(database: Database) -> None:
    def work(uow: UnitOfWork) -> None:
        secret = uow.letterbox.make(PERSON, "", NOW)
        uow.letterbox.put(PERSON, "1", b"words", NOW)
        assert uow.letterbox.revoke(PERSON)
        assert not uow.letterbox.revoke(PERSON)
        assert uow.letterbox.find(secret) is None
        assert uow.letterbox.claim(NOW, "o", 5) == []

    database.write_now(work)
