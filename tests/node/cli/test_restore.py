"""maillage restore: a node again from its backup, or nothing at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.shell import Shell
from node.storage.sealing import new_keys, seal


@pytest.fixture
def copy(maillage: Shell, tmp_path: Path) -> Path:
    maillage("backup", str(tmp_path / "copie"))
    return tmp_path / "copie"


def test_it_is_the_same_node(maillage: Shell, copy: Path, tmp_path: Path) -> None:
    before = maillage("inspect", "--json").json
    assert "savoirs.example" in maillage("restore", str(copy), data=tmp_path / "neuf").line
    assert maillage("inspect", "--json", data=tmp_path / "neuf").json == before
    assert [file.name for file in (tmp_path / "neuf").iterdir() if file.stat().st_mode & 0o077] == []


def test_a_sealed_copy_is_put_back_with_its_key_and_not_with_another(maillage: Shell, copy: Path, tmp_path: Path) -> None:
    secret, public = new_keys()
    sealed, key, again = tmp_path / "copie.tar.age", tmp_path / "cle.txt", tmp_path / "neuf"
    seal(copy, sealed, public)
    key.write_text(f"# the key\n{new_keys()[0]}\n", "utf-8")
    assert "another key" in maillage.fails("restore", str(sealed), "--key", str(key), data=again)
    key.write_text(f"# the key\n{secret}\n", "utf-8")
    assert "savoirs.example" in maillage("restore", str(sealed), "--key", str(key), data=again).line
    assert maillage("inspect", "--json", data=again).json == maillage("inspect", "--json").json


def test_no_node_is_overwritten(maillage: Shell, copy: Path) -> None:
    before = (maillage.folder / "maillage.sqlite").read_bytes()
    assert "holds a node already" in maillage.fails("restore", str(copy))
    assert (maillage.folder / "maillage.sqlite").read_bytes() == before


def spoilt(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at : at + 4000] = b"\x5a" * 4000
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("how", ["garbage", "half", "page", "empty", "gone", "settings", "other"])
def test_what_is_damaged_is_not_put_back(maillage: Shell, copy: Path, tmp_path: Path, how: str) -> None:
    rows, settings = copy / "maillage.sqlite", copy / "maillage.toml"
    match how:
        case "garbage":
            rows.write_bytes(b"no database" * 1000)
        case "half":
            rows.write_bytes(rows.read_bytes()[: rows.stat().st_size // 2])
        case "page":
            spoilt(rows, 4096 * 12)
        case "empty":
            rows.write_bytes(b"")
        case "gone":
            rows.unlink()
        case "settings":
            settings.write_text("[[", "utf-8")
        case _:
            settings.write_text(settings.read_text("utf-8").replace("savoirs.example", "autre.example"), "utf-8")
    maillage.fails("restore", str(copy), data=tmp_path / "neuf")
    assert not (tmp_path / "neuf").exists()


def test_misuse(maillage: Shell) -> None:
    assert "does not exist" in maillage.is_misused("restore", "/nulle/part")


def test_a_sealed_copy_without_its_key_is_told_where_nobody_can_be_asked(maillage: Shell, copy: Path, tmp_path: Path) -> None:
    sealed = tmp_path / "copie.tar.age"
    seal(copy, sealed, new_keys()[1])
    said = maillage.run("restore", str(sealed), data=tmp_path / "neuf")
    assert (said.code, said.out) == (2, "")
    assert "--key KEYFILE" in said.err


def test_a_file_that_is_no_copy_is_told_before_a_key_is_asked_for(maillage: Shell, copy: Path, tmp_path: Path) -> None:
    assert "name the folder" in maillage.fails("restore", str(copy / "maillage.sqlite"), data=tmp_path / "neuf")


@pytest.mark.parametrize("left", [0, 10, 60, 3000, -1])
def test_a_torn_sealed_copy_is_not_put_back(maillage: Shell, copy: Path, tmp_path: Path, left: int) -> None:
    secret, public = new_keys()
    sealed, key = tmp_path / "copie.tar.age", tmp_path / "cle.txt"
    seal(copy, sealed, public)
    sealed.write_bytes(sealed.read_bytes()[:left])
    key.write_bytes(b"\xff\n" + secret.encode())
    assert "copy" in maillage.fails("restore", str(sealed), "--key", str(key), data=tmp_path / "neuf").replace(
        "copie.tar", "copy"
    )
    assert not (tmp_path / "neuf").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cle.txt", "copie", "copie.tar.age", "node"]
