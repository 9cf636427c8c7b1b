"""Copies kept elsewhere: sealed before they leave, read back, the last seven; and put back as a rehearsal."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kit.cloud import PASSWORD, USER, Cloud, cloud
from kit.guests import Stage
from node.actions.back_up import back_up
from node.actions.send_away import NotKept, rehearse, send_away, try_out
from node.contracts import Tools
from node.domain.elsewhere_copies import KEPT, Log, Place, told
from node.jobs import back_up as job
from node.storage.backups import address_in
from node.storage.elsewhere_copies import SECRET, keep_log, keep_password, log_of, whole
from node.storage.engine import Database
from node.storage.sealing import new_keys, unseal
from node.transport.carrying import Carrier
from node.transport.requests import Requests


@dataclass
class Scene:
    stage: Stage
    cloud: Cloud
    tools: Tools
    secret: str

    async def log(self) -> Log:
        return await self.tools.database.read(log_of)


@pytest.fixture
async def scene(tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Scene]:
    path = tmp_path / "maillage.sqlite"
    path.write_bytes(Path(sqlite_template).read_bytes())
    database, (secret, public) = Database(f"sqlite:///{path}"), new_keys()
    stage = Stage(database)
    stage.note("Porte-à-porte")
    requests = Requests(agent="Maillage/test", allow_addresses=["127.0.0.11/32"], allow_http=True)
    tools = replace(stage.tools, data=tmp_path, carrier=Carrier(requests, "Maillage/test"))
    async with cloud() as folder:
        place = Place(url=folder.folder, user=USER, password=PASSWORD, key=public)
        keep_password(place, tmp_path)
        database.write_now(lambda uow: keep_log(uow, Log(place=place)))
        yield Scene(stage=stage, cloud=folder, tools=tools, secret=secret)
    database.close()


async def test_a_copy_leaves_sealed_and_its_key_alone_opens_it(scene: Scene, tmp_path: Path) -> None:
    made = await back_up(scene.tools)
    sent = await send_away(scene.tools, Path(made.path))
    assert sent is not None
    ((target, content),) = scene.cloud.files.items()
    assert target == f"/Copies/{sent.name}"
    assert len(content) == sent.size
    assert b"SQLite" not in content
    file, folder = tmp_path / "x.age", tmp_path / "x"
    file.write_bytes(content)
    folder.mkdir()
    unseal(file, scene.secret, folder)
    assert address_in(folder / "maillage.sqlite") == scene.stage.house().url
    assert (await scene.log()).sent == (sent,)
    rows = scene.stage.database.read_now(lambda uow: uow.state.get("backup.elsewhere")) or ""
    assert PASSWORD not in rows
    assert (tmp_path / SECRET).stat().st_mode & 0o077 == 0
    moved = replace((await scene.log()).place or Place(url="", user=""), url="http://autre.example/")
    assert whole(moved, tmp_path).password == "", "a password is told to no other server"


async def test_the_last_seven_are_kept_and_every_night_one_goes(scene: Scene) -> None:
    await back_up(scene.tools)
    scene.stage.database.write_now(lambda uow: job.start(uow, scene.stage.house()))
    for _ in range(KEPT + 2):
        scene.stage.later(days=1, minutes=1)
        (row,) = scene.stage.database.write_now(lambda uow: job.JOB.claim(uow, scene.stage.house(), 1))
        await job.JOB.work(scene.tools, row)
    log = await scene.log()
    assert len(log.sent) == len(scene.cloud.files) == KEPT
    assert {f"/Copies/{each.name}" for each in log.sent} == set(scene.cloud.files)
    assert log.rehearsal is not None
    assert (log.rehearsal.is_far, log.rehearsal.problem) == (False, "")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, "password"),
        (404, "folder"),
        (409, "folder"),
        (507, "full"),
        (413, "large"),
        (423, "busy"),
        (503, "busy"),
        (301, "moved"),
        (308, "moved"),
        (412, "answer"),
        (500, "answer"),
    ],
)
async def test_what_does_not_arrive_is_told(scene: Scene, status: int, kind: str) -> None:
    scene.cloud.status = status
    made = await back_up(scene.tools)
    assert await send_away(scene.tools, Path(made.path)) is None
    assert ((await scene.log()).problem, (await scene.log()).sent) == (kind, ())
    place = (await scene.log()).place
    assert place is not None
    with pytest.raises(NotKept):
        await try_out(scene.tools, place)


async def test_what_comes_back_changed_did_not_arrive_and_nothing_is_asked_of_the_inside(scene: Scene) -> None:
    place = (await scene.log()).place
    assert place is not None
    await try_out(scene.tools, place)
    assert scene.cloud.files == {}, "the trial is removed"
    scene.cloud.spoils = True
    with pytest.raises(NotKept, match="changed"):
        await try_out(scene.tools, place)
    with pytest.raises(NotKept) as refused:
        await try_out(scene.tools, replace(place, url="http://127.0.0.99/"))
    assert refused.value.kind == "forbidden"


async def test_a_rehearsal_says_what_would_be_there_again(scene: Scene, tmp_path: Path) -> None:
    made = await back_up(scene.tools)
    sent = await send_away(scene.tools, Path(made.path))
    scene.stage.note("Écrite depuis")
    near = await rehearse(scene.tools, Path(made.path), made.at)
    far = await rehearse(scene.tools, Path(made.path), made.at, secret=scene.secret)
    assert sent is not None
    assert (near.problem, far.problem, far.is_far, far.copied_at) == ("", "", True, sent.at)
    assert near.there == far.there
    assert (far.here["things"], far.there["things"], far.there["communities"]) == (2, 1, 1)
    assert (await scene.log()).rehearsal == far
    other, _ = new_keys()
    assert (await rehearse(scene.tools, Path(made.path), made.at, secret=other)).problem == "key"
    assert (await rehearse(scene.tools, Path(made.path), made.at, secret="rien")).problem == "key"
    scene.cloud.files = {name: content[:-1] + b"x" for name, content in scene.cloud.files.items()}
    assert (await rehearse(scene.tools, Path(made.path), made.at, secret=scene.secret)).problem == "changed"
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["sauvegardes"], "nothing is left lying about"


def test_the_address_that_people_see_becomes_that_of_the_files() -> None:
    said = {"dossier": "https://nuage.example/index.php/apps/files/?dir=/", "nom": "nadia", "secret": "x"}
    assert told(said, None)[1] == {"dossier": "folder"}
    place, wrong = told({**said, "dossier": "https://nuage.example/index.php/apps/files/files"}, None)
    assert (place.url, wrong) == ("https://nuage.example/remote.php/dav/files/nadia", {})
    again, _ = told({"dossier": place.url, "nom": "nadia"}, place)
    assert again.password == "x"
    assert json.loads(Log(place=place).payload())["place"]["password"] == ""
