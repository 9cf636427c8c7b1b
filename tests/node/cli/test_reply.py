"""maillage reply: answers from the command line."""

from __future__ import annotations

from pathlib import Path

from kit.shell import URL, Shell


def test_an_answer_prints_its_address_and_stands_below(maillage: Shell, tmp_path: Path) -> None:
    (top,) = [each["iri"] for each in maillage("repertoire", "habitation", "--json").json][:1]
    answer = maillage("reply", top, "Merci !", "--author", "ali@savoirs.example").line
    assert answer.startswith(f"{URL}/echanges/")
    (tmp_path / "mot.txt").write_text("De rien.\n", "utf-8")
    other = maillage("reply", answer, "--file", str(tmp_path / "mot.txt"), "--author", "mireille@savoirs.example").line
    assert other != answer


def test_what_cannot_be_is_one_line(maillage: Shell) -> None:
    assert "TEXT" in maillage.fails("reply", f"{URL}/echanges/x", "--author", "ali@savoirs.example")
    assert "nothing of that address" in maillage.fails("reply", f"{URL}/echanges/x", "Oui", "--author", "ali@savoirs.example")
    assert "nobody here" in maillage.fails("reply", f"{URL}/echanges/x", "Oui", "--author", "zz@savoirs.example")


def test_a_file_that_is_no_text_is_named(maillage: Shell) -> None:
    file = str(maillage.folder / "maillage.sqlite")
    said = maillage.fails("reply", f"{URL}/echanges/x", "--file", file, "--author", "ali@savoirs.example")
    assert f"{file} is not text in UTF-8" in said
    assert "split it" in maillage.fails("reply", f"{URL}/echanges/x", "--file", "/dev/zero", "--author", "ali@savoirs.example")
