"""maillage repertoire: what is public, of a community, of the node, of those followed."""

from __future__ import annotations

import pytest

from kit.shell import ANIMATION, HABITATION, Shell


def titles(maillage: Shell, *arguments: str) -> list[str]:
    return [row["title"] for row in maillage("repertoire", *arguments, "--json").json]


def test_words_are_found_without_accents_and_in_the_plural(maillage: Shell) -> None:
    assert titles(maillage, "habitation", "--search", "ACCUEILS") == ["L’accueil en trois temps"]
    assert titles(maillage, "habitation", "--search", "bateau") == []
    assert titles(maillage, "habitation", "--search", '"un ( OR *') == []


def test_how_far_it_looks(maillage: Shell) -> None:
    wanted = "L’accueil en trois temps"
    assert wanted in titles(maillage)
    assert titles(maillage, "animation") == []
    assert titles(maillage, "animation", "--scope", "followed") == []
    maillage("follow", "animation", HABITATION)
    assert titles(maillage, "animation", "--scope", "followed") == [wanted]
    assert titles(maillage, "--scope", "followed") == [wanted]
    assert titles(maillage, "--scope", "community") == [wanted]
    assert titles(maillage, "animation") == []
    assert titles(maillage, "animation", "--scope", "node", "--search", "accueil")[0] == wanted


@pytest.mark.parametrize("name", ["habitation", "@habitation@savoirs.example", HABITATION])
def test_a_community_may_be_named_in_three_ways(maillage: Shell, name: str) -> None:
    assert titles(maillage, name) == ["L’accueil en trois temps"]


def test_a_table_for_people(maillage: Shell) -> None:
    out = maillage("repertoire", "habitation").out.splitlines()
    assert len(out) == 2
    assert "L’accueil en trois temps" in out[1]
    assert "Nothing public" in maillage("repertoire", ANIMATION).out


def test_misuse(maillage: Shell) -> None:
    assert "no community 'zz'" in maillage.fails("repertoire", "zz", "--json")
    assert "--scope" in maillage.is_misused("repertoire", "--scope", "monde")
