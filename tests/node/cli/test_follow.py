"""maillage follow: a link between two communities, or a clear line why there is none."""

from __future__ import annotations

import pytest

from kit.shell import ANIMATION, HABITATION, Shell


def test_communities_of_one_node_are_linked_at_once(maillage: Shell) -> None:
    assert maillage("follow", "animation", HABITATION).line == f"{ANIMATION} → {HABITATION}: accepted."
    assert maillage("inspect", "--json").json["following"][ANIMATION] == {HABITATION: "accepted"}
    assert "there already" in maillage.fails("follow", "animation", HABITATION)


@pytest.mark.parametrize(
    ("community", "address", "told"),
    [
        ("zz", HABITATION, "no community 'zz'"),
        ("habitation", HABITATION, "does not follow itself"),
        ("habitation", "https://savoirs.example/communautes/zz", "nobody at"),
        ("habitation", "personne", "not written like @name@host"),
        ("habitation", "http://ailleurs.example/a", "Only https"),
        ("habitation", "https://127.0.0.1/a", "127.0.0.1"),
        ("habitation", "https://[::mal/a", "not an address"),
        ("habitation", "https://rien.invalid/a", "rien.invalid"),
    ],
)
def test_what_cannot_be_is_refused(maillage: Shell, community: str, address: str, told: str) -> None:
    assert told in maillage.fails("follow", community, address)
    assert maillage("links", "--json").json == []
