"""maillage member: accounts, roles, passwords and sign-in links."""

from __future__ import annotations

import pytest

from kit.nodes import now
from kit.shell import HABITATION, URL, Shell
from node.storage.shelves.accounts import Accounts
from node.storage.unit_of_work import UnitOfWork


def test_somebody_is_added_with_a_role_and_a_password(maillage: Shell) -> None:
    given = (
        "member",
        "add",
        "Lea@savoirs.example",
        "--name",
        "Léa [b] Tremblay",
        "--community",
        "habitation",
        "--role",
        "curation",
    )
    iri = maillage(*given, "--password-stdin", stdin="une phrase assez longue\n").line
    assert iri == f"{URL}/personnes/lea-b-tremblay"
    row = maillage.write(lambda uow: uow.members.by_email("lea@savoirs.example"))
    assert row is not None
    assert row.password_hash.startswith("$argon2")
    roles = maillage.write(lambda uow: [each.role for each in uow.members.of(HABITATION, now()) if each.person == iri])
    assert [role.rsplit("/", 1)[1] for role in roles] == ["curation"]
    # A name is shown as it is written: nothing in it steers the table.
    assert "Léa [b] Tremblay" in maillage("member", "list").out
    listed = {row["email"]: row for row in maillage("member", "list", "--json").json}
    assert listed["lea@savoirs.example"]["communities"] == [HABITATION]


def test_a_link_signs_in_once(maillage: Shell) -> None:
    link = maillage("member", "link", "mireille@savoirs.example").line
    address, _, token = link.partition("?jeton=")
    assert address == f"{URL}/entrer"
    person = maillage.write(lambda uow: uow.sessions.use_token("sign-in", token, now()))
    assert person == f"{URL}/personnes/mireille-cote"
    assert maillage.write(lambda uow: uow.sessions.use_token("sign-in", token, now())) is None


def test_who_lost_their_phone_comes_in_by_a_link(maillage: Shell) -> None:
    def lock(uow: UnitOfWork) -> str:
        row = uow.members.by_email("mireille@savoirs.example")
        assert row is not None
        Accounts(uow.ground).second.put(row.iri, "SECRET", 0, now())
        uow.sessions.open(row.iri, now())
        return row.iri

    person = maillage.write(lock)
    assert "maillage member link" in maillage("member", "unlock", "mireille@savoirs.example").out
    assert maillage.write(lambda uow: Accounts(uow.ground).second.get(person)) is None
    assert maillage.write(lambda uow: uow.sessions.of(person, now())) == []
    assert "nobody here has the address" in maillage.fails("member", "unlock", "lea@savoirs.example")


def test_a_password_that_would_be_tried_first_is_refused(maillage: Shell) -> None:
    given = ("member", "add", "lea@savoirs.example", "--name", "Léa", "--password-stdin")
    assert "among the first" in maillage.run(*given, stdin="motdepasse2026\n").err
    assert "no password came" in maillage.run(*given).err
    assert "lea@savoirs.example" not in maillage("member", "list", "--json").out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "lea", "--name", "Léa"), "is not an e-mail address"),
        (("add", "lea@savoirs.example"), "needs a name"),
        (("add", "lea@savoirs.example", "--name", "Léa", "--community", "zz"), "no community 'zz'"),
        (("add", "lea@savoirs.example", "--name", "Léa", "--community", "habitation", "--role", "chef"), "no role 'chef'"),
        (("add", "@lea@ailleurs.example"), "needs --community"),
        (("link", "lea@savoirs.example"), "nobody here has the address"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(maillage: Shell, arguments: tuple[str, ...], told: str) -> None:
    assert told in maillage.fails("member", *arguments)
    assert "lea@savoirs.example" not in maillage("member", "list", "--json").out


def test_the_first_person_looks_after_the_node_until_another_does(maillage: Shell) -> None:
    maillage("member", "add", "webmaster@savoirs.example", "--name", "Webmestre")
    maillage("member", "administer", "webmaster@savoirs.example")
    assert "appoint somebody first" in maillage.fails("member", "administer", "webmaster@savoirs.example", "--end")
    assert "looks after the node" in maillage("member", "administer", "mireille@savoirs.example").line
    assert "no longer" in maillage("member", "administer", "webmaster@savoirs.example", "--end").line
    assert "nobody here" in maillage.fails("member", "administer", "rien@savoirs.example")
