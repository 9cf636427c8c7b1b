from __future__ import annotations

from kit.rows import HERE, NOW, later, put
from node.domain.entries import Audience
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork

A = f"{HERE}/communautes/a"


def test_what_waits_is_listed_to_whoever_may_see_it(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        one = put(uow, f"{HERE}/1", known={"community": A})
        two = put(uow, f"{HERE}/2", known={"audience": Audience.COMMUNITY, "community": A})
        uow.unfinished.add(two, NOW)
        uow.unfinished.add(one, later(60))
        uow.unfinished.add(one, later(90))
        assert [each.entry.iri for each in uow.unfinished.listed(scope=PUBLIC_SCOPE)] == [one]
        inside = Scope(actor=f"{HERE}/personnes/m", communities=frozenset({A}))
        assert [each.entry.iri for each in uow.unfinished.listed(scope=inside, community=A)] == [two, one]
        assert uow.unfinished.listed(scope=inside, community=f"{HERE}/autre") == []
        assert uow.unfinished.among([one, f"{HERE}/3"]) == {one}
        uow.things.bury(two, b"{}", NOW)
        assert [each.entry.iri for each in uow.unfinished.listed(scope=inside)] == [one]
        assert [uow.unfinished.remove(one), uow.unfinished.remove(one)] == [True, False]

    database.write_now(deed)
