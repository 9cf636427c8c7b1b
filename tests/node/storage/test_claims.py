from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import timedelta

import pytest

from kit.rows import HERE, NOW, activity, later
from node.storage import claims
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork

CLAIMANTS = 4


def fill(uow: UnitOfWork) -> None:
    for number in range(60):
        uow.tasks.wake("fetch", f"thing {number}")
        inbox = f"https://host{number % 30}.example/inbox"
        uow.outbox.add(activity(f"{HERE}/activites/{number}", f"{HERE}/r/{number}"), [inbox], at=NOW)


@pytest.mark.parametrize("shelf", ["tasks", "deliveries"])
def test_claimants_get_disjoint_rows_and_all_of_them(database: Database, shelf: str) -> None:
    database.write_now(fill)
    start = threading.Barrier(CLAIMANTS)
    claimed: dict[str, list[int]] = {f"here/{number}/0": [] for number in range(CLAIMANTS)}

    def claim(uow: UnitOfWork, owner: str) -> list[int]:
        if shelf == "tasks":
            return [row.id for row in uow.tasks.claim("fetch", NOW, owner, 3)]
        return [row.id for row in uow.deliveries.claim(NOW, owner, 3)]

    def work(owner: str) -> None:
        start.wait(10)
        empty = 0
        # a claim may find nothing while another one holds what is next
        while empty < 5:
            rows = database.write_now(lambda uow: claim(uow, owner))
            claimed[owner] += rows
            empty = 0 if rows else empty + 1

    threads = [threading.Thread(target=work, args=(owner,)) for owner in claimed]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    every = [row for rows in claimed.values() for row in rows]
    assert len(every) == len(set(every)) == 60


def test_a_lease_that_runs_out_is_given_to_the_next(database: Database) -> None:
    database.write_now(lambda uow: uow.tasks.wake("fetch", "x"))
    first = database.write_now(lambda uow: uow.tasks.claim("fetch", NOW, "a/1/0", 5))
    assert [row.attempts for row in first] == [1]
    assert database.write_now(lambda uow: uow.tasks.claim("fetch", later(59), "a/2/0", 5)) == []
    second = database.write_now(lambda uow: uow.tasks.claim("fetch", later(60), "a/2/0", 5, timedelta(seconds=5)))
    assert [row.attempts for row in second] == [2]


def test_who_lost_the_lease_ends_nothing(database: Database) -> None:
    database.write_now(lambda uow: uow.tasks.wake("fetch", "x"))
    [lost] = database.write_now(lambda uow: uow.tasks.claim("fetch", NOW, "a/1/0", 5))
    [held] = database.write_now(lambda uow: uow.tasks.claim("fetch", later(61), "a/2/0", 5))
    database.write_now(lambda uow: uow.tasks.finish(lost, later(62)))
    assert database.read_now(lambda uow: [row.state for row in uow.tasks.all()]) == ["due"]
    database.write_now(lambda uow: uow.tasks.finish(held, later(63)))
    assert database.read_now(lambda uow: [row.state for row in uow.tasks.all()]) == ["done"]


def test_the_leases_of_the_dead_are_freed(database: Database) -> None:
    def deed(uow: UnitOfWork) -> None:
        for subject, owner in (("x", "here/1/0"), ("y", "here/2/0"), ("z", "there/3/0")):
            uow.tasks.wake(subject, subject)
            uow.tasks.claim(subject, NOW, owner, 1)

    database.write_now(deed)
    freed = database.write_now(lambda uow: uow.release_dead("here/9/0", NOW, is_alive=lambda owner: owner == "here/2/0"))
    assert freed == 1
    again = database.write_now(lambda uow: [len(uow.tasks.claim(kind, NOW, "here/9/0", 1)) for kind in "xyz"])
    assert again == [1, 0, 0]


def test_this_process_runs_and_an_ended_one_does_not() -> None:
    me = claims.owner_here()
    assert claims.is_running(me)
    host, pid, start = me.split("/")
    assert (int(pid), claims.is_running(f"{host}/{pid}/1{start}")) == (os.getpid(), False)
    ended = subprocess.Popen([sys.executable, "-c", "pass"])
    ended.wait()
    assert not claims.is_running(f"{host}/{ended.pid}/{start}")
    assert not claims.is_running("nonsense")
