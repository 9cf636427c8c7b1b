"""maillage integrate: a community takes up what another published, and lets it go."""

from __future__ import annotations

from kit.shell import ANIMATION, Shell


def held(maillage: Shell) -> list[str]:
    found: list[str] = maillage("inspect", "--json").json["collections"][f"{ANIMATION}/repertoire"]
    return found


def test_a_note_is_taken_up_and_let_go(maillage: Shell, note: str) -> None:
    maillage("integrate", note, "--community", "animation")
    assert held(maillage) == [note]
    maillage("integrate", note, "--community", "animation", "--undo")
    assert held(maillage) == []


def test_what_is_not_known_is_refused(maillage: Shell, note: str) -> None:
    assert "Nothing public" in maillage.fails("integrate", "https://rien.example/x", "--community", "animation")
    assert "no community 'zz'" in maillage.fails("integrate", note, "--community", "zz")
    assert "--community" in maillage.is_misused("integrate", note)
