"""maillage unfollow: the link ends."""

from __future__ import annotations

from kit.shell import ANIMATION, HABITATION, Shell


def test_a_link_ends(maillage: Shell) -> None:
    maillage("follow", "animation", HABITATION)
    assert maillage("unfollow", "animation", "habitation").line == f"{ANIMATION} → {HABITATION}: ended"
    assert maillage("inspect", "--json").json["following"][ANIMATION] == {}
    assert "does not follow" in maillage.fails("unfollow", "animation", HABITATION)


def test_what_is_not_known_is_refused(maillage: Shell) -> None:
    assert "no community 'zz'" in maillage.fails("unfollow", "animation", "zz")
    assert "no community 'zz'" in maillage.fails("unfollow", "zz", HABITATION)
