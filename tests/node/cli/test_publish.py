"""maillage publish: one file becomes one resource."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.shell import HABITATION, URL, Shell


def written(tmp_path: Path, content: bytes = b"# Bonjour\n\nTrois pas.\n", name: str = "fiche.md") -> str:
    (tmp_path / name).write_bytes(content)
    return str(tmp_path / name)


def test_its_iri_is_printed_and_it_is_there(maillage: Shell, tmp_path: Path) -> None:
    given = ("--genre", "outil", "--audience", "public", "--topic", "écoute", "--author", "mireille@savoirs.example")
    iri = maillage("publish", written(tmp_path), "--community", "habitation", *given).line
    assert iri.startswith(f"{URL}/ressources/")
    row = next(row for row in maillage("repertoire", "habitation", "--json").json if row["iri"] == iri)
    assert (row["title"], row["communities"], row["author"]) == ("Bonjour", [HABITATION], f"{URL}/personnes/mireille-cote")
    found = maillage("repertoire", "--search", "écoute", "--json").json
    assert iri in [row["iri"] for row in found]


def test_it_is_for_the_community_unless_said(maillage: Shell, tmp_path: Path) -> None:
    iri = maillage("publish", written(tmp_path), "--community", "habitation").line
    assert maillage("inspect", "--json").json["objects"][iri]["audience"] == "community"
    assert iri not in maillage("repertoire", "--json").out


def test_a_new_version_has_the_same_address(maillage: Shell, note: str, tmp_path: Path) -> None:
    changed = written(tmp_path, b"# Autrement\n\nDeux pas.\n")
    given = ("--community", "habitation", "--audience", "public", "--replace", note)
    assert maillage("publish", changed, *given).line == note
    assert [row["title"] for row in maillage("repertoire", "habitation", "--json").json] == ["Autrement"]


@pytest.mark.parametrize(
    ("content", "name", "given", "told"),
    [
        (b"\xff\xfe\x00", "a.md", (), "not text in UTF-8"),
        (b"", "a.txt", (), "no text in it"),
        (b"\x00\x01", "a.txt", (), "not a text file"),
        (b"---\nkind: Truc\n---\nx", "a.md", (), "line 2: kind 'Truc' is not known"),
        (b"# A", "a.md", ("--genre", "roman"), "no genre 'roman'; use one of note-de-pratique"),
        (b"# A", "a.md", ("--author", "x@y.example"), "nobody here has the address"),
        (b"# A", "a.md", ("--community", "zz"), "no community 'zz'"),
        (b"# A", "a.md", ("--replace", "https://savoirs.example/ressources/zz"), "no such thing"),
    ],
)
def test_what_cannot_be_is_refused(
    maillage: Shell, tmp_path: Path, content: bytes, name: str, given: tuple[str, ...], told: str
) -> None:
    before = maillage("inspect", "--json").json["objects"]
    assert told in maillage.fails("publish", written(tmp_path, content, name), "--community", "habitation", *given)
    assert maillage("inspect", "--json").json["objects"] == before


def test_misuse(maillage: Shell, tmp_path: Path) -> None:
    assert "--community" in maillage.is_misused("publish", written(tmp_path))
    assert "does not exist" in maillage.is_misused("publish", str(tmp_path / "rien.md"), "--community", "habitation")
    assert "--audience" in maillage.is_misused("publish", written(tmp_path), "--community", "habitation", "--audience", "all")
