from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from node.contracts import House, Tools
from node.domain.entries import Audience, Entry
from node.jobs.compute_intersections import JOB, KIND, PAUSE
from node.storage.engine import Database
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.tasks import TaskRow
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.things.group import Group
from vocab.things.practice_note import PracticeNote
from vocab.values import Text

NOW = datetime(2026, 11, 22, tzinfo=UTC)
HOUSE = House(url="https://a.example", name="Carrefour", mode="archipelago", language="fr", now=NOW)
NOTE = "https://a.example/ressources/1"


@dataclass
class Bench:
    """All of the tools that this job takes in hand."""

    database: Database

    def house(self) -> House:
        return HOUSE


def share(uow: UnitOfWork) -> None:
    """Two communities of this node hold one note."""
    thing = PracticeNote(id=NOTE, name=Text.of("Accueillir", "fr"))
    entry = Entry(iri=NOTE, type="Article", kind="PracticeNote", audience=Audience.PUBLIC, is_local=True)
    uow.things.put(entry, jsonld.dump(thing))
    for slug in ("x", "y"):
        iri = f"https://a.example/communautes/{slug}"
        document = jsonld.dump(Group(id=iri, name=Text.of(slug, "fr")))
        uow.actors.put(ActorRow(iri=iri, type="Group", document=document, name=slug, is_local=True))
        uow.holdings.add(iri, NOTE, "own", NOW)


def claimed(memory: Database) -> list[TaskRow]:
    return memory.write_now(lambda uow: list(JOB.claim(uow, HOUSE, 5)))


def task(memory: Database) -> TaskRow:
    row = memory.read_now(lambda uow: uow.tasks.get(KIND, "all"))
    assert row is not None
    return row


async def test_a_change_is_computed_once_and_then_done(memory: Database) -> None:
    await memory.write(share)
    [row] = claimed(memory)
    assert claimed(memory) == []
    await JOB.work(cast("Tools", Bench(memory)), row)
    assert task(memory).state == "done"
    assert len(memory.read_now(lambda uow: uow.intersections.all())) == 1
    assert claimed(memory) == []


async def test_what_changes_meanwhile_is_computed_again(memory: Database) -> None:
    await memory.write(share)
    [row] = claimed(memory)
    await memory.write(lambda uow: uow.holdings.remove("https://a.example/communautes/y", NOTE))
    await JOB.work(cast("Tools", Bench(memory)), row)
    [again] = claimed(memory)
    await JOB.work(cast("Tools", Bench(memory)), again)
    assert memory.read_now(lambda uow: uow.intersections.all()) == []


def test_after_a_mishap_it_waits_and_tries_again(memory: Database) -> None:
    memory.write_now(share)
    [row] = claimed(memory)
    mishap = JOB.mishap
    assert mishap is not None
    memory.write_now(lambda uow: mishap(uow, HOUSE, row, "the lights went out"))
    assert claimed(memory) == []
    waiting = task(memory)
    assert (waiting.state, waiting.due_at, waiting.last_error) == ("due", NOW + PAUSE, "the lights went out")
    assert timedelta(0) < PAUSE
