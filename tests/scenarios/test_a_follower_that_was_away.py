"""A community publishes 200 notes while a follower's node is down; it comes back and has all 200, each once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kit.live import LiveNode, until
from node.storage.engine import Database

pytestmark = pytest.mark.enable_socket
COUNT = 200


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[LiveNode, LiveNode]]:
    left = LiveNode(tmp_path / "left", "127.0.0.11", "Qui publie")
    right = LiveNode(tmp_path / "right", "127.0.0.12", "Qui suit")
    left.run("community", "add", "Logement", "--slug", "logement")
    left.run("member", "add", "mireille@toit.example", "--name", "Mireille", "--community", "logement", "--role", "animation")
    right.run("community", "add", "Quartier", "--slug", "quartier")
    for node in (left, right):
        node.start()
    try:
        yield left, right
    finally:
        for node in (left, right):
            node.stop()


def history(node: LiveNode, follower: str, target: str) -> str:
    """How far the history of a link was read."""
    with closing(Database(f"sqlite:///{node.folder / 'maillage.sqlite'}")) as database:
        row = database.read_now(lambda uow: uow.followings.get(follower, target))
    return row.history if row is not None else ""


def test_nothing_is_missed_and_nothing_doubled(pair: tuple[LiveNode, LiveNode], tmp_path: Path) -> None:
    left, right = pair
    community = f"{left.url}/communautes/logement"
    right.run("follow", "quartier", f"@logement@127.0.0.11:{left.port}")
    until(lambda: left.json("links", "list"), describe=lambda: right.run("links", "list"))
    left.run("links", "approve", right.host)
    follower = f"{right.url}/communautes/quartier"
    # Killed while it reads the history for the first time it would go on with that after five minutes.
    until(lambda: history(right, follower, community) == "complete", describe=lambda: right.json("inspect")["following"])

    right.kill()
    folder = tmp_path / "notes"
    folder.mkdir()
    for number in range(COUNT):
        text = f"Note {number}\n\nCe que nous avons appris le jour {number}, en quelques mots."
        (folder / f"{number:03}.txt").write_text(text, "utf-8")
    left.run("import", "text", str(folder), "--community", "logement", "--audience", "public")
    right.start()

    def held() -> list[str]:
        return sorted(row["title"] for row in right.json("repertoire", "quartier", "--scope", "followed", "--limit", "1000"))

    def count() -> int:
        with closing(Database(f"sqlite:///{right.folder / 'maillage.sqlite'}")) as database:
            return database.read_now(lambda uow: len(uow.holdings.iris(community)))

    until(lambda: count() >= COUNT, seconds=300, describe=lambda: (count(), right.json("inspect")["deliveries"]))
    assert held() == sorted(f"Note {number}" for number in range(COUNT))
    until(lambda: "due" not in left.json("inspect")["deliveries"], describe=lambda: left.json("inspect")["deliveries"])
    assert held() == sorted(f"Note {number}" for number in range(COUNT))
