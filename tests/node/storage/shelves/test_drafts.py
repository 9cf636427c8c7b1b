from __future__ import annotations

import pytest

from kit.rows import HERE, NOW, later
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork

PERSON, OTHER = f"{HERE}/personnes/m", f"{HERE}/personnes/a"


def test_a_draft_is_kept_changed_and_thrown_away_by_who_wrote_it(database: Database) -> None:
    def work(uow: UnitOfWork) -> None:
        number = uow.drafts.save(PERSON, {"titre": "Été", "texte": "Un"}, NOW)
        assert uow.drafts.save(PERSON, {"titre": "Été", "texte": "Deux"}, later(60), number=number) == number
        assert uow.drafts.save(OTHER, {"texte": "À moi"}, NOW) == number == 1  # counted for each person alone
        row = uow.drafts.get(number, PERSON)
        assert row is not None
        assert (row.fields, row.title, row.begun_at, row.changed_at) == (
            {"titre": "Été", "texte": "Deux"}, "Été", NOW, later(60),
        )  # fmt: skip
        theirs = uow.drafts.get(number, OTHER)
        assert theirs is not None
        assert theirs.fields == {"texte": "À moi"}
        about = uow.drafts.save(PERSON, {"texte": "Première ligne\nseconde"}, later(90), about=f"{HERE}/ressources/1")
        assert [draft.id for draft in uow.drafts.of(PERSON)] == [about, number]
        found = uow.drafts.about(f"{HERE}/ressources/1", PERSON)
        assert found is not None
        assert (found.id, found.title) == (about, "Première ligne")
        assert uow.drafts.about(f"{HERE}/ressources/1", OTHER) is None
        assert uow.drafts.forget(number, OTHER)
        assert not uow.drafts.forget(number, OTHER)
        assert uow.drafts.forget(number, PERSON)
        assert uow.drafts.count(PERSON) == 1

    database.write_now(work)


@pytest.mark.parametrize("number", [2**31, 10**18 - 1, -(2**31) - 1])
def test_a_number_that_no_draft_can_have_finds_none(database: Database, number: int) -> None:
    def work(uow: UnitOfWork) -> None:
        assert uow.drafts.get(number, PERSON) is None
        assert not uow.drafts.forget(number, PERSON)
        assert uow.drafts.save(PERSON, {"texte": "Un"}, NOW, number=number) == 1

    database.write_now(work)
