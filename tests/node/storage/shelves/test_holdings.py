from __future__ import annotations

import pytest

from kit.rows import HERE, NOW, THERE, later, put
from node.domain.entries import Audience
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.errors import Invalid
from node.storage.engine import Database
from node.storage.shelves.holdings import Holding
from node.storage.unit_of_work import UnitOfWork

OURS, THEIRS, OTHERS = f"{HERE}/communautes/a", f"{THERE}/communautes/b", f"{THERE}/communautes/c"


def thing(number: int) -> str:
    return f"{HERE}/ressources/{number}"


def numbers(holdings: list[Holding]) -> list[int]:
    return [int(each.iri.rpartition("/")[2]) for each in holdings]


def fill(uow: UnitOfWork) -> None:
    for number in range(6):
        put(uow, thing(number), f"n{number}", known={"audience": Audience.COMMUNITY, "community": OURS} if number == 5 else {})
        assert uow.holdings.add(OURS, thing(number), "own", later(number // 2))


def test_once_held_is_held(database: Database) -> None:
    database.write_now(fill)
    assert database.write_now(lambda uow: uow.holdings.add(OURS, thing(1), "reference", NOW)) is False
    assert database.read_now(lambda uow: uow.holdings.holders(thing(1))) == [OURS]
    assert database.write_now(lambda uow: uow.holdings.remove(OURS, thing(1))) is True
    assert database.write_now(lambda uow: uow.holdings.remove(OURS, thing(1))) is False
    assert database.read_now(lambda uow: uow.holdings.iris(OURS)) == [thing(n) for n in (0, 2, 3, 4, 5)]


def test_what_is_held_is_listed_within_scope_page_by_page(database: Database) -> None:
    database.write_now(fill)
    member = Scope(communities=frozenset({OURS}), actor="x")

    def look(uow: UnitOfWork) -> None:
        assert numbers(uow.holdings.of(OURS, scope=member)) == [5, 4, 3, 2, 1, 0]
        assert uow.holdings.count(OURS, scope=member) == 6
        pages: list[int] = []
        cursor: str | None = None
        while page := uow.holdings.of(OURS, scope=PUBLIC_SCOPE, limit=2, before=cursor):
            pages += numbers(page)
            cursor = page[-1].cursor
        assert pages == [4, 3, 2, 1, 0]
        assert uow.holdings.count(OURS, scope=PUBLIC_SCOPE) == 5
        one = uow.holdings.get(OURS, thing(4), scope=PUBLIC_SCOPE)
        assert one is not None
        assert one.thing is not None
        assert one.thing.entry.name == "n4"
        assert uow.holdings.get(OURS, thing(5), scope=PUBLIC_SCOPE) is None

    database.read_now(look)


def test_what_is_not_here_yet_is_held_all_the_same(database: Database) -> None:
    database.write_now(lambda uow: uow.holdings.add(THEIRS, thing(9), "reference", NOW, "https://x.example/announce"))
    [held] = database.read_now(lambda uow: uow.holdings.of(THEIRS, scope=PUBLIC_SCOPE))
    assert (held.thing, held.iri, held.mode, held.since) == (None, thing(9), "reference", NOW)
    assert held.activity == "https://x.example/announce"
    assert database.read_now(lambda uow: uow.holdings.count(THEIRS, scope=PUBLIC_SCOPE)) == 1


@pytest.mark.parametrize("cursor", ["x", "é", "MjAyNi0wMS0wMSB4", ""])
def test_a_page_that_is_none(memory: Database, cursor: str) -> None:
    with pytest.raises(Invalid):
        memory.read_now(lambda uow: uow.holdings.of(OURS, scope=PUBLIC_SCOPE, before=cursor))


def test_enlarged_is_what_the_followed_hold_each_once(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        for number in range(5):
            put(uow, thing(number), known={"audience": Audience.SELF if number == 4 else Audience.PUBLIC})
        uow.holdings.add(OURS, thing(0), "own", NOW)
        for number in (1, 2, 4):
            uow.holdings.add(THEIRS, thing(number), "own", later(number))
        for number in (2, 3):
            uow.holdings.add(OTHERS, thing(number), "own", later(10 + number))
        uow.followings.put(OURS, THEIRS, activity="f1", state="accepted", at=NOW)
        uow.followings.put(OURS, OTHERS, activity="f2", state="requested", at=NOW)
        uow.followings.put(THEIRS, OURS, activity="f3", state="accepted", at=NOW)

    database.write_now(deed)
    enlarged = database.read_now(lambda uow: uow.holdings.enlarged(OURS, scope=PUBLIC_SCOPE))
    assert numbers(enlarged) == [2, 1]
    database.write_now(lambda uow: uow.followings.set_state(OURS, OTHERS, "accepted", NOW))

    def look(uow: UnitOfWork) -> None:
        both = uow.holdings.enlarged(OURS, scope=PUBLIC_SCOPE)
        assert numbers(both) == [3, 2, 1]
        assert [each.community for each in both] == [OTHERS, THEIRS, THEIRS]
        assert uow.holdings.enlarged_count(OURS, scope=PUBLIC_SCOPE) == 3
        first = uow.holdings.enlarged(OURS, scope=PUBLIC_SCOPE, limit=1)
        assert numbers(uow.holdings.enlarged(OURS, scope=PUBLIC_SCOPE, before=first[0].cursor)) == [2, 1]
        assert uow.holdings.enlarged_count(THEIRS, scope=PUBLIC_SCOPE) == 1

    database.read_now(look)
