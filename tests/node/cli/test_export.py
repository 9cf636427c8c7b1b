"""maillage export: what is public, in a format that others read."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
from pathlib import Path

import pytest

from kit.shell import Shell


def test_only_what_is_public_is_written(maillage: Shell, note: str, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Entre nous\n\nRien que pour nous.\n", "utf-8")
    maillage("publish", str(tmp_path / "secret.md"), "--community", "habitation")
    out = maillage("export", "turtle").out
    assert note in out
    assert "Entre nous" not in out


def test_a_file_is_written_and_told_of(maillage: Shell, note: str, tmp_path: Path) -> None:
    told = maillage("export", "jsonld", "--out", str(tmp_path / "tout.jsonld"), "--json").json
    assert told["format"] == "jsonld"
    assert told["bytes"] == (tmp_path / "tout.jsonld").stat().st_size
    assert told["things"] >= 2
    assert note in json.dumps(json.loads((tmp_path / "tout.jsonld").read_bytes()))
    assert "things" in maillage("export", "jsonld", "--out", str(tmp_path / "tout.jsonld")).line


def test_people_and_communities_are_called_by_their_names(maillage: Shell, note: str) -> None:
    (row,) = [row for row in csv.DictReader(io.StringIO(maillage("export", "csv").out)) if row["id"] == note]
    assert (row["author"], row["community"]) == ("Mireille Côté", "Habitation")
    assert "{cote2" in maillage("export", "bibtex").out
    assert "<title>" in maillage("export", "atom").out


@pytest.mark.parametrize("name", ["markdown", "rien"])
def test_what_cannot_be_written(maillage: Shell, name: str) -> None:
    assert "formats: activitystreams, " in maillage.fails("export", name)
    assert "/nulle/part" in maillage.fails("export", "turtle", "--out", "/nulle/part")
    assert "--out" in maillage.is_misused("export", "turtle", "--json")


def test_what_was_written_before_stays_when_the_next_cannot_be_written(maillage: Shell, tmp_path: Path) -> None:
    out = tmp_path / "tout.ttl"
    out.write_text("hier", "utf-8")

    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    maillage.monkeypatch.setattr(os, "fsync", full)
    assert f"{out}: no space left on the disk: free some" in maillage.fails("export", "turtle", "--out", str(out))
    assert out.read_text("utf-8") == "hier"
    assert [path.name for path in tmp_path.glob("*tout*")] == ["tout.ttl"]
