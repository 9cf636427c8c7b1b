"""A whole node as a folder and back: nothing lost, nothing told that was not asked for, and readable without us."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from federation.messages import SigningKey
from kit import village
from kit.nodes import key_pair
from kit.village_office import furnish_office
from node.actions import import_archive
from node.actions.export_archive import export_archive
from node.actions.import_archive import restore
from node.actions.make_node import make_node
from node.cli import archive_folder
from node.domain.actors import completed, key_id, proof_key_id
from node.domain.entries import Audience
from node.domain.visibility import PUBLIC_SCOPE
from node.errors import Conflict, Invalid
from node.storage import archiving
from node.storage.archiving import CARRIED, LEFT, PRIVATE, SECRET, Portion
from node.storage.engine import Database
from node.storage.enrolling import add_proof_key, write
from node.storage.schema import metadata
from node.storage.shelves.members import MemberRow
from node.storage.unit_of_work import UnitOfWork
from vocab import jsonld
from vocab.things.actor import Actor

ALL = Portion(has_private=True, has_secrets=True)
DRAFT = f"{village.HERE}/ressources/brouillon"
LETTER, SHARED = f"{village.COOP}/notes/lettre", f"{village.HERE}/ressources/partagee"
Empty = Callable[[], Database]


@pytest.fixture
def full(memory: Database) -> Database:
    """A village with an office, a member with a password, somebody signed in, a draft, and our own keys."""

    def fill(uow: UnitOfWork) -> None:
        village.furnish(uow)
        furnish_office(uow)
        uow.members.add(
            MemberRow(iri=village.MIREILLE, email="mireille@carrefour.example", name="Mireille", password_hash="argon-hash")
        )
        uow.sessions.create_token("sign-in", village.MIREILLE, village.NOW)
        note = uow.things.get_any(village.WELCOME)
        assert note is not None
        entry = replace(note.entry, iri=DRAFT, audience=Audience.SELF, name="Brouillon caché", readers=frozenset())
        uow.things.put(entry, note.document.replace(village.WELCOME.encode(), DRAFT.encode()))
        said = replace(
            entry, iri=LETTER, audience=Audience.CHOSEN, community="", name="De vous à moi", readers=frozenset({village.MIREILLE})
        )
        uow.things.put(said, note.document.replace(village.WELCOME.encode(), LETTER.encode()))
        shared = replace(said, iri=SHARED, name="Pour deux communautés", readers=frozenset({village.HOUSING, village.MUNICIPAL}))
        uow.things.put(shared, note.document.replace(village.WELCOME.encode(), SHARED.encode()))

    memory.write_now(lambda uow: make_node(uow, village.HOUSE, keys=(key_pair(1), key_pair(1))))
    memory.write_now(fill)
    memory.write_now(_give_keys)
    return memory


def _give_keys(uow: UnitOfWork) -> None:
    """The village's own actors as a node would have made them."""
    for iri in uow.keys.lacking("rsa"):
        row = uow.actors.get(iri)
        assert row is not None
        actor = jsonld.read(row.document)
        assert isinstance(actor, Actor)
        uow.keys.add(iri, SigningKey(iri=key_id(iri), pem=key_pair(1).private), "rsa", village.NOW)
        add_proof_key(uow, iri, proof_key_id(iri), village.NOW)
        named = replace(actor, preferred_username=iri.rpartition("/")[2])
        write(uow, completed(named, url=village.HERE, at=village.NOW), village.NOW)


def _exported(database: Database, folder: Path, portion: Portion) -> Path:
    house = village.HOUSE
    database.read_now(lambda uow: archive_folder.write(folder, export_archive(uow, house, portion), house, portion))
    return folder


def _rows(database: Database, *tables: str) -> dict[str, list[dict[str, Any]]]:
    def look(uow: UnitOfWork) -> dict[str, list[dict[str, Any]]]:
        found = {}
        for name in tables:
            table = metadata.tables[name]
            rows = uow.ground.rows(select(table).order_by(*(table.primary_key.columns or table.columns)))
            found[name] = [dict(row) for row in rows]
        return found

    return database.read_now(look)


def _restore(folder: Path, database: Database) -> None:
    """Makes a node anew at the same address, from the archive."""
    archive = archive_folder.opened(folder)
    database.write_now(lambda uow: make_node(uow, village.HOUSE, keys=(key_pair(1), key_pair(1))))
    database.write_now(lambda uow: restore(uow, village.HOUSE, archive.rows, archive.counts))
    after = database.write_now(lambda uow: uow.things.reindex())
    while after:
        after = database.write_now(lambda uow, after=after: uow.things.reindex(after))  # type: ignore[misc]


def test_every_table_has_been_thought_of() -> None:
    thought_of = [*CARRIED, *PRIVATE, *SECRET, *LEFT]
    assert len(set(thought_of)) == len(thought_of)
    assert set(metadata.tables) - set(thought_of) == set()


async def test_with_everything_asked_for_each_row_comes_back(full: Database, database: Database, tmp_path: Path) -> None:
    """From a SQLite node into a node on either kind of database."""
    again = database
    _restore(_exported(full, tmp_path / "a", ALL), again)
    tables = [name for name in (*CARRIED, *PRIVATE, *SECRET, "facets", "labels") if name in metadata.tables and name != "state"]
    before, after = _rows(full, *tables), _rows(again, *tables)
    for name in tables:
        if name == "facets":  # a heap without a key
            assert sorted(map(str, after[name])) == sorted(map(str, before[name]))
        else:
            assert after[name] == before[name], name
    assert sum(map(len, before.values())) > 100
    assert again.read_now(lambda uow: len(uow.search.find("éviction", scope=PUBLIC_SCOPE))) > 0


async def test_what_nobody_asked_for_stays_out(full: Database, tmp_path: Path) -> None:
    folder = _exported(full, tmp_path / "a", Portion())
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    tokens = _rows(full, "tokens", "keys", "reports", "submissions")
    assert tokens["tokens"]
    assert tokens["keys"]
    for secret in (
        "argon-hash",
        "PRIVATE KEY",
        DRAFT,
        "Brouillon",
        tokens["tokens"][0]["digest"],
        tokens["reports"][0]["content"],
    ):
        assert secret.encode() not in everything, secret
    assert b"mireille@carrefour.example" in everything
    assert SHARED.encode() in everything
    assert "adresses courriel" in (folder / "LISEZMOI.txt").read_text("utf-8")
    assert "e-mail addresses" in (folder / "README.txt").read_text("utf-8")


async def test_without_secrets_the_rest_comes_back_and_new_keys_are_made(
    full: Database, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_archive, "fresh_keys", lambda: key_pair(2))  # making each takes a while
    again = database
    _restore(_exported(full, tmp_path / "a", Portion()), again)
    kept = [name for name in CARRIED if name in metadata.tables and name not in {"state", "members", "actors", "outbox", "marks"}]
    before, after = _rows(full, *kept), _rows(again, *kept)
    hidden = {DRAFT, LETTER, *(row["iri"] for row in before["things"] if row["audience"] == "private" and not row["deleted_at"])}
    for name in kept:
        told = [row for row in before[name] if not hidden & {row.get("iri"), row.get("thing"), row.get("event")}]
        if name not in {"changes", "change_sets"}:  # whoever got new keys changed
            assert after[name] == told, name
    assert after["things"]
    lost = again.read_now(lambda uow: uow.keys.lacking("rsa"))
    assert lost == []


async def test_words_that_were_let_go_of_are_in_no_activity(full: Database, tmp_path: Path) -> None:
    def publish_and_bury(uow: UnitOfWork) -> None:
        from kit.rows import activity

        row = activity(f"{village.HERE}/activites/1", village.WELCOME, at=village.NOW)
        said = {
            "id": row.iri,
            "type": "Announce",
            "object": {
                "id": f"{row.iri}0",
                "type": "Create",
                "object": {"id": village.WELCOME, "type": "Article", "content": "mots perdus"},
            },
        }
        uow.outbox.add(replace(row, document=json.dumps(said).encode()), [], at=village.NOW)
        uow.things.bury(village.WELCOME, b'{"type":"Tombstone"}', village.NOW)

    full.write_now(publish_and_bury)
    folder = _exported(full, tmp_path / "a", ALL)
    assert b"mots perdus" not in b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_pages_are_read_without_script_network_or_node(full: Database, tmp_path: Path) -> None:
    def hostile(uow: UnitOfWork) -> None:
        note = uow.things.get_any(village.WELCOME)
        assert note is not None
        said = json.loads(note.document)
        said["content"] = '<p onclick="x()">Salut<script>alert(1)</script><img src="https://t.example/t.png"></p>'
        said["name"] = "../../<script>alert(2)</script>"
        said.pop("contentMap", None)
        said.pop("nameMap", None)
        uow.things.put(replace(note.entry, name=said["name"]), json.dumps(said).encode())

    full.write_now(hostile)
    folder = _exported(full, tmp_path / "deep" / "a", Portion())
    pages = list(folder.rglob("*.html"))
    assert {path.relative_to(folder).parts[0] for path in pages} == {"index.html", "index.en.html", "communautes", "ressources"}
    for path in pages:
        text = path.read_text("utf-8")
        assert "<script" not in text
        assert "onclick" not in text
        assert "<img" not in text
        assert "default-src 'none'" in text
        for link in text.split('href="')[1:]:
            address = link.partition('"')[0]
            if not address.startswith(("https://", "http://", "mailto:")):
                assert (path.parent / address).resolve().is_file(), (path, address)
                assert (path.parent / address).resolve().is_relative_to(folder.resolve())
    assert list((tmp_path / "deep").iterdir()) == [folder]
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.rglob("*"))


async def test_an_archive_that_was_touched_is_not_believed(full: Database, tmp_path: Path) -> None:
    folder = _exported(full, tmp_path / "a", Portion())
    rows = folder / "donnees" / "members.jsonl"
    kept = rows.read_bytes()
    rows.write_bytes(kept.replace(b"mireille@", b"autre@"))
    with pytest.raises(Invalid, match="not as it was written"):
        archive_folder.opened(folder)
    rows.unlink()
    (tmp_path / "elsewhere").write_bytes(kept)
    rows.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Invalid, match="not as it was written"):
        archive_folder.opened(folder)
    manifest = folder / "donnees" / "manifeste.json"
    for said in (
        "{}",
        "[]",
        "x",
        '{"format":"maillage-archive","version":1,"url":"u","name":"n","tables":{"../x":{"rows":1,"sha256":""}}}',
    ):
        manifest.write_text(said)
        with pytest.raises(Invalid):
            archive_folder.opened(folder)


async def test_a_row_that_does_not_fit_leaves_the_new_node_as_it_was(memory: Database) -> None:
    memory.write_now(lambda uow: make_node(uow, village.HOUSE, keys=(key_pair(1), key_pair(1))))
    before = _rows(memory, "actors", "keys")
    for line in (b"[]", b"{", b'{"nothing": 1}', b'{"iri": "x", "email": "y", "created_at": "tomorrow"}'):
        with pytest.raises(Invalid, match="members, line 1"):
            memory.write_now(lambda uow, line=line: restore(uow, village.HOUSE, lambda _: [line], ["members"]))  # type: ignore[misc]
    assert _rows(memory, "actors", "keys") == before


async def test_a_node_in_use_is_not_overwritten(full: Database) -> None:
    with pytest.raises(Conflict, match="in use"):
        full.write_now(lambda uow: restore(uow, village.HOUSE, lambda _: [], []))
    assert full.read_now(lambda uow: uow.things.get_any(village.WELCOME)) is not None


def test_new_rows_get_new_numbers(database: Database) -> None:
    def fill(uow: UnitOfWork) -> None:
        said = {"id": 7, "person": "p", "community": "c", "role": "r", "since": "2026-11-22T00:00:00+00:00", "consent": True}
        archiving.put(uow, "memberships", [json.dumps(said).encode()])

    database.write_now(fill)
    row = database.write_now(lambda uow: uow.members.join("q", "c", "r", village.NOW))
    assert row.id == 8
