from __future__ import annotations

from datetime import UTC, datetime

from kit.rows import put
from node.domain.entries import Audience
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.storage.coming import beginning_after, begun_before
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork

OURS, THEIRS = "https://n.example/communautes/a", "https://n.example/communautes/b"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MEMBER = Scope(actor="https://n.example/personnes/x", communities=frozenset({OURS}))
EVENT = {"type": "Event", "kind": "Event"}


def fill(uow: UnitOfWork) -> None:
    for name, day, community, more in (
        ("1", "2026-11-01", OURS, {}),
        ("2", "2026-11-20", OURS, {}),
        ("3", "2026-12-24", OURS, {}),
        ("4", "2026-12-01", OURS, {"audience": Audience.COMMUNITY, "community": OURS}),
        ("5", "2026-12-02", THEIRS, {}),
    ):
        iri = f"https://n.example/rencontres/{name}"
        put(uow, iri, f"Rencontre {name}", known={**EVENT, **more}, type="Event", startTime=f"{day}T10:00:00Z")
        uow.holdings.add(community, iri, "own", NOW)
    put(uow, "https://n.example/ressources/6", "Une note", startTime="2026-12-03T10:00:00Z")


def test_the_nearest_come_first_within_scope_and_community(database: Database) -> None:
    database.write_now(fill)

    def look(uow: UnitOfWork) -> None:
        def coming(scope: Scope, communities: tuple[str, ...] | None, limit: int = 9) -> list[str]:
            found = beginning_after(uow, NOW, scope=scope, communities=communities, limit=limit)
            return [each.entry.iri[-1] for each in found]

        assert coming(PUBLIC_SCOPE, None) == ["5", "3"]
        assert coming(MEMBER, None) == ["4", "5", "3"]
        assert coming(MEMBER, (OURS,)) == ["4", "3"]
        assert coming(MEMBER, (OURS,), 1) == ["4"]
        over = begun_before(uow, NOW, scope=MEMBER, communities=(OURS,), limit=9)
        assert [each.entry.iri[-1] for each in over] == ["2", "1"]

    database.read_now(look)


def test_what_communities_hold_is_counted_in_one_go(database: Database) -> None:
    database.write_now(fill)
    seen = database.read_now(lambda uow: uow.holdings.counts((OURS, THEIRS, "x"), scope=PUBLIC_SCOPE))
    assert seen == {OURS: 3, THEIRS: 1, "x": 0}
    assert database.read_now(lambda uow: uow.holdings.counts((OURS,), scope=MEMBER)) == {OURS: 4}
