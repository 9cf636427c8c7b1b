from __future__ import annotations

from datetime import datetime

import pytest

from kit.rows import HERE, NOW, THERE, later, put
from node.domain.entries import Audience
from node.domain.visibility import PUBLIC_SCOPE, Scope
from node.errors import Invalid
from node.storage.engine import Database
from node.storage.shelves import threads
from node.storage.shelves.threads import MOST_LEVELS, ThreadRow, Turn
from node.storage.unit_of_work import UnitOfWork

TALK = f"{HERE}/conversations/1"
OURS = f"{HERE}/communautes/a"
ALL = frozenset(Audience)


def said(uow: UnitOfWork, name: str, parent: str = "", context: str = "", at: datetime = NOW, **known: object) -> str:
    iri = name if name.startswith("https:") else f"{HERE}/echanges/{name}"
    put(uow, iri, name, known=dict(known))
    uow.threads.put(ThreadRow(thing=iri, parent=parent, context=context, at=at))
    return iri


def names(turns: list[Turn]) -> list[str]:
    return [turn.thing.entry.iri.rpartition("/")[2] for turn in turns]


def conversation(uow: UnitOfWork) -> None:
    top = said(uow, "top", context=TALK)
    first = said(uow, "a", top, TALK, later(1))
    said(uow, "b", top, TALK, later(2))
    said(uow, "c", first, TALK, later(3), audience=Audience.COMMUNITY, community=OURS)


def test_a_conversation_is_told_in_the_order_in_which_it_was_said(database: Database) -> None:
    database.write_now(conversation)

    def look(uow: UnitOfWork) -> None:
        assert names(uow.threads.of(TALK, scope=PUBLIC_SCOPE, audiences=ALL)) == ["top", "a", "b"]
        assert uow.threads.count(TALK, scope=PUBLIC_SCOPE, audiences=ALL) == 3
        first = uow.threads.of(TALK, scope=PUBLIC_SCOPE, audiences=ALL, limit=2)
        assert names(uow.threads.of(TALK, scope=PUBLIC_SCOPE, audiences=ALL, after=first[-1].cursor)) == ["b"]
        inside = Scope(actor=f"{HERE}/personnes/p", communities=frozenset({OURS}))
        assert uow.threads.count(TALK, scope=inside, audiences=ALL) == 4
        # Below something reserved nothing wider is listed.
        assert names(uow.threads.of(TALK, scope=inside, audiences={Audience.COMMUNITY})) == ["c"]
        for cursor in ("zzz", "", "MjAyNi0xMS0yMiB4"):
            with pytest.raises(Invalid):
                uow.threads.of(TALK, scope=PUBLIC_SCOPE, audiences=ALL, after=cursor)

    database.read_now(look)


def test_the_answers_to_a_thing_and_all_that_hangs_on_it(database: Database) -> None:
    database.write_now(conversation)
    top = f"{HERE}/echanges/top"

    def look(uow: UnitOfWork) -> None:
        assert names(uow.threads.answers(top, scope=PUBLIC_SCOPE, audiences=ALL)) == ["a", "b"]
        assert uow.threads.count_answers(top, scope=PUBLIC_SCOPE, audiences=ALL) == 2
        inside = Scope(actor=f"{HERE}/personnes/p", communities=frozenset({OURS}))
        assert names(uow.threads.below(top, scope=inside, audiences=ALL, limit=10)) == ["a", "b", "c"]
        assert names(uow.threads.below(top, scope=inside, audiences=ALL, limit=2)) == ["a", "b"]
        assert uow.threads.has_answers(top)
        assert not uow.threads.has_answers(f"{HERE}/echanges/b")

    database.read_now(look)


def test_what_was_withdrawn_or_is_on_a_blocked_server_is_neither_listed_nor_counted(database: Database) -> None:
    database.write_now(conversation)
    top = f"{HERE}/echanges/top"

    def change(uow: UnitOfWork) -> None:
        said(uow, f"{THERE}/notes/d", top, TALK, later(4))
        said(uow, "https://sous.ailleurs.example/notes/e", top, TALK, later(5))
        uow.things.bury(f"{HERE}/echanges/b", b"{}", NOW)

    database.write_now(change)
    of = database.read_now(lambda uow: names(uow.threads.of(TALK, scope=PUBLIC_SCOPE, audiences=ALL)))
    assert of == ["top", "a", "d", "e"]
    database.write_now(lambda uow: uow.peers.put_state("ailleurs.example", "blocked", NOW))
    of = database.read_now(lambda uow: names(uow.threads.of(TALK, scope=PUBLIC_SCOPE, audiences=ALL)))
    assert of == ["top", "a"]
    assert database.read_now(lambda uow: uow.threads.count_answers(top, scope=PUBLIC_SCOPE, audiences=ALL)) == 1


def test_what_hangs_on_a_thing_comes_along_into_its_conversation(database: Database) -> None:
    def grow(uow: UnitOfWork) -> None:
        for number in range(MOST_LEVELS - 1, 0, -1):
            said(uow, f"n{number}", f"{HERE}/echanges/n{number - 1}", at=later(number))
        assert uow.threads.count(TALK, scope=PUBLIC_SCOPE, audiences=ALL) == 0
        said(uow, "n0", context=TALK)

    database.write_now(grow)
    assert database.read_now(lambda uow: uow.threads.count(TALK, scope=PUBLIC_SCOPE, audiences=ALL)) == MOST_LEVELS


def test_a_long_exchange_of_two_is_told_to_go_on_as_far_as_one_may_see_that(database: Database) -> None:
    def exchange(uow: UnitOfWork) -> None:
        for number in range(2 * MOST_LEVELS):
            said(uow, f"n{number}", f"{HERE}/echanges/n{number - 1}" if number else "", TALK, later(number))

    def read(name: str) -> tuple[int, bool]:
        def look(uow: UnitOfWork) -> tuple[int, bool]:
            found = uow.threads.below(f"{HERE}/echanges/{name}", scope=PUBLIC_SCOPE, audiences=ALL, limit=101)
            return len(found), uow.threads.goes_on(found, scope=PUBLIC_SCOPE, audiences=ALL)

        return database.read_now(look)

    database.write_now(exchange)
    assert (read("n0"), read(f"n{MOST_LEVELS}")) == ((MOST_LEVELS, True), (MOST_LEVELS - 1, False))
    assert read(f"n{2 * MOST_LEVELS - 1}") == (0, False)
    first = f"n{MOST_LEVELS + 1}"
    database.write_now(lambda uow: said(uow, first, f"{HERE}/echanges/n{MOST_LEVELS}", TALK, audience=Audience.COMMUNITY))
    assert read("n0") == (MOST_LEVELS, False)


def test_what_may_not_be_seen_takes_no_room_from_what_may(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "MOST_AT_ONCE", 3)

    def flood(uow: UnitOfWork) -> None:
        top = said(uow, "top", context=TALK)
        for number in range(5):
            said(uow, f"secret{number}", top, TALK, later(-number), audience=Audience.COMMUNITY, community=OURS)
        said(uow, "below", said(uow, "open", top, TALK, later(9)), TALK, later(10))

    database.write_now(flood)
    top = f"{HERE}/echanges/top"
    below = database.read_now(lambda uow: names(uow.threads.below(top, scope=PUBLIC_SCOPE, audiences=ALL, limit=100)))
    assert below == ["open", "below"]


def test_things_that_answer_one_another_in_a_ring_do_no_harm(database: Database) -> None:
    def ring(uow: UnitOfWork) -> None:
        said(uow, "x", f"{HERE}/echanges/y", TALK)
        said(uow, "y", f"{HERE}/echanges/x", TALK)
        said(uow, "x", f"{HERE}/echanges/y", f"{TALK}2")

    database.write_now(ring)
    below = database.read_now(
        lambda uow: names(uow.threads.below(f"{HERE}/echanges/x", scope=PUBLIC_SCOPE, audiences=ALL, limit=100))
    )
    assert below == ["y"]
