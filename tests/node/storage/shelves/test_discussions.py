"""Exchanges as rows: which are about a thing, which went on last, and only what the reader may see."""

from __future__ import annotations

from kit.rows import HERE, NOW, document, entry, later
from node.domain.entries import Audience
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.storage.engine import Database
from node.storage.shelves.threads import ThreadRow
from node.storage.unit_of_work import UnitOfWork

GROUP, OTHERS = f"{HERE}/communautes/c", f"{HERE}/communautes/d"
NOTE = f"{HERE}/ressources/n"
MEMBER = Scope(actor=f"{HERE}/personnes/m", communities=frozenset({GROUP}))


def say(uow: UnitOfWork, name: str, seconds: int, *, parent: str = "", begun: str = "", known: dict[str, object]) -> None:
    iri = f"{HERE}/echanges/{name}"
    usual = {"type": "Note", "kind": "Note", "community": GROUP, "audience": Audience.COMMUNITY}
    uow.things.put(entry(iri, **{**usual, **known}), document(iri, name=name))
    over = f"{HERE}/echanges/{parent}" if parent else ""
    uow.threads.put(ThreadRow(thing=iri, parent=over, context=f"{HERE}/conversations/{begun or name}", at=later(seconds)))


def furnish(uow: UnitOfWork) -> None:
    uow.things.put(entry(NOTE, community=GROUP), document(NOTE, name="Note"))
    uow.threads.put(ThreadRow(thing=NOTE, parent="", context=f"{HERE}/conversations/n", at=NOW))
    say(uow, "a", 1, known={})
    say(uow, "b", 2, known={})
    say(uow, "b1", 9, parent="b", begun="b", known={})
    say(uow, "aide", 3, known={"kind": "HelpRequest"})
    say(uow, "ailleurs", 4, known={"community": OTHERS})
    say(uow, "public", 5, known={"community": OTHERS, "audience": Audience.PUBLIC})
    for name in ("b", "ailleurs", "public"):
        uow.discussions.put(f"{HERE}/echanges/{name}", [NOTE])


def names(database: Database, scope: Scope, **asked: object) -> list[tuple[str, int]]:
    found = database.read_now(lambda uow: uow.discussions.in_community(GROUP, scope, **asked))  # type: ignore[arg-type]
    return [(each.thing.entry.iri.rpartition("/")[2], each.answers) for each in found]


def test_the_exchanges_of_a_community_the_last_first(database: Database) -> None:
    database.write_now(furnish)
    assert names(database, MEMBER) == [("b", 1), ("aide", 0), ("a", 0)]
    assert names(database, MEMBER, kind="topics") == [("a", 0)]
    assert names(database, MEMBER, kind="requests") == [("aide", 0)]
    assert names(database, MEMBER, kind="notes") == [("b", 1)]
    assert names(database, MEMBER, limit=1, skip=1) == [("aide", 0)]
    assert names(database, PUBLIC_SCOPE) == []


def test_a_note_counts_once_it_is_answered(database: Database) -> None:
    database.write_now(furnish)
    database.write_now(lambda uow: say(uow, "n1", 20, begun="n", known={}))
    database.write_now(
        lambda uow: uow.threads.put(
            ThreadRow(thing=f"{HERE}/echanges/n1", parent=NOTE, context=f"{HERE}/conversations/n", at=later(20))
        )
    )
    assert names(database, MEMBER, kind="notes") == [("n", 1), ("b", 1)]


def test_what_is_said_about_a_note_where_one_may_read_it(database: Database) -> None:
    database.write_now(furnish)

    def about(scope: Scope) -> list[str]:
        found = database.read_now(lambda uow: uow.discussions.about(NOTE, scope))
        return [each.thing.entry.name for each in found]

    assert [each.rpartition("/")[2] for each in database.read_now(lambda uow: uow.discussions.of(f"{HERE}/echanges/b"))] == ["n"]
    assert len(about(MEMBER)) == 2
    assert len(about(PUBLIC_SCOPE)) == 1
    assert len(about(Scope(actor="x", communities=frozenset({GROUP, OTHERS})))) == 3
