"""maillage alias: an account elsewhere is named, and no longer named."""

from __future__ import annotations

import json
from typing import Any

from kit.shell import ANIMATION, HABITATION, Shell


def aliases(maillage: Shell) -> Any:
    row = maillage.write(lambda uow: uow.actors.get(HABITATION))
    assert row is not None
    return json.loads(row.document).get("alsoKnownAs")


def test_an_account_is_named_and_no_longer(maillage: Shell) -> None:
    assert maillage("alias", "habitation", ANIMATION).line == f"{HABITATION} is also {ANIMATION}"
    assert aliases(maillage) == [ANIMATION]
    assert maillage("alias", "habitation", ANIMATION, "--remove").line == f"{HABITATION} is not {ANIMATION}"
    assert aliases(maillage) is None


def test_who_is_not_there_is_told(maillage: Shell) -> None:
    assert "nobody of this node" in maillage.fails("alias", "zz", ANIMATION)
    assert "nobody" in maillage.fails("alias", "habitation", f"{HABITATION}-x")
