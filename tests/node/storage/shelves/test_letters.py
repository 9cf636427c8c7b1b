from __future__ import annotations

from datetime import UTC, datetime, timedelta

from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def test_a_letter_is_leased_tried_and_hurried(database: Database) -> None:
    def live(uow: UnitOfWork) -> None:
        uow.letters.add("zoe@exemple.org", "Bonjour", "Un mot.", kind="invitation")
        (row,) = uow.letters.claim(NOW, "a", 5)
        assert (row.recipient, row.kind, row.letter.text, row.attempts) == ("zoe@exemple.org", "invitation", "Un mot.", 1)
        assert uow.letters.claim(NOW, "b", 5) == []
        uow.letters.failed(row, NOW, "silent", is_final=False)
        assert uow.letters.claim(NOW, "b", 5) == []
        assert uow.letters.hurry(NOW) == 1
        (again,) = uow.letters.claim(NOW, "b", 5)
        assert (again.last_error, again.attempts) == ("silent", 1)
        uow.letters.sent(again, NOW)
        assert uow.letters.count("sent") == 1

    database.write_now(live)


def test_the_lease_of_a_process_that_died_is_freed(database: Database) -> None:
    def live(uow: UnitOfWork) -> None:
        uow.letters.add("zoe@exemple.org", "Bonjour", "Un mot.")
        assert len(uow.letters.claim(NOW, "ici/1/2", 5)) == 1
        assert uow.release_own("ici/1/2") == 1
        assert len(uow.letters.claim(NOW + timedelta(seconds=1), "ici/3/4", 5)) == 1

    database.write_now(live)
