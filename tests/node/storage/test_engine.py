from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from kit.rows import put
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import Busy, Conflict
from node.storage import connecting
from node.storage.engine import Database
from node.storage.unit_of_work import UnitOfWork


class Broken(Exception):
    """A deed that fails."""


def fails(uow: UnitOfWork) -> None:
    uow.state.set("failed", "yes")
    raise Broken


@pytest.fixture
def file(tmp_path: Path) -> Path:
    opened = Database(f"sqlite:///{tmp_path / 'test.sqlite'}")
    opened.migrate()
    opened.close()
    return tmp_path / "test.sqlite"


async def test_what_is_written_can_be_read(database: Database) -> None:
    await database.write(lambda uow: uow.state.set("key", "é\x00\ud800"))
    assert await database.read(lambda uow: uow.state.get("key")) == "é\ufffd?"
    assert database.read_now(lambda uow: uow.state.get("key")) == "é\ufffd?"


async def test_a_deed_that_fails_fails_alone(database: Database) -> None:
    async def one(number: int) -> None:
        await database.write(fails if number % 3 == 0 else lambda uow: uow.state.set(f"key {number}", "x"))

    results = await asyncio.gather(*(one(number) for number in range(30)), return_exceptions=True)
    assert [isinstance(result, Broken) for result in results] == [number % 3 == 0 for number in range(30)]
    kept = await database.read(lambda uow: [uow.state.get(f"key {number}") for number in range(30)])
    assert [value is None for value in kept] == [number % 3 == 0 for number in range(30)]
    assert await database.read(lambda uow: uow.state.get("failed")) is None


async def test_reading_changes_nothing(database: Database) -> None:
    with pytest.raises(Exception, match=r"read-?only|may not be written"):
        await database.read(lambda uow: uow.state.set("key", "x"))
    await database.write(lambda uow: uow.state.set("key", "y"))
    assert await database.read(lambda uow: uow.state.get("key")) == "y"


def test_reading_in_memory_changes_nothing(memory: Database) -> None:
    with pytest.raises(Exception, match="may not be written"):
        memory.read_now(lambda uow: uow.state.set("key", "x"))
    memory.write_now(lambda uow: uow.state.set("key", "y"))
    assert memory.read_now(lambda uow: uow.state.get("key")) == "y"


def test_one_look_sees_one_state(database: Database) -> None:
    def look(uow: UnitOfWork) -> tuple[str | None, str | None]:
        before = uow.state.get("key")
        database.write_now(lambda inner: inner.state.set("key", "new"))
        return before, uow.state.get("key")

    database.write_now(lambda uow: uow.state.set("key", "old"))
    assert database.read_now(look) == ("old", "old")
    assert database.read_now(lambda uow: uow.state.get("key")) == "new"


def test_what_contradicts_is_a_conflict(database: Database) -> None:
    def twice(uow: UnitOfWork) -> None:
        for _ in range(2):
            uow.connection.exec_driver_sql("INSERT INTO state (key, value) VALUES ('a', 'b')")

    with pytest.raises(Conflict):
        database.write_now(twice)


async def test_who_stops_waiting_before_the_deed_begins_stops_the_deed(memory: Database) -> None:
    held = threading.Event()
    first = asyncio.ensure_future(memory.write(lambda _: held.wait(5)))
    await asyncio.sleep(0.05)
    second = asyncio.ensure_future(memory.write(lambda uow: uow.state.set("key", "x")))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.sleep(0)
    held.set()
    assert await first
    assert await memory.read(lambda uow: uow.state.get("key")) is None


def test_a_deed_may_not_wait_for_another(memory: Database) -> None:
    with pytest.raises(RuntimeError, match="for ever"):
        memory.write_now(lambda _: memory.write_now(lambda _: None))


def test_closed_is_closed(file: Path) -> None:
    database = Database(f"sqlite:///{file}")
    database.write_now(lambda uow: uow.state.set("key", "x"))
    database.close()
    database.close()
    with pytest.raises(Busy):
        database.write_now(lambda _: None)


def test_pragmas(file: Path) -> None:
    database = Database(f"sqlite:///{file}")
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "temp_store")

    def look(uow: UnitOfWork) -> list[object]:
        return [uow.connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]

    assert database.read_now(look) == database.write_now(look) == ["wal", 2, 1, 10_000, 2]
    database.close()


def test_a_faulty_library_is_named(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    assert connecting.warn_of_faulty_library()
    monkeypatch.setattr(dbapi2, "sqlite_version_info", (3, 51, 2))
    assert not connecting.warn_of_faulty_library()
    assert "3.51.3" in caplog.text


def test_a_full_disk_says_so_and_passes(file: Path) -> None:
    database = Database(f"sqlite:///{file}")

    def limit(uow: UnitOfWork, pages: int = 0) -> None:
        now = int(uow.connection.exec_driver_sql("PRAGMA page_count").scalar_one())
        uow.connection.exec_driver_sql(f"PRAGMA max_page_count={pages or now + 1}")

    database.write_now(limit)
    with pytest.raises(Busy, match="full"):
        database.write_now(lambda uow: put(uow, "https://a.example/1", "x" * 100_000))
    assert database.read_now(lambda uow: uow.things.get_any("https://a.example/1")) is None
    database.write_now(lambda uow: limit(uow, 1_000_000))
    database.write_now(lambda uow: put(uow, "https://a.example/1", "x" * 100_000))
    assert database.read_now(lambda uow: uow.things.count(scope=PUBLIC_SCOPE)) == 1
    database.close()


def test_a_file_that_another_holds_is_busy_for_writers_only(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "PRAGMAS", ("PRAGMA busy_timeout=200", *connecting.PRAGMAS[1:]))
    database = Database(f"sqlite:///{file}")
    other = dbapi2.connect(str(file), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    start = time.monotonic()
    with pytest.raises(Busy, match="locked"):
        database.write_now(lambda uow: uow.state.set("key", "x"))
    assert time.monotonic() - start < 5
    assert database.read_now(lambda uow: uow.state.get("key")) is None
    other.execute("ROLLBACK")
    other.close()
    database.write_now(lambda uow: uow.state.set("key", "x"))
    database.close()


WRITES = """
import sys
from node.storage.engine import Database

database = Database(sys.argv[1])
for number in range(int(sys.argv[3])):
    database.write_now(lambda uow: uow.state.set(f"{sys.argv[2]} {number}", "x"))
    print(number, flush=True)
database.close()
"""


def test_two_processes_write_one_file(file: Path) -> None:
    address = f"sqlite:///{file}"
    command = [sys.executable, "-c", WRITES, address]
    both = [subprocess.Popen([*command, name, "150"], stdout=subprocess.DEVNULL) for name in ("a", "b")]
    assert [each.wait(timeout=60) for each in both] == [0, 0]
    database = Database(address)
    kept = database.read_now(lambda uow: [uow.state.get(f"{name} {n}") for name in ("a", "b") for n in range(150)])
    assert kept == ["x"] * 300
    database.close()


STORM = """
import asyncio, sys
from node.storage.engine import Database

async def main():
    database = Database(sys.argv[1])
    async def one(number):
        await database.write(lambda uow: uow.state.set(str(number), "x"))
        print(number, flush=True)
    await asyncio.gather(*(one(number) for number in range(20_000)))

asyncio.run(main())
"""


def test_what_was_told_to_be_done_survives_a_kill(file: Path) -> None:
    address = f"sqlite:///{file}"
    storm = subprocess.Popen([sys.executable, "-c", STORM, address], stdout=subprocess.PIPE)
    assert storm.stdout is not None
    told = [int(storm.stdout.readline()) for _ in range(300)]
    storm.kill()
    told += [int(line) for line in storm.stdout.read().split(b"\n")[:-1]]
    storm.wait(timeout=30)
    storm.stdout.close()
    database = Database(address)
    kept = database.read_now(lambda uow: [uow.state.get(str(number)) for number in told])
    assert len(told) >= 300
    assert set(kept) == {"x"}
    check = database.read_now(lambda uow: uow.connection.exec_driver_sql("PRAGMA integrity_check").scalar())
    assert check == "ok"
    database.close()
