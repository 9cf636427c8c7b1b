"""maillage import: files and folders, each once, and what would be done."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from kit.shell import Shell
from node.actions.import_file import import_parts
from node.cli import taking_in
from node.domain.entries import Audience


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


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(maillage: Shell, folder: Path) -> None:
    (folder / "trois.txt").write_bytes(b"\xff\xff")
    given = ("import", "text", str(folder), "--community", "habitation", "--json")
    done = maillage(*given)
    assert [row["state"] for row in done.json] == ["new", "unreadable", "new"]
    assert "line 1" in done.json[1]["remark"]
    assert "2 new, 1 unreadable" in done.err
    assert [row["state"] for row in maillage(*given).json] == ["same", "unreadable", "same"]


def test_what_comes_in_is_for_the_community_unless_it_says_otherwise(maillage: Shell, folder: Path) -> None:
    row = maillage("import", "text", str(folder), "--community", "habitation", "--json").json[0]
    known = maillage.write(lambda uow: uow.things.get_any(row["iri"]))
    assert known is not None
    assert known.entry.audience is Audience.COMMUNITY


def test_what_cannot_be_is_refused(maillage: Shell, folder: Path) -> None:
    assert "formats: " in maillage.fails("import", "jsonld", str(folder), "--community", "habitation")
    assert "no community 'zz'" in maillage.fails("import", "text", str(folder), "--community", "zz")
    (folder / "\udcff.txt").write_text("Un nom étrange\n\nEt un texte.\n", "utf-8")
    rows = maillage("import", "text", str(folder), "--community", "habitation", "--json").json
    assert ["UTF-8" in row["remark"] for row in rows if row["state"] == "unreadable"] == [True]
    assert "exist" in maillage.is_misused("import", "text", "/nulle/part", "--community", "habitation")


TABLE = """N°;Intitulé;Mots clés;Auteur·rice;Date;Courriel
1;La visite;accueil, bail;Marie Roy;4 mai 2023;m@a.example
2;;;;;
3;Le bail;;;2021;
"""


def test_the_columns_of_a_table_are_said_once_and_remembered(maillage: Shell, tmp_path: Path) -> None:
    file = tmp_path / "notes.csv"
    file.write_text(TABLE, "utf-8")
    given = ("import", "csv", str(file), "--community", "habitation", "--json")
    assert "--map" in maillage.fails(*given)
    said = ("--map", "N°=key", "--map", "Intitulé=title", "--map", "Courriel=", "--save-mapping", "notes")
    assert [(row["state"], row["source"]) for row in maillage(*given, *said, "--dry-run").json] == [
        ("new", "notes.csv, row 2"),
        ("unreadable", "notes.csv, row 3"),
        ("new", "notes.csv, row 4"),
    ]
    first = maillage(*given, *said).json
    later = tmp_path / "notes-décembre.csv"
    later.write_text(TABLE.replace("Le bail", "Le bail, relu") + "4;Encore;;;;\n", "utf-8")
    again = maillage("import", "csv", str(later), "--community", "habitation", "--json", "--mapping", "notes").json
    assert [row["state"] for row in again] == ["same", "unreadable", "changed", "new"]
    assert [row["iri"] for row in again][:3] == [row["iri"] for row in first]
    assert "'zz'" in maillage.fails(*given, "--mapping", "zz")
    assert "COLUMN=FIELD" in maillage.fails(*given, "--map", "zz")
    assert "no column « Zone »" in maillage.fails(*given, "--mapping", "notes", "--map", "Zone=topic")


def test_interrupted_it_stays_as_it_is_and_goes_on(maillage: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "notes.csv"
    file.write_text("titre\n" + "".join(f"Note {number}\n" for number in range(7)), "utf-8")
    monkeypatch.setattr(taking_in, "BATCH", 3)
    given = ("import", "csv", str(file), "--community", "habitation", "--json")
    real, calls = import_parts, iter(range(9))

    def stopped(*arguments: Any) -> Any:
        if next(calls) == 1:
            raise KeyboardInterrupt
        return real(*arguments)

    monkeypatch.setattr(taking_in, "import_parts", stopped)
    said = maillage.run(*given)
    assert (said.code, "stopped after 3 parts" in said.err) == (130, True)
    assert [row["state"] for row in maillage(*given).json] == ["same"] * 3 + ["new"] * 4
    assert {row["state"] for row in maillage(*given).json} == {"same"}


KILLED = """
import os, sys
from node.cli import build, run, taking_in
from node.wiring import open_node

def killed(*arguments, real=taking_in.import_parts, calls=iter(range(9))):
    done = real(*arguments)
    if next(calls) == 1:
        os.kill(os.getpid(), 9)
    return done

taking_in.BATCH, taking_in.import_parts = 3, killed
run(build(open_node))
"""


def test_killed_within_a_batch_it_goes_on_with_that_batch(maillage: Shell, tmp_path: Path) -> None:
    file = tmp_path / "notes.csv"
    file.write_text("titre,sujets\n" + "".join(f"Note {number},accueil\n" for number in range(8)), "utf-8")
    given = ("import", "csv", str(file), "--community", "habitation", "--json")
    done = subprocess.run([sys.executable, "-c", KILLED, *given, "--data", str(maillage.folder)], check=False, timeout=120)
    assert done.returncode == -9
    assert [row["state"] for row in maillage(*given).json] == ["same"] * 3 + ["new"] * 5
    assert len({row["iri"] for row in maillage(*given).json}) == 8


def test_progress_is_told_on_stderr(maillage: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "notes.csv"
    file.write_text("titre\nUn\nDeux\nTrois\n", "utf-8")
    monkeypatch.setattr(taking_in, "BATCH", 2)
    monkeypatch.setattr(taking_in, "EVERY", -1.0)
    err = maillage("import", "csv", str(file), "--community", "habitation", "--json").err
    assert [line.split(";")[0] for line in err.splitlines()] == ["notes.csv: 2/3 (2 new", "notes.csv: 3/3 (3 new", "3 new"]


def test_a_zip_is_read_file_by_file_each_by_its_ending(maillage: Shell, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "tout.zip", "w") as made:
        made.writestr("notes/une.txt", "Une note\n\nAvec un texte.\n")
        made.writestr("table.csv", "titre\nDeux\nTrois\n")
        made.writestr("../dehors.txt", "Dehors")
        made.writestr("image.png", b"\x89PNG")
        made.writestr("__MACOSX/._une.txt", b"x")
    rows = maillage("import", "files", str(tmp_path / "tout.zip"), "--community", "habitation", "--json").json
    assert [(row["source"], row["state"]) for row in rows] == [
        ("tout.zip/../dehors.txt", "unreadable"),
        ("tout.zip/image.png", "unreadable"),
        ("tout.zip/notes/une.txt", "new"),
        ("tout.zip/table.csv, row 2", "new"),
        ("tout.zip/table.csv, row 3", "new"),
    ]


def test_files_of_one_name_in_two_folders_are_two_things(maillage: Shell, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "autres"
    other.mkdir()
    (other / "un.txt").write_text("Tout autre chose\n\nAvec un paragraphe.\n", "utf-8")
    (other / "lien.txt").symlink_to("/etc/hostname")
    for each, states in ((folder, ["new", "new"]), (other, ["unreadable", "new"])):
        rows = maillage("import", "text", str(each), "--community", "habitation", "--json").json
        assert [row["state"] for row in rows] == states
