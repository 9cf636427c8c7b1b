"""maillage keys: new keys for one, for several, for all."""

from __future__ import annotations

from kit.shell import HABITATION, URL, Shell


def test_one_actor_gets_new_keys(maillage: Shell) -> None:
    before = maillage.write(lambda uow: uow.keys.signing(HABITATION))
    printed = maillage("keys", "rotate", "habitation").line
    after = maillage.write(lambda uow: uow.keys.signing(HABITATION))
    assert printed == after.iri
    assert printed.startswith(f"{HABITATION}#main-key-")
    assert after.pem != before.pem
    assert maillage.write(lambda uow: uow.keys.before(HABITATION)) == before


def test_everybody_gets_new_keys(maillage: Shell) -> None:
    lines = maillage("keys", "rotate", "--all").out.split()
    assert {line.partition("#")[0] for line in lines} >= {f"{URL}/organisation", f"{URL}/noeud", HABITATION}
    assert len(lines) == len(maillage.write(lambda uow: uow.actors.local()))


def test_by_address_and_by_mail(maillage: Shell) -> None:
    lines = maillage("keys", "rotate", "mireille@savoirs.example", f"{URL}/noeud").out.split()
    assert [line.partition("#")[0] for line in lines] == [f"{URL}/personnes/mireille-cote", f"{URL}/noeud"]


def test_one_says_whose(maillage: Shell) -> None:
    assert "--all" in maillage.fails("keys", "rotate")
    assert "nobody of this node" in maillage.fails("keys", "rotate", "zz")
    assert "nobody here" in maillage.fails("keys", "rotate", "zz@savoirs.example")
