from __future__ import annotations

from datetime import UTC, datetime, timedelta

from architecture.sources import ROOT
from node.domain import offices
from node.domain.rights import ROLES, Deed, deeds_of


def test_the_written_table_is_that_of_the_rights() -> None:
    assert (ROOT / "node" / "ROLES.md").read_text("utf-8") == offices.document(), (
        "run: python -m node.domain.offices > node/ROLES.md"
    )


def test_every_role_and_every_deed_has_its_words() -> None:
    assert set(offices.OFFICES) == set(ROLES)
    assert set(offices.DEEDS) == set(Deed)
    for language in ("fr", "en"):
        assert len({offices.called(role, language) for role in ROLES}) == len(ROLES)
        assert all(offices.told(role, language) for role in ROLES)


def test_each_line_says_who_may() -> None:
    for deed, line in zip(Deed, offices.table("fr"), strict=True):
        assert line.allowed == tuple(deed in deeds_of([role]) for role in ROLES)


def test_where_a_role_stands_and_its_last_day() -> None:
    now, day = datetime(2026, 11, 22, tzinfo=UTC), timedelta(days=1)
    stands = [
        offices.lasts(since, until, now)
        for since, until in ((now + day, None), (now, None), (now - day, now + day), (now - day, now))
    ]
    assert stands == ["to come", "in force", "ending", "ended"]
    assert offices.last_day(None) is None
    ending = offices.last_day(datetime(2027, 4, 1, tzinfo=UTC))
    assert ending is not None
    assert (ending.month, ending.day) == (3, 31)
