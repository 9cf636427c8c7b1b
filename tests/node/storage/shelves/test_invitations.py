from __future__ import annotations

from datetime import UTC, datetime, timedelta

from node.domain.invitations import LASTS
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
C = "https://ici.example/communautes/habitation"


def test_an_invitation_opens_once_and_a_new_one_takes_its_place(database: Database) -> None:
    def live(uow: UnitOfWork) -> None:
        first = uow.invitations.add(C, "zoe@exemple.org", "membre", language="fr", by="a", at=NOW)
        second = uow.invitations.add(C, "zoe@exemple.org", "membre", language="fr", by="a", at=NOW)
        opened, row = uow.invitations.get(first), uow.invitations.get(second)
        assert opened is not None
        assert row is not None
        assert (opened.is_open(NOW), row.is_open(NOW), row.is_open(NOW + LASTS)) == (False, True, False)
        assert uow.invitations.count(C) == 1
        uow.invitations.answer(row.id, f"{C}/rencontre", "oui")
        assert not uow.invitations.accept(opened.id, "zoe", NOW)
        assert not uow.invitations.accept(row.id, "zoe", NOW + LASTS)
        assert uow.invitations.accept(row.id, "zoe", NOW)
        assert not uow.invitations.accept(row.id, "zoe", NOW)
        (kept,) = uow.invitations.of(C, "accepted")
        assert (kept.person, kept.answer) == ("zoe", "oui")
        assert uow.invitations.get("faux") is None

    database.write_now(live)


def test_one_taken_back_opens_nothing_and_old_ones_are_forgotten(database: Database) -> None:
    def live(uow: UnitOfWork) -> None:
        token = uow.invitations.add(C, "zoe@exemple.org", "", language="fr", by="a", at=NOW)
        row = uow.invitations.get(token)
        assert row is not None
        assert uow.invitations.withdraw(row.id, NOW)
        assert not uow.invitations.accept(row.id, "zoe", NOW)
        assert uow.invitations.forget(NOW) == 0
        assert uow.invitations.forget(NOW + LASTS + timedelta(seconds=1)) == 1
        assert uow.invitations.numbered(row.id) is None

    database.write_now(live)
