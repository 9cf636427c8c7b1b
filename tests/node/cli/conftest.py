"""A node in a folder, made by the command line once and copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kit.shell import URL, Shell
from node.cli import build
from node.wiring import open_node

NOTE = """---
title: L’accueil en trois temps
kind: PracticeNote
audience: public
license: CC-BY-4.0
topics: [accueil]
---

On écoute, on reformule, on propose un pas.
"""


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A node with two communities, somebody in each, and a public note in the first."""
    folder = tmp_path_factory.mktemp("furnished")
    (folder / "accueil.md").write_text(NOTE, "utf-8")
    commands = [
        ["init", "--url", URL, "--name", "Réseau des savoirs"],
        ["community", "add", "Habitation", "--summary", "Garder son logement."],
        ["community", "add", "Animation"],
        [
            "member",
            "add",
            "mireille@savoirs.example",
            "--name",
            "Mireille Côté",
            "--community",
            "habitation",
            "--role",
            "animation",
        ],
        ["member", "add", "ali@savoirs.example", "--name", "Ali Benhaddou", "--community", "animation", "--role", "animation"],
        ["publish", str(folder / "accueil.md"), "--community", "habitation"],
    ]
    for command in commands:
        CliRunner().invoke(build(open_node), [*command, "--data", str(folder / "node")], catch_exceptions=False)
    return folder / "node"


@pytest.fixture
def maillage(furnished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The command line on that node."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return Shell(shutil.copytree(furnished, tmp_path / "node"), capsys, monkeypatch)


@pytest.fixture
def note(maillage: Shell) -> str:
    """The IRI of the note that is there."""
    return str(maillage("repertoire", "habitation", "--json").json[0]["iri"])
