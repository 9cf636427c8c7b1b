"""maillage import: files and folders, each once, and what would be done."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.shell import Shell


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "textes"
    made.mkdir()
    (made / "un.txt").write_text("Le premier\n\nAvec un paragraphe.\n", "utf-8")
    (made / "deux.txt").write_text("Le second\n\nAvec un autre.\n", "utf-8")
    return made


def test_a_folder_is_imported_once_and_what_changed_again(maillage: Shell, folder: Path) -> None:
    given = ("import", "text", str(folder), "--community", "habitation", "--audience", "public", "--json")
    dry = maillage(*given, "--dry-run").json
    assert [(row["state"], row["iri"]) for row in dry] == [("new", ""), ("new", "")]
    first = maillage(*given).json
    assert [row["title"] for row in first] == ["Le second", "Le premier"]
    (folder / "un.txt").write_text("Le premier\n\nCorrigé.\n", "utf-8")
    again = maillage(*given).json
    assert [row["state"] for row in again] == ["same", "changed"]
    assert [row["iri"] for row in again] == [row["iri"] for row in first]
    assert len(maillage("repertoire", "habitation", "--json").json) == 3
    assert "changed" not in maillage(*given[:-1]).out


def test_all_or_none(maillage: Shell, folder: Path) -> None:
    (folder / "trois.txt").write_bytes(b"\xff\xff")
    assert "trois.txt, line 1" in maillage.fails("import", "text", str(folder), "--community", "habitation")
    assert "Le premier" not in maillage("inspect", "--json").out


def test_what_cannot_be_is_refused(maillage: Shell, folder: Path) -> None:
    assert "formats: icalendar, markdown, text" in maillage.fails("import", "jsonld", str(folder), "--community", "habitation")
    assert "no community 'zz'" in maillage.fails("import", "text", str(folder), "--community", "zz")
    (folder / "\udcff.txt").write_text("Un nom étrange\n\nEt un texte.\n", "utf-8")
    assert "UTF-8" in maillage.fails("import", "text", str(folder), "--community", "habitation")
    assert "exist" in maillage.is_misused("import", "text", "/nulle/part", "--community", "habitation")
