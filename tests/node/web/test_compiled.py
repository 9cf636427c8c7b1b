"""What templates were compiled to is kept, for their very text, and nothing depends on it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from node.web import compiled
from node.web.compiled import Compiled


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compiled, "FOLDER", tmp_path / "kept")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "kept"


def shown(text: str) -> str:
    return (
        Environment(loader=DictLoader({"page": text}), bytecode_cache=Compiled(), autoescape=True).get_template("page").render()
    )


def test_it_is_kept_once_and_read_again(folder: Path) -> None:
    assert shown("Bonjour") == "Bonjour"
    [kept] = folder.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole.replace(b"Bonjour", b"Bonsoir"))
    assert shown("Bonjour") == "Bonsoir", "it was compiled again"
    assert shown("Autre texte") == "Autre texte", "of another text it does not hold"


@pytest.mark.parametrize("left", [0, 1, 30, 60, -1])
def test_what_a_power_cut_left_of_it_counts_as_nothing(folder: Path, left: int) -> None:
    shown("Bonjour")
    [kept] = folder.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[:left].ljust(len(whole), b"\0"))
    assert shown("Bonjour") == "Bonjour"


def test_where_nothing_may_be_kept_nothing_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write_text("no folder", "utf-8")
    assert shown("Bonjour") == "Bonjour"
    folder.unlink()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert shown("Bonjour") == "Bonjour"
    assert not folder.exists()
