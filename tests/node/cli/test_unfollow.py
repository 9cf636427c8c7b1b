"""maillage unfollow: the link ends."""

from __future__ import annotations

import pytest

from kit.rows import NOW, THERE, actor
from kit.shell import ANIMATION, HABITATION, Shell
from node.storage.unit_of_work import UnitOfWork

ANA = f"{THERE}/users/ana"


def test_a_link_ends(maillage: Shell) -> None:
    maillage("follow", "animation", HABITATION)
    assert maillage("unfollow", "animation", "habitation").line == f"{ANIMATION} → {HABITATION}: ended"
    assert maillage("inspect", "--json").json["following"][ANIMATION] == {}
    assert "There is no such link" in maillage.fails("unfollow", "animation", HABITATION)


@pytest.mark.parametrize("name", [ANA, "@ana@ailleurs.example"])
def test_a_link_to_a_person_elsewhere_ends_too(maillage: Shell, name: str) -> None:
    def follow(uow: UnitOfWork) -> None:
        uow.actors.put(actor(ANA, type="Person", username="ana", host="ailleurs.example", inbox=f"{ANA}/inbox"))
        uow.followings.put(ANIMATION, ANA, activity="", state="accepted", at=NOW)

    maillage.write(follow)
    assert maillage("unfollow", "animation", name).line == f"{ANIMATION} → {ANA}: ended"


def test_what_is_not_known_is_refused(maillage: Shell) -> None:
    assert "follows nobody of the name 'zz'" in maillage.fails("unfollow", "animation", "zz")
    assert "no community 'zz'" in maillage.fails("unfollow", "zz", HABITATION)
