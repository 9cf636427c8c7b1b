"""maillage join: a person of this node asks to join a community elsewhere, and leaves it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kit.shell import HABITATION, Shell
from node.storage.shelves.actors import ActorRow

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
FAR = "https://ailleurs.example/c/logement"
WHO = "mireille@savoirs.example"


@pytest.fixture
def acquainted(maillage: Shell) -> Shell:
    row = ActorRow(
        iri=FAR, type="Group", document=b"{}", name="Logement", username="logement", host="ailleurs.example", inbox=f"{FAR}/inbox"
    )
    maillage.write(lambda uow: uow.actors.put(row))
    return maillage


@pytest.mark.parametrize(
    ("who", "address", "told"),
    [
        ("personne@savoirs.example", FAR, "nobody here has the address"),
        (WHO, HABITATION, "maillage member add"),
        (WHO, "personne", "not written like @name@host"),
    ],
)
def test_what_cannot_be_is_refused(maillage: Shell, who: str, address: str, told: str) -> None:
    assert told in maillage.fails("join", who, address)
    assert maillage("links", "--json").json == []


def test_somebody_leaves(acquainted: Shell) -> None:
    person = acquainted.write(lambda uow: uow.members.by_email(WHO))
    assert person is not None
    acquainted.write(lambda uow: uow.followings.put(person.iri, FAR, activity="f", state="accepted", at=NOW))
    assert acquainted("links", "--json").json[0]["state"] == "accepted"
    assert acquainted("join", WHO, "@logement@ailleurs.example", "--leave").line == f"{person.iri} → {FAR}: ended."
    assert "no such link" in acquainted.fails("join", WHO, "@logement@ailleurs.example", "--leave")


def test_what_goes_there_names_its_author(acquainted: Shell) -> None:
    page = acquainted.folder / "note.md"
    page.write_text("# Une note\n\nEn deux mots.\n", "utf-8")
    assert "--author EMAIL" in acquainted.fails("publish", str(page), "--community", FAR)
    assert "join it first" in acquainted.fails("publish", str(page), "--community", "@logement@ailleurs.example", "--author", WHO)
    person = acquainted.write(lambda uow: uow.members.by_email(WHO))
    assert person is not None
    acquainted.write(lambda uow: uow.followings.put(person.iri, FAR, activity="f", state="accepted", at=NOW))
    iri = acquainted("publish", str(page), "--community", "@logement@ailleurs.example", "--author", WHO).line
    waiting = acquainted.write(lambda uow: uow.deliveries.waiting())
    assert [(row.object, row.inbox) for row in waiting] == [(iri, f"{FAR}/inbox")]
