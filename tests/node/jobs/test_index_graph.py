"""The index follows the rows by itself: once for many changes, again after what went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from kit.asking import Desk
from kit.rows import put
from node.contracts import House, Tools
from node.graph.engine import Graph
from node.jobs import index_graph
from node.jobs.index_graph import ALL, JOB, KIND
from node.storage.engine import Database
from node.storage.indexed import KEY
from node.storage.shelves.tasks import TaskRow

NOW = datetime(2026, 11, 22, tzinfo=UTC)
HOUSE = House(url="https://a.example", name="Carrefour", mode="archipelago", language="fr", now=NOW)
COUNT = "SELECT (COUNT(*) AS ?n) { ?s a <https://www.w3.org/ns/activitystreams#Article> }"


@dataclass
class Bench:
    """All of the tools that this job takes in hand."""

    database: Database
    graph: Graph | None

    def house(self) -> House:
        return HOUSE


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_graph, "SETTLING", 0)


def claimed(memory: Database) -> list[TaskRow]:
    return memory.write_now(lambda uow: list(JOB.claim(uow, HOUSE, 5)))


def task(memory: Database) -> TaskRow:
    row = memory.read_now(lambda uow: uow.tasks.get(KIND, ALL))
    assert row is not None
    return row


def begin(memory: Database) -> None:
    start = JOB.start
    assert start is not None
    memory.write_now(lambda uow: start(uow, HOUSE))


async def test_what_changed_is_written_once(memory: Database, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "graph")
    tools = cast("Tools", Bench(memory, desk.graph))
    assert claimed(memory) == []
    begin(memory)
    [row] = claimed(memory)
    assert claimed(memory) == []
    await JOB.work(tools, row)
    assert task(memory).state == "done"
    assert claimed(memory) == []
    memory.write_now(lambda uow: [put(uow, f"https://b.example/r/{number}", "Hirondelle") for number in range(3)])
    [row] = claimed(memory)
    await JOB.work(tools, row)
    assert await desk.rows(COUNT) == [("3",)]
    assert claimed(memory) == []


async def test_an_index_that_cannot_be_used_is_made_anew(memory: Database, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "graph")
    tools = cast("Tools", Bench(memory, desk.graph))
    await desk.write({}, 0, anew=True)
    for part in tmp_path.glob("graph/*/live/MANIFEST*"):
        part.write_bytes(b"rien")
    memory.write_now(lambda uow: put(uow, "https://b.example/r/1", "Hirondelle"))
    begin(memory)
    [row] = claimed(memory)
    await JOB.work(tools, row)
    assert await desk.rows(COUNT) == [("1",)]


async def test_what_cannot_be_written_now_is_tried_again_later(memory: Database, tmp_path: Path) -> None:
    (tmp_path / "graph").write_text("ceci n’est pas un dossier")
    begin(memory)
    [row] = claimed(memory)
    with pytest.raises(OSError):  # noqa: PT011 -- whatever the system says
        await JOB.work(cast("Tools", Bench(memory, Graph(tmp_path / "graph"))), row)
    mishap = JOB.mishap
    assert mishap is not None
    memory.write_now(lambda uow: mishap(uow, HOUSE, row, "OSError"))
    assert task(memory).due_at > NOW
    memory.write_now(lambda uow: put(uow, "https://b.example/r/1", "Hirondelle"))
    assert claimed(memory) == [], "what changes meanwhile does not have it tried at once, over and over"


async def test_a_node_that_answers_no_questions_keeps_no_index(memory: Database) -> None:
    begin(memory)
    [row] = claimed(memory)
    await JOB.work(cast("Tools", Bench(memory, None)), row)
    assert task(memory).state == "done"
    memory.write_now(lambda uow: put(uow, "https://b.example/r/1", "Hirondelle"))
    assert claimed(memory) == []


async def test_what_is_asked_no_more_is_never_behind_until_it_is_asked_again(memory: Database, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "graph")
    asked, silent = (cast("Tools", Bench(memory, graph)) for graph in (desk.graph, None))
    begin(memory)
    [row] = claimed(memory)
    await JOB.work(asked, row)
    memory.write_now(lambda uow: put(uow, "https://b.example/r/1", "Hirondelle"))
    [row] = claimed(memory)
    await JOB.work(silent, row)
    assert claimed(memory) == []
    memory.write_now(lambda uow: put(uow, "https://b.example/r/2", "Hirondelle"))
    assert claimed(memory) == []
    begin(memory)
    [row] = claimed(memory)
    await JOB.work(asked, row)
    assert await desk.rows(COUNT) == [("2",)]
    assert memory.read_now(lambda uow: uow.state.get(KEY)) == str(memory.read_now(lambda uow: uow.changes.last_mark()))
    assert claimed(memory) == []
    memory.write_now(lambda uow: put(uow, "https://b.example/r/3", "Hirondelle"))
    assert len(claimed(memory)) == 1
