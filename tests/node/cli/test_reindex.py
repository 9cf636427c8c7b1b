"""maillage reindex: what is derived from the documents is made anew, batch by batch."""

from __future__ import annotations

import time

from sqlalchemy import text

from kit.nodes import now
from kit.rows import put
from kit.shell import Shell
from node.cli import taking_up
from node.storage.unit_of_work import UnitOfWork


def test_everything_is_found_again(maillage: Shell) -> None:
    def fill(uow: UnitOfWork) -> None:
        for number in range(7):
            put(uow, f"https://ailleurs.example/r/{number}", f"Hirondelle {number}")

    def lose(uow: UnitOfWork) -> None:
        uow.connection.execute(text("DELETE FROM search_index"))
        for task in uow.tasks.claim("intersections", now(), "a", 10):
            uow.tasks.finish(task, now())

    maillage.write(fill)
    maillage.write(lose)
    assert maillage("repertoire", "--search", "hirondelles", "--json").json == []
    maillage.monkeypatch.setattr(taking_up, "BATCH", 2)
    said = maillage("reindex").out.splitlines()
    assert "complete" in said[-1]
    assert said[0].endswith("public things can be asked about at /sparql.")
    assert len(maillage("repertoire", "--search", "hirondelles", "--json").json) == 7
    assert len(maillage("repertoire", "--search", "accueil", "--json").json) >= 1
    waiting = [task["kind"] for task in maillage("inspect", "--json").json["tasks"]]
    assert "intersections" in waiting


def test_a_node_that_serves_meanwhile_can_write_between_two_batches(maillage: Shell) -> None:
    rests: list[float] = []

    def rest(seconds: float) -> None:
        rests.append(seconds)
        maillage.write(lambda uow: uow.state.set("written", str(len(rests))))

    maillage.write(lambda uow: [put(uow, f"https://ailleurs.example/r/{number}", "Hirondelle") for number in range(7)])
    maillage.monkeypatch.setattr(taking_up, "BATCH", 2)
    maillage.monkeypatch.setattr(time, "sleep", rest)
    maillage("reindex")
    assert len(rests) >= 4
    # SQLite asks again after a tenth of a second at the latest.
    assert min(rests) > 0.1
