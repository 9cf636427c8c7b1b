"""A repertoire is coming over when the power goes, again and again: it goes on where it was, and all of it arrives, each once."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from kit.live import LiveNode, until
from node.storage.engine import Database

pytestmark = pytest.mark.enable_socket
COUNT = 240


def test_what_was_interrupted_goes_on_where_it_was(tmp_path: Path) -> None:
    left = LiveNode(tmp_path / "left", "127.0.0.11", "Qui publie", mode="open")
    right = LiveNode(tmp_path / "right", "127.0.0.12", "Qui suit", mode="open")
    left.run("community", "add", "Logement", "--slug", "logement")
    left.run("member", "add", "mireille@toit.example", "--name", "Mireille", "--community", "logement", "--role", "animation")
    right.run("community", "add", "Quartier", "--slug", "quartier")
    folder = tmp_path / "notes"
    folder.mkdir()
    for number in range(COUNT):
        (folder / f"{number:03}.txt").write_text(f"Note {number}\n\nCe que nous avons appris le jour {number}.", "utf-8")
    left.run("import", "text", str(folder), "--community", "logement", "--audience", "public")

    def count() -> int:
        with closing(Database(f"sqlite:///{right.folder / 'maillage.sqlite'}")) as database:
            return database.read_now(lambda uow: len(uow.holdings.iris(f"{left.url}/communautes/logement")))

    def held() -> list[str]:
        return sorted(row["title"] for row in right.json("repertoire", "quartier", "--scope", "followed", "--limit", "1000"))

    try:
        left.start()
        right.start()
        right.run("follow", "quartier", f"@logement@127.0.0.11:{left.port}")
        counts = [0]
        for _ in range(3):
            until(lambda: count() > counts[-1], describe=held)
            right.kill()
            counts.append(count())
            right.start()
        until(lambda: count() >= COUNT, seconds=300, describe=lambda: (count(), right.run("links", "list")))
        assert counts[1] < COUNT, "the power went while it came over"
        assert held() == sorted(f"Note {number}" for number in range(COUNT))
        until(lambda: right.json("links", "list")[0]["history"] == "complete", describe=lambda: right.json("links", "list"))
        assert right.json("links", "list")[0]["history_in_words"]
    finally:
        for node in (left, right):
            node.stop()
