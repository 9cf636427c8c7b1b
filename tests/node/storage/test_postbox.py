"""The password of the mail server lies in a file of its own, and is told to nobody else."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

from node.domain.letters import Postbox
from node.storage.backups import copy_living
from node.storage.engine import Database
from node.storage.postbox import POSTBOX, SECRET, hide_password, keep_password, keep_postbox, kept_postbox, whole_postbox

PASSWORD = "la-loutre-dort-au-soleil"
BOX = Postbox(host="mail.example", user="maillage", password=PASSWORD, sender="a@mail.example")


def test_neither_rows_nor_a_copy_of_them_hold_it(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/maillage.sqlite")
    database.migrate()
    keep_password(BOX, tmp_path)
    database.write_now(lambda uow: keep_postbox(uow, BOX))
    assert database.read_now(lambda uow: whole_postbox(uow, tmp_path)) == BOX
    assert (tmp_path / SECRET).stat().st_mode & 0o777 == 0o600
    copy_living(tmp_path / "maillage.sqlite", tmp_path / "copy")
    database.close()
    for file in (*tmp_path.glob("maillage.sqlite*"), tmp_path / "copy"):
        assert PASSWORD.encode() not in file.read_bytes(), file.name


def test_it_is_told_to_no_other_server_and_no_other_name(memory: Database, tmp_path: Path) -> None:
    keep_password(BOX, tmp_path)
    for other in (replace(BOX, host="evil.example"), replace(BOX, user="x")):
        memory.write_now(lambda uow, other=other: keep_postbox(uow, other))  # type: ignore[misc]
        assert memory.read_now(lambda uow: whole_postbox(uow, tmp_path)) == replace(other, password="")
    keep_password(replace(BOX, password=""), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_an_earlier_version_kept_among_the_rows_is_moved(memory: Database, tmp_path: Path) -> None:
    memory.write_now(lambda uow: uow.state.set(POSTBOX, json.dumps(asdict(BOX))))
    for _ in range(2):
        memory.write_now(lambda uow: hide_password(uow, tmp_path))
        assert PASSWORD not in (memory.read_now(lambda uow: uow.state.get(POSTBOX)) or "")
        assert memory.read_now(lambda uow: whole_postbox(uow, tmp_path)) == BOX
    assert memory.read_now(kept_postbox) == replace(BOX, password="")
