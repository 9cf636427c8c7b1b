from __future__ import annotations

from kit.rows import HERE, NOW, put
from node.domain.entries import Audience
from node.domain.visibility import PUBLIC_SCOPE
from node.storage.engine import Database
from node.storage.shelves import featured
from node.storage.unit_of_work import UnitOfWork

A = f"{HERE}/communautes/a"


def test_the_list_keeps_its_order_and_tells_nobody_of_what_they_may_not_see(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        hidden = {"audience": Audience.COMMUNITY, "community": A}
        one, two, three = put(uow, f"{HERE}/2"), put(uow, f"{HERE}/1"), put(uow, f"{HERE}/3", known=hidden)
        assert [uow.featured.add(A, iri, NOW) for iri in (one, two, three, one)] == [True, True, True, False]
        assert uow.featured.of(A, scope=PUBLIC_SCOPE) == [one, two]
        uow.things.bury(two, b"{}", NOW)
        assert uow.featured.of(A, scope=PUBLIC_SCOPE) == [one]
        assert [uow.featured.remove(A, one), uow.featured.remove(A, one)] == [True, False]

    database.write_now(deed)


def test_a_list_has_an_end(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        added = [uow.featured.add(A, f"{HERE}/{number}", NOW) for number in range(featured.MOST + 1)]
        assert added == [True] * featured.MOST + [False]

    database.write_now(deed)
