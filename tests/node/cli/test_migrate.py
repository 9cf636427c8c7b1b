"""maillage migrate, and what other commands say of a database that is not of this version."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from kit.live import ROOT
from kit.shell import Shell
from node.config import load


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
    ("content", "told"),
    [(b"", "maillage restore PATH --data FOLDER"), (b"rien" * 5000, "no SQLite database"), (None, "maillage restore")],
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
        (b"[[", "correct that line"),
        (b"\xff", "save it as that"),
        (b"[rien]", "no section [rien]"),
        (b"rien = 3", "'rien' stands in no section"),
        (b"server = 3", "below it lines like name = value"),
        (b"[mail]\ninbound = 3", "[mail.inbound] must be a section"),
        (b"[node]\nurl = 3", 'node.url must be a text, "in quotes"'),
        (b"[node]\nlanguage = 'de'", "must be one of fr, en"),
        (b"[server]\nbody_limit = 0", "server.body_limit must be more than 0, not 0"),
        (b"[server]\ninbox_rate = nan", "server.inbox_rate must be more than 0"),
        (b"[server]\ntrusted_proxies = '127.0.0.1'", 'a list of texts, like ["127.0.0.1/32"]'),
        (b"[server]\ntrusted_proxies = ['proxy']", "'proxy' is no network; write it as in 127.0.0.1/32"),
        (b"[federation]\nallow_addresses = ['all']", "'all' is no network"),
        (b"[federation]\nallow_http = 'yes'", "must be true or false"),
        (b"[mail]\nport = 99999", "mail.port must be more than 0 and 65535 at most"),
        (b"[sparql]\nmemory = 1.5", "must be a whole number"),
        (b"[sparql]\nwaiting = -1", "must be 0 or more"),
        (b'[database]\nurl = "postgresql://a:b@127.0.0.1:c/d"', "postgresql://USER:PASSWORD@HOST:5432/NAME"),
        (b"", "there is no node in"),
        (b'[database]\nurl = "mysql://x"', "must begin with postgresql://"),
    ],
)
def test_settings_that_cannot_be_read(maillage: Shell, content: bytes, told: str) -> None:
    (maillage.folder / "maillage.toml").write_bytes(content)
    assert told in maillage.fails("repertoire", "--json")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("MAILLAGE_RIEN__X", "1", "in the environment: there is no section [rien]"),
        ("MAILLAGE_SERVER__RIEN", "1", "[server] has no setting 'rien'"),
        ("MAILLAGE_FEDERATION__ALLOW_HTTP", "yes", "must be true or false"),
        ("DATABASE_URL", "mysql://x", "must begin with postgresql://"),
    ],
)
def test_what_the_environment_says_and_no_node_understands(maillage: Shell, name: str, value: str, told: str) -> None:
    maillage.monkeypatch.setenv(name, value)
    assert told in maillage.fails("repertoire", "--json")


def test_a_password_is_not_printed_when_it_is_no_text(maillage: Shell) -> None:
    with (maillage.folder / "maillage.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[mail]\npassword = 20261123\n")
    said = maillage.fails("repertoire")
    assert "mail.password must be a text" in said
    assert "20261123" not in said


def test_digits_in_the_environment_are_a_text_where_one_is_wanted(maillage: Shell) -> None:
    maillage.monkeypatch.setenv("MAILLAGE_MAIL__PASSWORD", "20261123")
    assert load(maillage.folder).mail.password == "20261123"


def test_the_mark_that_some_editors_put_first_is_passed_over(maillage: Shell) -> None:
    path = maillage.folder / "maillage.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert maillage("repertoire", "--json").json


def test_tables_without_a_step_beside_them_are_not_touched(maillage: Shell) -> None:
    maillage.write(lambda uow: uow.connection.execute(text("DELETE FROM alembic_version")))
    assert "tables of something else (actors, state, things)" in maillage.fails("migrate")


def test_the_database_of_another_program_is_told_from_a_newer_one_of_ours(maillage: Shell) -> None:
    set_version(maillage, "a1b2c3d4e5f6")
    assert "give the node a database of its own" in maillage.fails("migrate")
    assert "give the node a database of its own" in maillage.fails("links")


def test_what_nobody_thought_of_is_one_line_too_and_a_file_for_whoever_is_told(maillage: Shell, tmp_path: Path) -> None:
    maillage.write(lambda uow: uow.connection.execute(text("DROP TABLE state")))
    command = [sys.executable, "-m", "node", "links", "--data", str(maillage.folder)]
    maillage.monkeypatch.setenv("TMPDIR", str(tmp_path))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=90)
    (file,) = tmp_path.glob("maillage-*.txt")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"maillage: this should not have happened (OperationalError); please report it, with the file {file}\n"
    assert "no such table: state" in file.read_text("utf-8")
    assert file.stat().st_mode & 0o077 == 0
