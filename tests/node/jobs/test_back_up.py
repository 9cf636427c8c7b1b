"""Copies of the node: whole, for their owner alone, seven of them, every night once there is a first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kit.guests import Stage
from node.actions.back_up import ALL, BACK_UP, FOLDER, KEPT, back_up, last_copy
from node.actions.send_away import rehearse
from node.contracts import Tools
from node.errors import Invalid
from node.jobs import back_up as job
from node.storage.backups import address_in, examine
from node.storage.engine import Database


@pytest.fixture
def stage(tmp_path: Path, sqlite_template: Path) -> Iterator[Stage]:
    path = tmp_path / "maillage.sqlite"
    path.write_bytes(Path(sqlite_template).read_bytes())
    opened = Database(f"sqlite:///{path}")
    yield Stage(opened)
    opened.close()


def tools_of(stage: Stage) -> Tools:
    return replace(stage.tools, data=Path(stage.database.url.database or "").parent)


async def test_a_copy_is_whole_and_for_its_owner_alone(stage: Stage) -> None:
    made = await back_up(tools_of(stage))
    copy = Path(made.path) / "maillage.sqlite"
    examine(copy)
    assert address_in(copy) == "https://ici.example"
    assert copy.stat().st_mode & 0o077 == 0
    assert Path(made.path).parent.stat().st_mode & 0o077 == 0
    assert stage.database.read_now(last_copy) == made


async def test_the_last_seven_are_kept_and_what_is_not_ours_is_left_alone(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / FOLDER / "a-moi").mkdir(parents=True)
    last = await back_up(tools_of(stage))
    for _ in range(KEPT + 1):
        stage.later(days=1)
        last = await back_up(tools_of(stage))
    found = sorted(path.name for path in (tmp_path / FOLDER).iterdir())
    assert len(found) == KEPT + 1
    assert {"a-moi", Path(last.path).name} <= set(found)


async def test_copies_are_made_every_night_once_there_is_one(stage: Stage) -> None:
    write = stage.database.write_now
    write(lambda uow: job.start(uow, stage.house()))
    stage.later(days=2)
    assert write(lambda uow: job.JOB.claim(uow, stage.house(), 1)) == []
    first = await back_up(tools_of(stage))
    write(lambda uow: job.start(uow, stage.house()))
    for _ in range(2):
        stage.later(days=1, minutes=1)
        (row,) = write(lambda uow: job.JOB.claim(uow, stage.house(), 1))
        await job.JOB.work(tools_of(stage), row)
    kept = stage.database.read_now(last_copy)
    assert kept is not None
    assert (kept.at - first.at).days == 2


async def test_a_night_without_room_is_told_and_the_next_is_tried(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("a file where the folder should be")
    write = stage.database.write_now
    write(lambda uow: uow.tasks.wake(BACK_UP, ALL))
    (row,) = write(lambda uow: job.JOB.claim(uow, stage.house(), 1))
    await job.JOB.work(tools_of(stage), row)
    waiting = stage.database.read_now(lambda uow: uow.tasks.get(BACK_UP, ALL))
    assert waiting is not None
    assert waiting.last_error
    assert waiting.due_at > stage.now


async def test_rows_in_memory_alone_are_not_copied(memory: Database) -> None:
    stage = Stage(memory)
    with pytest.raises(Invalid):
        await back_up(stage.tools)


@pytest.mark.postgres
async def test_rows_on_a_server_are_copied_and_the_copy_is_put_back_to_see(postgresql_address: str, tmp_path: Path) -> None:
    opened = Database(postgresql_address)
    stage = Stage(opened)
    stage.note("Porte-à-porte")
    tools = replace(stage.tools, data=tmp_path)
    made = await back_up(tools)
    assert address_in(Path(made.path) / "maillage.sqlite") == "https://ici.example"
    done = await rehearse(tools, Path(made.path), made.at)
    assert (done.problem, done.there["things"], dict(done.there)) == ("", 1, dict(done.here))
    opened.close()
