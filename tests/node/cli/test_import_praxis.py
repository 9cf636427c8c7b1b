"""maillage import praxis: the pages of a folder, and the notebook that they say they are part of."""

from __future__ import annotations

from pathlib import Path

from kit.shell import Shell
from node.domain.notebooks import items_of
from node.storage.unit_of_work import UnitOfWork
from vocab.things.notebook import Notebook

PAGE = """{title} | Mémoire

Une démarche qui relie des groupes de plusieurs territoires, racontée par celles et ceux qui l’ont vécue pendant trois années.

note Note(s) liée(s)
padding Carnet(s) relié(s)
file_copy 65 notes
Le mémoire entier
file_copy 65 notes
person
Intégré par Joëlle Nault, le 6 décembre 2023 11:00
Publication
6 décembre 2023
Visibilité
lock_open public
"""


def _notebook(maillage: Shell, iri: str) -> list[str]:
    def look(uow: UnitOfWork) -> list[str]:
        stored = uow.things.get_any(iri)
        assert stored is not None
        assert isinstance(stored.thing, Notebook)
        found = [uow.things.get_any(item) for item in items_of(stored.thing)]
        return [each.entry.name for each in found if each]

    return maillage.write(look)


def test_a_folder_of_pages_becomes_notes_and_their_notebook(maillage: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number, title in enumerate(("5.10. Après", "5.2. Avant", "Table des matières")):
        (folder / f"{number}.txt").write_text(PAGE.format(title=title), "utf-8")
    taking = ("import", "praxis", str(folder), "--community", "habitation", "--json")
    assert [row["state"] for row in maillage(*taking, "--dry-run").json] == ["new", "new", "new"]
    rows = {row["title"]: row for row in maillage(*taking).json}
    assert [row["state"] for row in rows.values()] == ["new", "new", "new", "new"]
    iri = rows["Le mémoire entier"]["iri"]
    assert _notebook(maillage, iri) == ["Table des matières | Mémoire", "5.2. Avant | Mémoire", "5.10. Après | Mémoire"]
    assert {row["state"] for row in maillage(*taking).json} == {"same"}
    # saved on another day, when it had one more: the same notebook
    (folder / "3.txt").write_text(PAGE.format(title="5.3. Entre").replace("65 notes", "66 notes"), "utf-8")
    again = {row["title"]: row["state"] for row in maillage(*taking).json}
    assert again == dict.fromkeys(rows, "same") | {"5.3. Entre | Mémoire": "new", "Le mémoire entier": "changed"}
    assert _notebook(maillage, iri)[2] == "5.3. Entre | Mémoire"
