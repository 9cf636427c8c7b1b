from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

import pytest
from sqlalchemy import text

from kit.live import until
from kit.rows import HERE, NOW, THERE, actor, later, put
from node.domain.entries import Audience
from node.errors import Invalid
from node.storage import changing
from node.storage.engine import Database
from node.storage.shelves.changes import Change, Choice
from node.storage.unit_of_work import UnitOfWork

A, B = f"{HERE}/communautes/a", f"{HERE}/communautes/b"
OURS = {"is_local": True}


def log(uow: UnitOfWork, choice: Choice | None = None) -> list[tuple[str, str]]:
    return [(change.deed, change.thing.removeprefix(HERE)) for change in uow.changes.listed(choice or Choice(), 100)]


def test_every_thing_is_in_the_log_once_at_the_place_of_its_last_change(database: Database) -> None:
    def said(iri: str, name: str, seconds: float) -> Callable[[UnitOfWork], str]:
        return lambda uow: put(uow, iri, name, known={**OURS, "stored_at": later(seconds)})

    for number, name in enumerate(("un", "deux", "trois")):
        database.write_now(said(f"{HERE}/{number}", name, number))
    assert database.read_now(log) == [("create", "/0"), ("create", "/1"), ("create", "/2")]
    database.write_now(said(f"{HERE}/0", "encore", 10))
    assert database.read_now(log) == [("create", "/1"), ("create", "/2"), ("update", "/0")]
    database.write_now(lambda uow: uow.things.bury(f"{HERE}/1", b"{}", later(20)))
    newest = database.read_now(lambda uow: uow.changes.newest())
    assert newest is not None
    assert newest == Change(id=newest.id, thing=f"{HERE}/1", deed="delete", kind="PracticeNote", at=later(20))
    assert database.read_now(log) == [("create", "/2"), ("update", "/0"), ("delete", "/1")]


def test_what_changed_nothing_leaves_nothing(database: Database) -> None:
    for seconds in (0, 10):
        database.write_now(lambda uow, at=seconds: put(uow, f"{HERE}/1", "un", known={**OURS, "stored_at": later(at)}))  # type: ignore[misc]
    assert database.read_now(lambda uow: [change.at for change in uow.changes.listed(Choice(), 9)]) == [NOW]


@pytest.mark.parametrize("audience", [Audience.SELF, Audience.COMMUNITY, Audience.CHOSEN])
def test_only_what_is_public_is_there_and_what_was_public_ends(database: Database, audience: Audience) -> None:
    def becomes(wanted: Audience) -> None:
        database.write_now(lambda uow: put(uow, f"{HERE}/1", known={**OURS, "audience": wanted, "community": A}))

    becomes(audience)
    assert database.read_now(log) == []
    becomes(Audience.PUBLIC)
    assert database.read_now(log) == [("create", "/1")]
    becomes(audience)
    assert database.read_now(log) == [("delete", "/1")]
    database.write_now(lambda uow: uow.things.bury(f"{HERE}/1", b"{}", later(9)))
    assert database.read_now(lambda uow: [change.at for change in uow.changes.listed(Choice(), 9)]) == [NOW]


def test_what_others_wrote_is_for_them_to_tell_of_and_is_marked_for_the_index(database: Database) -> None:
    database.write_now(lambda uow: [put(uow, f"{THERE}/1"), put(uow, f"{THERE}/2", known={"audience": Audience.CHOSEN})])
    assert database.read_now(log) == []
    marked = database.read_now(lambda uow: uow.changes.marked(0, 100))
    assert sorted(mark.thing for mark in marked) == [f"{THERE}/1", f"{THERE}/2"]
    database.write_now(lambda uow: uow.things.bury(f"{THERE}/1", b"{}", NOW))
    database.write_now(lambda uow: uow.actors.set_state(f"{THERE}/x", "gone"))
    again = database.read_now(lambda uow: uow.changes.marked(marked[-1].id, 100))
    assert [mark.thing for mark in again] == [f"{THERE}/1", f"{THERE}/x"]
    assert database.read_now(lambda uow: uow.changes.last_mark()) == again[-1].id


def test_what_fails_leaves_neither_change_nor_mark(database: Database) -> None:
    def half(uow: UnitOfWork) -> None:
        put(uow, f"{HERE}/1", known=OURS)
        raise Invalid("half-way")

    assert isinstance(database.write_now(lambda uow: uow.attempt(half)).failure, Invalid)
    with pytest.raises(Invalid, match="half-way"):
        database.write_now(half)
    assert database.read_now(log) == []


def test_old_marks_are_let_go_of(database: Database) -> None:
    for number in range(5):
        database.write_now(lambda uow, n=number: put(uow, f"{THERE}/{n}"))  # type: ignore[misc]
    assert database.write_now(lambda uow: [uow.changes.forget_marks(2, most=2) for _ in range(3)]) == [2, 1, 0]
    first, last = database.read_now(lambda uow: (uow.changes.first_mark(), uow.changes.last_mark()))
    assert (last - first, database.read_now(lambda uow: len(uow.changes.marked(0, 9)))) == (1, 2)


def test_communities_and_the_organisation_are_listed_and_people_are_not(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        for name, kind in (("a", "Group"), ("moi", "Person"), ("organisation", "Organization"), ("noeud", "Application")):
            uow.actors.put(replace(actor(f"{HERE}/{name}", type=kind, is_local=True), fetched_at=NOW))
        uow.actors.put(actor(f"{THERE}/groupe", type="Group"))

    database.write_now(deed)
    assert database.read_now(log) == [("create", "/a"), ("create", "/organisation")]


def test_a_community_lists_what_it_holds_and_the_ends_of_what_it_held(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        for community in (A, B):
            uow.actors.put(actor(community, type="Group", is_local=True))
        for number, holders in enumerate(((A,), (A, B), (), (f"{THERE}/c",))):
            iri = put(uow, f"{HERE}/{number}", known=OURS)
            for holder in holders:
                uow.holdings.add(holder, iri, "own", NOW)

    database.write_now(deed)
    of_a, of_b = Choice(community=A), Choice(community=B)
    assert database.read_now(lambda uow: (log(uow, of_a), log(uow, of_b))) == (
        [("create", "/0"), ("create", "/1")],
        [("create", "/1")],
    )
    assert database.read_now(lambda uow: uow.changes.sets([f"{HERE}/{n}" for n in range(4)])) == {
        f"{HERE}/0": [A],
        f"{HERE}/1": [A, B],
    }

    def let_go(uow: UnitOfWork) -> None:
        uow.holdings.remove(B, f"{HERE}/1")
        uow.changes.touch(f"{HERE}/1", later(5))
        uow.things.bury(f"{HERE}/0", b"{}", later(6))

    database.write_now(let_go)
    assert database.read_now(lambda uow: (log(uow, of_a), log(uow, of_b))) == ([("update", "/1"), ("delete", "/0")], [])


def test_a_choice_has_bounds_and_kinds(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        for number, kind in enumerate(("PracticeNote", "Note", "Meeting", "Note")):
            put(uow, f"{HERE}/{number}", known={**OURS, "kind": kind})

    database.write_now(deed)

    def look(uow: UnitOfWork) -> None:
        ids = [change.id for change in uow.changes.listed(Choice(), 9)]
        assert log(uow, Choice(after=ids[0], up_to=ids[2])) == [("create", "/1"), ("create", "/2")]
        assert log(uow, Choice(without=("Note",))) == [("create", "/0"), ("create", "/2")]
        assert uow.changes.count(Choice(after=ids[0], without=("Note",))) == 1
        assert [uow.changes.last_before(at) for at in (NOW, later(1))] == [0, ids[3]]
        first = uow.changes.oldest()
        assert first is not None
        assert first.thing == f"{HERE}/0"

    database.read_now(look)


def test_a_clock_put_back_puts_nothing_where_harvesters_have_been(database: Database) -> None:
    for number, seconds in enumerate((100, 0, 200)):
        known = {**OURS, "stored_at": later(seconds)}
        database.write_now(lambda uow, n=number, k=known: put(uow, f"{HERE}/{n}", known=k))  # type: ignore[misc]
    moments = database.read_now(lambda uow: [change.at for change in uow.changes.listed(Choice(), 9)])
    assert moments == [later(100), later(100), later(200)]


@pytest.mark.postgres
def test_two_that_write_at_once_are_numbered_as_they_are_committed(postgresql_address: str) -> None:
    """Whoever reads on from the newest number must never find a smaller one later."""
    both = [Database(postgresql_address), Database(postgresql_address)]
    has_written, may_end = threading.Event(), threading.Event()

    def slow(uow: UnitOfWork) -> None:
        uow.changes.touch(f"{HERE}/slow", NOW)
        uow.settle()
        has_written.set()
        may_end.wait(60)

    def seen() -> list[str]:
        return both[1].read_now(lambda uow: [mark.thing for mark in uow.changes.marked(0, 9)])

    def is_decided() -> bool:
        is_waiting = both[1].read_now(lambda uow: uow.ground.number(waiting.bindparams(lock=changing.LOCK))) > 0
        return is_waiting or not second.is_alive()

    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = :lock AND NOT granted")
    first = threading.Thread(target=lambda: both[0].write_now(slow))
    second = threading.Thread(target=lambda: both[1].write_now(lambda uow: uow.changes.touch(f"{HERE}/quick", NOW)))
    first.start()
    has_written.wait(60)
    second.start()
    until(is_decided)
    before = seen()
    may_end.set()
    first.join()
    second.join()
    assert (before, seen()) == ([], [f"{HERE}/slow", f"{HERE}/quick"])
    for each in both:
        each.close()


def test_the_log_begins_with_what_was_public_before_it_was_kept(database: Database) -> None:
    step = import_module("node.storage.migrations.versions.0004_pre_changes")

    def deed(uow: UnitOfWork) -> None:
        uow.actors.put(replace(actor(A, type="Group", is_local=True), fetched_at=NOW))
        for number in range(3):
            put(uow, f"{HERE}/{number}", known={**OURS, "community": A, "stored_at": later(number + 1)})
            uow.holdings.add(A, f"{HERE}/{number}", "own", NOW)
        put(uow, f"{HERE}/secret", known={**OURS, "audience": Audience.COMMUNITY, "community": A})
        put(uow, f"{THERE}/1")
        uow.things.bury(f"{HERE}/1", b"{}", later(9))
        uow.settle()
        for statement in ("DELETE FROM changes", "DELETE FROM change_sets", step.LOG, step.SETS):
            uow.connection.execute(text(statement))
        known = [("create", A.removeprefix(HERE)), ("create", "/0"), ("create", "/2"), ("delete", "/1")]
        assert log(uow) == known
        assert log(uow, Choice(community=A)) == known[1:]

    database.write_now(deed)
