"""maillage export archive, and maillage import archive: into a new node of the same address, and into another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kit.shell import URL, Shell
from node.domain.notebooks import items_of
from vocab.things.notebook import Notebook
from vocab.things.object import Object
from vocab.values import Ref

COMMUNITY = """---
title: Entre nous
kind: PracticeNote
audience: community
topics: [accueil]
---

Ce que la communauté garde pour elle.
"""
DRAFT = "---\ntitle: Brouillon\naudience: private\n---\n\nPour moi seule.\n"
NOTEBOOK = "---\ntitle: Carnet d’accueil\nkind: Notebook\naudience: public\nentries:\n  - {note}\n---\n\nPar où commencer.\n"


@pytest.fixture
def archive(maillage: Shell, note: str, tmp_path: Path) -> Path:
    """The archive of a node with a public note, a notebook, a note of the community, and a draft."""
    for name, text in (("entre-nous", COMMUNITY), ("brouillon", DRAFT), ("carnet", NOTEBOOK.format(note=note))):
        (tmp_path / f"{name}.md").write_text(text, "utf-8")
        maillage("publish", str(tmp_path / f"{name}.md"), "--community", "habitation")
    told = maillage("export", "archive", "--out", str(tmp_path / "archive"), "--json").json
    assert told["files"] > 10
    assert told["rows"] > 10
    return tmp_path / "archive"


def _new(maillage: Shell, data: Path, url: str) -> None:
    maillage("init", "--url", url, "--name", "Réseau des savoirs", data=data)


def test_a_new_node_of_that_address_is_what_the_first_was(maillage: Shell, archive: Path, note: str, tmp_path: Path) -> None:
    data = tmp_path / "again"
    _new(maillage, data, URL)
    assert "whole" in maillage("import", "archive", str(archive), "--dry-run", data=data).line
    said = maillage("import", "archive", str(archive), data=data)
    assert "maillage member link" in said.err
    before, after = (
        maillage("repertoire", "habitation", "--json").json,
        maillage("repertoire", "habitation", "--json", data=data).json,
    )
    assert [row for row in before if row["title"] != "Brouillon"] == after
    assert maillage("member", "list", "--json", data=data).json == maillage("member", "list", "--json").json
    assert maillage("inspect", "--json", data=data).json["objects"][note] == maillage("inspect", "--json").json["objects"][note]
    assert "/entrer?jeton=" in maillage("member", "link", "mireille@savoirs.example", data=data).out
    assert "in use" in maillage.fails("import", "archive", str(archive), data=data)


def test_another_node_takes_copies_that_say_where_they_come_from(
    maillage: Shell, archive: Path, note: str, tmp_path: Path
) -> None:
    data = tmp_path / "other"
    _new(maillage, data, "https://ailleurs.example")
    assert f"archive of {URL}" in maillage.fails("import", "archive", str(archive), data=data)
    maillage("community", "add", "Reprise", data=data)
    maillage("member", "add", "mia@ailleurs.example", "--name", "Mia", "--community", "reprise", "--role", "animation", data=data)
    taking = ("import", "archive", str(archive), "--community", "reprise", "--audience", "public", "--json")
    rehearsed = maillage(*taking, "--dry-run", data=data).json
    assert {row["state"] for row in rehearsed} == {"new"}
    done = {row["title"]: row["iri"] for row in maillage(*taking, data=data).json}
    assert set(done) == {"accueil", "L’accueil en trois temps", "Entre nous", "Carnet d’accueil"}
    there = Shell(data, maillage.capsys, maillage.monkeypatch).write
    stored = {title: there(lambda uow, iri=iri: uow.things.get_any(iri)) for title, iri in done.items()}  # type: ignore[misc]
    audiences = {title: each.entry.audience.value for title, each in stored.items() if each}
    assert audiences == {
        "accueil": "public",
        "L’accueil en trois temps": "public",
        "Entre nous": "community",
        "Carnet d’accueil": "public",
    }
    copied = stored["L’accueil en trois temps"]
    assert copied is not None
    assert isinstance(copied.thing, Object)
    assert copied.thing.origin == Ref(note)
    assert [str(name) for name in copied.thing.creator] == ["Mireille Côté"]
    assert copied.thing.topic == (Ref(done["accueil"]),)
    notebook = stored["Carnet d’accueil"]
    assert notebook is not None
    assert isinstance(notebook.thing, Notebook)
    assert items_of(notebook.thing) == (done["L’accueil en trois temps"],)
    assert {row["state"] for row in maillage(*taking, data=data).json} == {"same"}


def test_what_is_no_archive_or_has_no_place(maillage: Shell, archive: Path, tmp_path: Path) -> None:
    assert "is there already" in maillage.fails("export", "archive", "--out", str(archive))
    assert "--out" in maillage.is_misused("export", "archive")
    assert "--secrets" in maillage.is_misused("export", "turtle", "--secrets")
    assert "--community" in maillage.is_misused("import", "text", str(archive / "README.txt"))
    assert "no archive" in maillage.fails("import", "archive", str(tmp_path))
    shutil.rmtree(archive / "ressources")
    assert "very node" in maillage.fails("import", "archive", str(archive), "--community", "habitation")
