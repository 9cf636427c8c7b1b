"""What many share: one transaction for all who want the same deed, parts that fail alone, answers remembered for a moment."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from types import SimpleNamespace

import pytest

from kit.rows import NOW, THERE
from node.errors import Busy, Conflict, Invalid
from node.storage import recollection
from node.storage.acquaintance import state_of
from node.storage.engine import Database
from node.storage.shelves.actors import ActorRow
from node.storage.unit_of_work import UnitOfWork

A = f"{THERE}/personnes/a"


def actor(iri: str = A, state: str = "active") -> ActorRow:
    return ActorRow(iri=iri, type="Person", document=b"{}", host="ailleurs.example", state=state, fetched_at=NOW)


async def test_those_who_come_at_the_same_time_share_transactions(database: Database) -> None:
    groups: list[list[str]] = []

    def keep(uow: UnitOfWork, names: Sequence[str]) -> None:
        groups.append(list(names))
        for name in names:
            uow.state.set(name, "x")

    await asyncio.gather(*(database.write_together(keep, str(number)) for number in range(50)))
    assert sorted(int(name) for group in groups for name in group) == list(range(50))
    assert len(groups) <= 3
    assert await database.read(lambda uow: all(uow.state.get(str(number)) == "x" for number in range(50)))


async def test_one_that_cannot_be_kept_keeps_no_other_from_it(database: Database) -> None:
    def keep(uow: UnitOfWork, names: Sequence[str]) -> None:
        for name in names:
            uow.state.set(name, "x")
            if name == "bad":
                raise Invalid("Not so.")

    answers = await asyncio.gather(
        *(database.write_together(keep, name) for name in ("a", "b", "bad", "c")), return_exceptions=True
    )
    assert [type(answer) for answer in answers] == [type(None), type(None), Invalid, type(None)]
    assert await database.read(lambda uow: [uow.state.get(name) for name in ("a", "b", "bad", "c")]) == ["x", "x", None, "x"]


async def test_a_database_out_of_reach_is_told_to_all(database: Database) -> None:
    calls = 0

    def full(uow: UnitOfWork, names: Sequence[str]) -> None:
        nonlocal calls
        calls += 1
        raise Busy

    answers = await asyncio.gather(*(database.write_together(full, str(n)) for n in range(9)), return_exceptions=True)
    assert {type(answer) for answer in answers} == {Busy}
    assert calls <= 2


def test_a_part_that_fails_is_undone_alone(database: Database) -> None:
    def part(uow: UnitOfWork, name: str) -> str:
        uow.state.set(name, "x")
        uow.actors.put(actor(f"{THERE}/{name}"))
        uow.tasks.wake("fetch", name)
        if name == "b":
            raise ZeroDivisionError
        if name == "c":
            uow.things.record_recipient("", "")
            uow.ground.connection.exec_driver_sql("INSERT INTO state (key, value) VALUES ('a', 'twice')")
        return name

    def deed(uow: UnitOfWork) -> list[object]:
        made = [uow.attempt(lambda uow, name=name: part(uow, name)) for name in "abcd"]  # type: ignore[misc]  # a default
        return [type(each.failure) if each.failure else each.result for each in made]

    assert database.write_now(deed) == ["a", ZeroDivisionError, Conflict, "d"]
    assert database.read_now(lambda uow: [uow.state.get(name) for name in "abcd"]) == ["x", None, None, "x"]
    assert database.read_now(lambda uow: [task.subject for task in uow.tasks.all("fetch")]) == ["a", "d"]
    assert database.read_now(lambda uow: uow.actors.get(f"{THERE}/b")) is None


def test_what_ends_the_transaction_ends_it(database: Database) -> None:
    def out_of_reach(_: UnitOfWork) -> None:
        raise Busy

    def deed(uow: UnitOfWork) -> None:
        uow.state.set("a", "x")
        uow.attempt(out_of_reach)

    with pytest.raises(Busy):
        database.write_now(deed)
    assert database.read_now(lambda uow: uow.state.get("a")) is None


async def test_what_this_process_changes_is_seen_at_once(database: Database) -> None:
    looked: list[str] = []

    def look(uow: UnitOfWork, iri: str) -> str:
        looked.append(iri)
        return state_of(uow, iri)

    assert [await database.recall(look, A), await database.recall(look, A)] == ["", ""]
    await database.write(lambda uow: uow.actors.put(actor()))
    assert [await database.recall(look, A), await database.recall(look, A)] == ["active", "active"]
    await database.write(lambda uow: uow.actors.set_state(A, "suspended"))
    assert await database.recall(look, A) == "suspended"
    await database.write(lambda uow: uow.state.set("other", "x"))
    assert (await database.recall(look, A), len(looked)) == ("suspended", 3)


async def test_what_another_process_changes_is_seen_after_a_moment(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recollection, "SECONDS", 60.0)
    answers = iter(("before", "after"))

    def look(uow: UnitOfWork, iri: str) -> str:
        return next(answers)

    assert [await database.recall(look, A), await database.recall(look, A)] == ["before", "before"]
    moment = time.monotonic() + 61
    monkeypatch.setattr(recollection, "time", SimpleNamespace(monotonic=lambda: moment))
    assert await database.recall(look, A) == "after"


async def test_a_block_that_comes_while_one_looks_is_not_forgotten(database: Database) -> None:
    """What was read before the change is not kept for after it."""

    def look(uow: UnitOfWork, host: str) -> bool:
        found = uow.peers.is_blocked(host)
        database._memory.forget()
        return found

    assert not await database.recall(look, "ailleurs.example")
    await database.write(lambda uow: uow.peers.put_state("ailleurs.example", "blocked", NOW))
    assert await database.recall(look, "ailleurs.example")


def test_memory_is_bounded() -> None:
    memory = recollection.Recollection()
    for number in range(recollection.MOST + 10):
        memory.put(number, "x", memory.stamp)
    assert memory.get(0) is None
    assert memory.get(recollection.MOST + 9) == ("x",)
