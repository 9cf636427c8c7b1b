"""maillage move: only to an account that names this one first."""

from __future__ import annotations

import json

from kit.shell import ANIMATION, HABITATION, Shell


def test_the_other_side_says_so_first(maillage: Shell) -> None:
    assert f"{ANIMATION} does not say that it is" in maillage.fails("move", "habitation", ANIMATION)
    maillage("alias", "animation", HABITATION)
    assert maillage("move", "habitation", ANIMATION).line == f"{HABITATION} → {ANIMATION}"
    row = maillage.write(lambda uow: uow.actors.get(HABITATION))
    assert row is not None
    assert (row.moved_to, json.loads(row.document)["movedTo"]) == (ANIMATION, ANIMATION)


def test_somebody_who_is_not_there_goes_nowhere(maillage: Shell) -> None:
    maillage("alias", "animation", HABITATION)
    assert "nobody of this node" in maillage.fails("move", "zz", ANIMATION)
