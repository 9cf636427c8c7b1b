from __future__ import annotations

from dataclasses import replace

import pytest

from kit.rows import HERE, NOW, THERE, later
from node.domain.rights import GUEST
from node.errors import Conflict
from node.storage.engine import Database
from node.storage.shelves.members import MemberRow
from node.storage.unit_of_work import UnitOfWork

MIREILLE = MemberRow(iri=f"{HERE}/personnes/mireille", email="Mireille@Ici.example", name="Mireille", created_at=NOW)
ALI = f"{THERE}/personnes/ali"
A, B = f"{HERE}/communautes/a", f"{HERE}/communautes/b"


def test_accounts(database: Database) -> None:
    database.write_now(lambda uow: uow.members.add(MIREILLE))
    database.write_now(lambda uow: uow.members.add(replace(MIREILLE, language="en")))
    kept = database.read_now(lambda uow: uow.members.by_email("mireille@ici.EXAMPLE "))
    assert kept == replace(MIREILLE, email="mireille@ici.example", language="en")
    assert database.read_now(lambda uow: uow.members.get(MIREILLE.iri)) == kept
    assert database.read_now(lambda uow: uow.members.all()) == [kept]
    with pytest.raises(Conflict, match="has an account"):
        database.write_now(lambda uow: uow.members.add(replace(MIREILLE, iri="other")))


def test_memberships_have_their_time(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        uow.members.join(MIREILLE.iri, A, "animation", NOW)
        uow.members.join(MIREILLE.iri, B, "member", later(100))
        joined = uow.members.join(ALI, A, "member", NOW, consent=True, iri="m")
        assert (joined.person, joined.since, joined.until, joined.consent, joined.iri) == (ALI, NOW, None, True, "m")
        assert uow.members.join(ALI, A, "member", later(5), consent=False) == replace(joined, consent=False)
        uow.members.join(ALI, A, "member", later(5), consent=True)
        uow.members.join(ALI, A, "curation", later(10), consent=False)

    database.write_now(deed)

    def look(uow: UnitOfWork) -> None:
        assert uow.members.communities_of(MIREILLE.iri, NOW) == {A}
        assert uow.members.communities_of(MIREILLE.iri, later(100)) == {A, B}
        assert uow.members.communities_of(MIREILLE.iri, later(-1)) == frozenset()
        assert [(m.person, m.role) for m in uow.members.of(A, NOW)] == [(MIREILLE.iri, "animation"), (ALI, "member")]
        assert [uow.members.people(at) for at in (later(-1), NOW, later(100))] == [{}, {A: 2}, {A: 2, B: 1}]
        assert uow.members.consenting(A, NOW) == {ALI}
        assert uow.members.consenting(A, later(10)) == frozenset()
        assert uow.members.is_member(ALI, A, NOW)
        assert not uow.members.is_member(ALI, B, NOW)

    database.read_now(look)
    assert database.write_now(lambda uow: uow.members.leave(ALI, A, later(50))) == 2
    assert database.read_now(lambda uow: [uow.members.is_member(ALI, A, later(n)) for n in (49, 50)]) == [True, False]
    assert database.read_now(lambda uow: uow.members.consenting(A, later(50))) == frozenset()
    again = database.write_now(lambda uow: uow.members.join(ALI, A, "member", later(60)))
    assert (again.since, again.consent) == (later(60), False)


def test_a_guest_belongs_to_nothing_until_made_a_member(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        uow.members.join(ALI, A, GUEST, NOW, consent=True)
        assert uow.members.communities_of(ALI, NOW) == frozenset()
        assert not uow.members.is_member(ALI, A, NOW)
        assert (uow.members.of(A, NOW), uow.members.people(NOW), uow.members.consenting(A, NOW)) == ([], {}, frozenset())
        assert (uow.members.guests(A, NOW), uow.members.roles(ALI, A, NOW)) == ([ALI], frozenset({GUEST}))
        uow.members.join(ALI, A, "member", NOW)
        assert uow.members.is_member(ALI, A, NOW)
        assert uow.members.leave_as(ALI, A, GUEST, later(1)) == 1
        assert (uow.members.guests(A, later(1)), uow.members.is_member(ALI, A, later(1))) == ([], True)

    database.write_now(deed)
