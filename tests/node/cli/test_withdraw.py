"""maillage withdraw: what was published is gone."""

from __future__ import annotations

from kit.shell import Shell


def test_it_is_gone_for_good(maillage: Shell, note: str) -> None:
    assert note in maillage("withdraw", note).line
    assert maillage("repertoire", "habitation", "--json").json == []
    kept = maillage.write(lambda uow: uow.things.get_any(note))
    assert kept is not None
    assert kept.entry.deleted_at is not None
    maillage("withdraw", note)


def test_what_is_not_ours_is_refused(maillage: Shell) -> None:
    assert "no such thing of ours" in maillage.fails("withdraw", "https://rien.example/x")
