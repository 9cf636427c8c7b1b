"""maillage migrate, and what other commands say of a database that is not of this version."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from kit.shell import Shell


def set_version(maillage: Shell, version: str) -> None:
    maillage.write(lambda uow: uow.connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version}))


def test_it_may_be_done_twice(maillage: Shell) -> None:
    assert maillage("migrate").line == maillage("migrate").line == "The database is up to date."


def test_an_older_database_is_named_with_its_remedy(maillage: Shell) -> None:
    set_version(maillage, "0000")
    assert "run maillage migrate" in maillage.fails("links", "--json")


def test_a_newer_one_is_left_alone(maillage: Shell) -> None:
    set_version(maillage, "9999")
    assert "newer version" in maillage.fails("links")
    assert "newer version" in maillage.fails("migrate")


@pytest.mark.parametrize("command", ["links", "serve", "work", "migrate"])
def test_the_address_of_a_node_does_not_change(maillage: Shell, command: str) -> None:
    maillage.monkeypatch.setenv("MAILLAGE_NODE__URL", "https://autre.example")
    said = maillage.fails(command)
    assert "https://autre.example" in said
    assert "this node was made as https://savoirs.example" in said


def test_a_database_without_a_node_is_not_served(maillage: Shell) -> None:
    maillage.write(lambda uow: uow.connection.execute(text("DELETE FROM state")).rowcount)
    for command in ("links", "serve", "work"):
        assert "there is no node in the database" in maillage.fails(command)


@pytest.mark.parametrize(
    ("content", "told"), [(b"", "is empty"), (b"rien" * 5000, "no SQLite database"), (None, "maillage restore")]
)
def test_a_file_that_is_no_database(maillage: Shell, content: bytes | None, told: str) -> None:
    path = maillage.folder / "maillage.sqlite"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    assert told in maillage.fails("links")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[[", "not valid TOML"),
        (b"\xff", "not valid TOML"),
        (b"[rien]", "no section [rien]"),
        (b"[node]\nurl = 3", "node.url must be str"),
        (b"", "there is no node in"),
        (b'[database]\nurl = "mysql://x"', "must begin with postgresql://"),
    ],
)
def test_settings_that_cannot_be_read(maillage: Shell, content: bytes, told: str) -> None:
    (maillage.folder / "maillage.toml").write_bytes(content)
    assert told in maillage.fails("repertoire", "--json")
