"""maillage participations: who takes part, who waits, and the answer."""

from __future__ import annotations

from pathlib import Path

from kit.shell import URL, Shell

EVENT = """---
title: Soirée d’échange
type: rencontre
début: 2027-12-03 19:00
inscription: sur demande
public: public
---
On se raconte.
"""


def test_who_waits_is_listed_and_answered(maillage: Shell, tmp_path: Path) -> None:
    assert maillage("participations", "--json").json == []
    (tmp_path / "soiree.md").write_text(EVENT, "utf-8")
    iri = maillage("publish", str(tmp_path / "soiree.md"), "--community", "habitation").line
    maillage("participate", "ali@savoirs.example", iri)
    (row,) = maillage("participations", "list", "--json").json
    assert (row["state"], row["name"], row["who"]) == ("requested", "Soirée d’échange", "Ali Benhaddou")
    assert maillage("participations", "accept", iri, row["person"]).line.endswith(": accepted")
    assert maillage("participations", "refuse", iri, row["person"]).line.endswith(": refused")
    assert "waits for an answer" in maillage.fails("participations", "accept", iri, f"{URL}/personnes/zz")
