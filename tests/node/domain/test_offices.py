from __future__ import annotations

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
