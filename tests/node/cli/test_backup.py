"""maillage backup: a copy of a node that is at work."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pysqlite3 import dbapi2
from sqlalchemy import text

from kit.databases import own_schema
from kit.shell import HABITATION, URL, Shell
from node.domain.visibility import Scope
from node.storage.backups import address_in, examine
from node.storage.engine import Database
from node.storage.schema import metadata
from node.storage.tables.media import media
from node.storage.unit_of_work import UnitOfWork


def test_it_copies_a_node_at_work(maillage: Shell, note: str, tmp_path: Path) -> None:
    at_work = Database(f"sqlite:///{maillage.folder / 'maillage.sqlite'}")
    at_work.write_now(lambda uow: uow.state.set("new", "since"))
    told = maillage("backup", str(tmp_path / "copie"), "--json").json
    at_work.close()
    copy = tmp_path / "copie" / "maillage.sqlite"
    examine(copy)
    assert address_in(copy) == URL == told["node"]
    assert told["bytes"] == sum(path.stat().st_size for path in (tmp_path / "copie").iterdir())
    assert sorted(path.name for path in (tmp_path / "copie").iterdir()) == ["maillage.sqlite", "maillage.toml"]
    kept = Database(f"sqlite:///{copy}")
    assert kept.read_now(lambda uow: uow.state.get("new")) == "since"
    assert kept.read_now(lambda uow: uow.things.get_any(note)) is not None
    kept.close()


def test_it_is_for_its_owner_alone(maillage: Shell, tmp_path: Path) -> None:
    maillage("backup", str(tmp_path / "copie"))
    assert (tmp_path / "copie").stat().st_mode & 0o077 == 0
    assert (tmp_path / "copie" / "maillage.sqlite").stat().st_mode & 0o077 == 0


def test_nothing_is_overwritten(maillage: Shell, tmp_path: Path) -> None:
    (tmp_path / "copie").mkdir()
    (tmp_path / "copie" / "autre").write_text("x", "utf-8")
    assert "not empty" in maillage.fails("backup", str(tmp_path / "copie"))
    (tmp_path / "fichier").write_text("x", "utf-8")
    assert "is a file" in maillage.is_misused("backup", str(tmp_path / "fichier"))


def test_what_an_earlier_version_left_is_copied_before_it_is_brought_up_to_date(maillage: Shell, tmp_path: Path) -> None:
    maillage.write(lambda uow: uow.connection.execute(text("UPDATE alembic_version SET version_num = '0001'")))
    assert "run maillage migrate" in maillage.fails("inspect")
    maillage("backup", str(tmp_path / "copie"))
    assert address_in(tmp_path / "copie" / "maillage.sqlite") == URL


def test_half_a_copy_is_not_left(maillage: Shell, tmp_path: Path) -> None:
    (maillage.folder / "maillage.sqlite").write_bytes((maillage.folder / "maillage.sqlite").read_bytes()[:400_000])
    maillage.fails("backup", str(tmp_path / "copie"))
    assert not (tmp_path / "copie").exists()


def test_a_server_that_is_not_there_is_told_and_nothing_is_left(maillage: Shell, tmp_path: Path) -> None:
    maillage.monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/rien")
    maillage.fails("backup", str(tmp_path / "copie"))
    assert not (tmp_path / "copie").exists()


@pytest.mark.postgres
def test_a_node_goes_to_a_server_and_back_with_all_that_it_has(
    maillage: Shell, note: str, tmp_path: Path, postgresql_server: str
) -> None:
    first, second, third = tmp_path / "copie", tmp_path / "sur-un-serveur", tmp_path / "de-retour"
    big = bytes(range(256)) * 20_000
    row = {
        "media_type": "a/b",
        "extension": "b",
        "size": len(big),
        "content": big,
        "stored_at": datetime(2026, 11, 23, tzinfo=UTC),
    }
    maillage.write(lambda uow: uow.ground.upsert(media, ["digest"], {"digest": "d", **row}))
    maillage("backup", str(first))
    before = rows_of(first / "maillage.sqlite")
    assert maillage.write(found) == [note]
    with own_schema(postgresql_server) as server:
        maillage("restore", str(first), "--database", server, data=second)
        assert "holds a node already" in maillage.fails("restore", str(first), "--database", server, data=third)
        assert not third.exists()
        maillage("backup", str(tmp_path / "encore"), data=second)
        there = Database(server)
        assert there.read_now(lambda uow: uow.things.get_any(note)) is not None
        assert there.read_now(found) == [note]
        there.close()
    after = rows_of(tmp_path / "encore" / "maillage.sqlite")
    counted = [dict(rows.pop("sqlite_sequence")) for rows in (before, after)]
    assert {name: last for name, last in counted[0].items() if last > counted[1].get(name, 0)} == {}, "a number is given twice"
    assert {name for name in before if before[name] != after[name]} == set()
    maillage("restore", str(tmp_path / "encore"), "--database", "sqlite", data=third)
    assert "postgresql" not in (third / "maillage.toml").read_text("utf-8")
    again = Database(f"sqlite:///{third / 'maillage.sqlite'}")
    assert again.read_now(found) == [note]
    again.close()


def found(uow: UnitOfWork) -> list[str]:
    """What is found of the words of the note, by the index."""
    return [hit.thing.entry.iri for hit in uow.search.find("reformule", scope=Scope(communities=frozenset({HABITATION})))]


def rows_of(file: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that lies in the declared tables of a copy, but for what a restore makes anew."""
    with closing(dbapi2.connect(file)) as connection:
        names = sorted({*metadata.tables, "sqlite_sequence"})
        return {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in names}  # noqa: S608
