"""A node over PostgreSQL, one process for the pages and two for the waiting work: it publishes, is followed, and searched."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kit import databases
from kit.live import LiveNode, until

pytestmark = [pytest.mark.enable_socket, pytest.mark.postgres]


def _hears(pid: int) -> bool:
    """Whether a process has begun to listen for being asked to stop: before, it is simply ended."""
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    caught = next(int(line.split()[1], 16) for line in lines if line.startswith("SigCgt:"))
    return bool(caught & 1 << signal.SIGTERM - 1)


@contextlib.contextmanager
def workers(node: LiveNode, count: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Processes that do the waiting work of a node, stopped at the end."""
    command = [sys.executable, "-m", "node", "work", "--data", str(node.folder)]
    with (node.folder / "work.log").open("ab") as log:
        started = [subprocess.Popen(command, cwd=node.house, env=node.environment, stderr=log) for _ in range(count)]
    try:
        yield started
    finally:
        until(lambda: all(_hears(process.pid) for process in started))
        for process in started:
            process.terminate()
        assert [process.wait(40) for process in started] == [0] * count


def test_several_processes_share_the_work(postgresql_server: str, tmp_path: Path) -> None:
    with databases.own_schema(postgresql_server) as address:
        base = LiveNode(tmp_path / "base", "127.0.0.11", "Grande maison", mode="open", database=address)
        other = LiveNode(tmp_path / "other", "127.0.0.12", "Petite maison", mode="open")
        base.run("community", "add", "Logement", "--slug", "logement")
        base.run("member", "add", "a@b.example", "--name", "Ana Roy", "--community", "logement", "--role", "animation")
        other.run("community", "add", "Quartier", "--slug", "quartier")
        try:
            base.start()
            other.start()
            with workers(base, 2):
                other.run("follow", "quartier", f"@logement@{base.host}")
                follower, community = f"{other.url}/communautes/quartier", f"{base.url}/communautes/logement"
                until(lambda: other.json("inspect")["following"][follower].get(community) == "accepted")
                folder = tmp_path / "notes"
                folder.mkdir()
                for number in range(30):
                    (folder / f"{number:02}.txt").write_text(f"Note {number}\n\nDes logements abordables.", "utf-8")
                base.run("import", "text", str(folder), "--community", "logement", "--audience", "public")
                found = ["repertoire", "quartier", "--scope", "followed", "--search", "logement abordable"]
                until(lambda: len(other.json(*found)) == 30, describe=lambda: base.json("inspect")["deliveries"])
                assert len(base.json("repertoire", "logement", "--search", "logement abordable")) == 30
                until(lambda: set(base.json("inspect")["deliveries"]) == {"delivered"}, describe=lambda: base.run("inspect"))
        finally:
            base.stop()
            other.stop()
