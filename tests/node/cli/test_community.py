"""maillage community: communities are added, described and listed."""

from __future__ import annotations

import pytest

from kit.shell import HABITATION, URL, Shell


def test_one_is_added_and_listed(maillage: Shell) -> None:
    assert maillage("community", "add", "Économie sociale", "--slug", "eco").line == f"{URL}/communautes/eco"
    rows = {row["slug"]: row for row in maillage("community", "list", "--json").json}
    assert set(rows) == {"animation", "eco", "habitation"}
    assert (rows["habitation"]["own"], rows["eco"]["own"]) == (1, 0)
    assert "Économie sociale" in maillage("community", "list").out


def test_its_description_changes(maillage: Shell) -> None:
    assert maillage("community", "describe", "habitation", "--name", "Habiter").line == HABITATION
    assert [row["name"] for row in maillage("community", "list", "--json").json if row["iri"] == HABITATION] == ["Habiter"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "Autre", "--slug", "habitation"), "taken"),
        (("add", "Autre", "--slug", "a b"), "cannot be part of an address"),
        (("add", " "), "needs a name"),
        (("describe", "nulle-part", "--name", "X"), "there is no community 'nulle-part' here; known: animation, habitation"),
    ],
)
def test_what_cannot_be_is_refused(maillage: Shell, arguments: tuple[str, ...], told: str) -> None:
    assert told in maillage.fails("community", *arguments)


def test_odd_bytes_are_misuse(maillage: Shell) -> None:
    assert "UTF-8" in maillage.is_misused("community", "add", "\udcff")
