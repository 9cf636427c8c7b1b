"""What a community shows, as a tree of digests: the same for everybody, and never older than the rows."""

from __future__ import annotations

from kit.rows import HERE, NOW, THERE, later, put
from node.contracts import House
from node.domain.entries import Audience
from node.domain.errands import FETCH
from node.storage.engine import Database
from node.storage.repertoires import STEP, fetch_listed, tree_of
from node.storage.unit_of_work import UnitOfWork

OURS = f"{HERE}/communautes/a"


def thing(number: int, server: str = HERE) -> str:
    return f"{server}/ressources/{number}"


def fill(uow: UnitOfWork) -> None:
    for number in range(3):
        put(uow, thing(number), f"n{number}", known={"published_at": NOW, "updated_at": later(number) if number else None})
        uow.holdings.add(OURS, thing(number), "own", NOW)


def digest(database: Database) -> str:
    return database.read_now(lambda uow: tree_of(uow, OURS).digest)


def test_each_thing_counts_with_its_last_change(database: Database) -> None:
    database.write_now(fill)
    held = dict(database.read_now(lambda uow: tree_of(uow, OURS)).below(""))
    assert sorted(held) == [thing(0), thing(1), thing(2)]
    assert held[thing(0)] == NOW.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert held[thing(2)] == later(2).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def test_what_lies_elsewhere_or_is_not_here_counts_by_its_address(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        put(uow, thing(1, THERE), "ailleurs", known={"published_at": NOW, "is_local": False})
        for iri in (thing(1, THERE), thing(7)):
            uow.holdings.add(OURS, iri, "reference", NOW)

    database.write_now(deed)
    assert dict(database.read_now(lambda uow: tree_of(uow, OURS)).below("")) == {thing(1, THERE): "", thing(7): ""}


def test_nothing_that_is_not_for_everybody_moves_it(database: Database) -> None:
    database.write_now(fill)
    before = digest(database)
    for number, audience in enumerate((Audience.COMMUNITY, Audience.CHOSEN, Audience.SELF), start=10):

        def deed(uow: UnitOfWork, number: int = number, audience: Audience = audience) -> None:
            put(uow, thing(number), "secret", known={"audience": audience, "community": OURS})
            uow.holdings.add(OURS, thing(number), "own", NOW)

        database.write_now(deed)
        assert digest(database) == before


def test_every_change_shows_at_once(database: Database) -> None:
    seen = {digest(database)}
    database.write_now(fill)
    seen.add(digest(database))
    database.write_now(lambda uow: uow.holdings.remove(OURS, thing(0)))
    seen.add(digest(database))
    database.write_now(lambda uow: put(uow, thing(1), "n1", known={"published_at": NOW, "updated_at": later(50)}))
    seen.add(digest(database))
    database.write_now(lambda uow: uow.things.bury(thing(2), b"{}", NOW))
    seen.add(digest(database))
    assert len(seen) == 5
    assert digest(database) == database.write_now(lambda uow: tree_of(uow, OURS).digest)


def test_what_lies_on_servers_of_others_is_fetched_at_a_walk(database: Database) -> None:
    here = House(url=HERE, name="Ici", mode="open", language="fr", now=NOW)
    target = f"{THERE}/communautes/b"

    def read(uow: UnitOfWork, page: int) -> None:
        listed = [
            thing(number, server) for number in range(3 * page, 3 * page + 3) for server in (THERE, "https://autre.example")
        ]
        fetch_listed(uow, here, target, listed)

    for page in (0, 1):
        database.write_now(lambda uow, page=page: read(uow, page))  # type: ignore[misc]
    tasks = database.read_now(lambda uow: uow.tasks.all(FETCH))
    due = {server: [row.due_at for row in tasks if row.subject.startswith(server)] for server in (THERE, "https://autre.example")}
    assert due == {THERE: [NOW] * 6, "https://autre.example": [NOW + number * STEP for number in (0, 1, 2, 2, 3, 4)]}
