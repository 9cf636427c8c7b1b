from __future__ import annotations

from dataclasses import replace

from kit.rows import HERE, NOW, THERE, later
from node.storage.engine import Database
from node.storage.shelves import reports
from node.storage.shelves.reports import Complaint
from node.storage.unit_of_work import UnitOfWork

THEIRS = Complaint(
    activity=f"{THERE}/flags/1", reporter=f"{THERE}/acteur", host="ailleurs.example", objects=(f"{HERE}/r/1",), content="spam"
)


def test_reports_in_and_out_are_kept_once_and_decided(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        assert uow.reports.add(THEIRS, NOW)
        assert not uow.reports.add(THEIRS, NOW)
        assert uow.reports.add(replace(THEIRS, activity="ours", is_ours=True), later(1))
        ours, theirs = uow.reports.listed()
        assert (ours.state, ours.is_ours, theirs.state, theirs.objects, theirs.content) == (
            "sent",
            True,
            "waiting",
            (f"{HERE}/r/1",),
            "spam",
        )
        assert uow.reports.decide(theirs.id, "dismissed", "mireille", later(2), "rien à redire")
        assert not uow.reports.decide(99, "dismissed", "mireille", later(2), "")
        assert uow.reports.listed("waiting") == []
        assert (uow.reports.count("waiting"), uow.reports.count("sent")) == (0, 1)
        assert uow.reports.get(ours.id) == ours
        assert uow.reports.get(99) is None
        (settled,) = uow.reports.listed("dismissed")
        assert (settled.decided_by, settled.decided_at, settled.decision) == ("mireille", later(2), "rien à redire")

    database.write_now(deed)


def test_one_server_fills_no_shelf(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        many = [uow.reports.add(replace(THEIRS, activity=f"f{n}"), NOW) for n in range(reports.MOST_OF_ONE_HOST + 1)]
        assert many[-2:] == [True, False]
        assert uow.reports.add(replace(THEIRS, activity="other", host="autre.example"), NOW)

    database.write_now(deed)
