"""maillage community: communities are added, described and listed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kit.shell import HABITATION, URL, Shell
from node.domain.rights import GUEST, MEMBER
from node.storage.shelves.actors import ActorRow

NOW = datetime(2026, 11, 1, tzinfo=UTC)


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
        (("add", "Autre", "--territory", "l’Estrie"), "not the address of a place"),
        (("describe", "habitation", "--territory", "http://[a"), "not the address of a place"),
        (("describe", "nulle-part", "--name", "X"), "there is no community 'nulle-part' here; known: animation, habitation"),
    ],
)
def test_what_cannot_be_is_refused(maillage: Shell, arguments: tuple[str, ...], told: str) -> None:
    assert told in maillage.fails("community", *arguments)


def test_odd_bytes_are_misuse(maillage: Shell) -> None:
    assert "UTF-8" in maillage.is_misused("community", "add", "\udcff")


ALI = "https://ailleurs.example/personnes/ali"


def test_something_is_shown_first_and_then_no_longer(maillage: Shell) -> None:
    iri = next(iter(maillage("inspect", "--json").json["collections"][f"{HABITATION}/repertoire"]))
    assert "shown first" in maillage("community", "feature", "habitation", iri).line
    assert "no longer" in maillage("community", "unfeature", "habitation", iri).line
    assert "does not show" in maillage.fails("community", "unfeature", "habitation", iri)


def test_guests_are_listed_and_become_members(maillage: Shell) -> None:
    row = ActorRow(iri=ALI, type="Person", document=b"{}", name="Ali", username="ali", host="ailleurs.example")
    maillage.write(lambda uow: uow.actors.put(row))
    maillage.write(lambda uow: uow.members.join(ALI, HABITATION, GUEST, NOW))
    assert [row["iri"] for row in maillage("community", "guests", "habitation", "--json").json] == [ALI]
    assert "no guest of animation" in maillage.fails("community", "welcome", "animation", ALI)
    assert maillage("community", "welcome", "habitation", "@ali@ailleurs.example").line == f"{ALI} is a member now."
    assert "No guest" in maillage("community", "guests", "habitation").out
    assert maillage.write(lambda uow: uow.members.roles(ALI, HABITATION, datetime.now(UTC))) == {MEMBER}  # noqa: TID251 -- now


def test_one_is_reserved_to_its_coordinators_and_opened_again(maillage: Shell) -> None:
    assert "Only those" in maillage("community", "restrict", "habitation").line
    assert "Every member" in maillage("community", "restrict", "habitation", "--lift").line
