"""maillage participate: from the command line into an event and out of it."""

from __future__ import annotations

from pathlib import Path

from kit.shell import URL, Shell

EVENT = """---
title: Soirée d’échange
type: rencontre
début: 2027-12-03 19:00
fin: 2027-12-03 21:30
lieu: Maison Gauvreau, Rimouski
inscription: {mode}
public: public
---
On se raconte.
"""


def event(maillage: Shell, folder: Path, mode: str = "libre") -> str:
    """An event of the community in housing, published from a file."""
    (folder / "soiree.md").write_text(EVENT.format(mode=mode), "utf-8")
    return maillage("publish", str(folder / "soiree.md"), "--community", "habitation").line


def test_in_and_out_in_words(maillage: Shell, tmp_path: Path) -> None:
    iri = event(maillage, tmp_path)
    assert iri.startswith(f"{URL}/rencontres/")
    assert maillage("participate", "ali@savoirs.example", iri).line == "accepted: L’inscription est confirmée."
    assert maillage("participate", "ali@savoirs.example", iri, "--leave").line == "ended: L’inscription est annulée."
    assert "no such registration" in maillage.fails("participate", "ali@savoirs.example", iri, "--leave")


def test_what_cannot_be_is_one_line(maillage: Shell, tmp_path: Path) -> None:
    closed = event(maillage, tmp_path, "aucune")
    assert "ne se fait pas ici" in maillage.fails("participate", "ali@savoirs.example", closed)
    assert "no event" in maillage.fails("participate", "ali@savoirs.example", f"{URL}/rencontres/x")
    assert "ni approuvé ni suivi" in maillage.fails("participate", "ali@savoirs.example", "https://ailleurs.example/e/1")
    for address in ("", "soiree", "http://[abc", "ftp://ailleurs.example/e/1"):
        assert "is not the address of an event" in maillage.fails("participate", "ali@savoirs.example", address)
