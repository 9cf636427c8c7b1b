"""maillage backup: a copy of a node that is at work."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from kit.shell import URL, Shell
from node.storage.backups import address_in, examine
from node.storage.engine import Database


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


def test_rows_on_a_server_are_saved_otherwise(maillage: Shell, tmp_path: Path) -> None:
    maillage.monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/rien")
    assert maillage.run("backup", str(tmp_path / "copie")).code == 1
    assert not (tmp_path / "copie").exists()


def test_what_an_earlier_version_left_is_copied_before_it_is_brought_up_to_date(maillage: Shell, tmp_path: Path) -> None:
    maillage.write(lambda uow: uow.connection.execute(text("UPDATE alembic_version SET version_num = '0001'")))
    assert "run maillage migrate" in maillage.fails("inspect")
    maillage("backup", str(tmp_path / "copie"))
    assert address_in(tmp_path / "copie" / "maillage.sqlite") == URL


def test_half_a_copy_is_not_left(maillage: Shell, tmp_path: Path) -> None:
    (maillage.folder / "maillage.sqlite").write_bytes((maillage.folder / "maillage.sqlite").read_bytes()[:400_000])
    maillage.fails("backup", str(tmp_path / "copie"))
    assert not (tmp_path / "copie").exists()
