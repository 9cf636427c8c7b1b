"""maillage intersections: where communities touch, and the path from the evidence to the number."""

from __future__ import annotations

import pytest

from kit.nodes import now
from kit.shell import ANIMATION, HABITATION, URL, Shell
from node.actions.compute_intersections import compute_intersections
from node.actions.integrate import integrate
from node.contracts import House
from node.storage.unit_of_work import UnitOfWork


@pytest.fixture
def touching(maillage: Shell, note: str) -> Shell:
    """The second community took up the note of the first."""

    def deed(uow: UnitOfWork) -> None:
        house = House(url=URL, name="Réseau", mode="archipelago", language="fr", now=now())
        integrate(uow, house, note, ANIMATION, house.organisation)
        compute_intersections(uow, house)

    maillage.write(deed)
    return maillage


def test_each_has_its_strength_and_its_reasons(touching: Shell, note: str) -> None:
    (row,) = touching("intersections", "--json").json
    assert sorted(row["communities"]) == [ANIMATION, HABITATION]
    assert row["between"] == "Animation · Habitation"
    assert 0 < row["strength"] <= 1
    assert row["method"]
    basis = {each["kind"]: each for each in row["basis"]}
    assert basis["ressources"]["items"] == [note]
    assert touching("intersections", "habitation", "--json").json == [row]
    assert "Animation · Habitation" in touching("intersections").out


def test_the_path_from_the_evidence_to_the_number(touching: Shell) -> None:
    (row,) = touching("intersections", "--json").json
    told = touching("intersections", "--explain", row["iri"], "--json").json
    assert told["steps"][-1]["result"] == pytest.approx(row["strength"], abs=1e-4)
    assert any("accueil" in line for removals in told["undone_by"] for line in removals)
    words = touching("intersections", "--explain", row["iri"]).out
    assert "would vanish without" in words
    assert "accueil en trois temps" in words


def test_without_any(maillage: Shell) -> None:
    assert maillage("intersections", "--json").json == []
    assert "No intersection yet" in maillage("intersections").out
    assert "there is no intersection zz" in maillage.fails("intersections", "--explain", "zz")
    assert "no community 'zz'" in maillage.fails("intersections", "zz", "--json")
