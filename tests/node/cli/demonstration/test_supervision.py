"""The demonstration's processes: restarted when they are killed, given up when they cannot start."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from pathlib import Path

import pytest

from kit.live import free_port as any_port
from kit.shell import Shell
from node.cli.demonstration import supervision
from node.cli.demonstration.supervision import NodeProcess, free_port
from node.errors import Conflict, Invalid

pytestmark = pytest.mark.enable_socket
LOOPBACK = ("127.0.0.11", "127.0.0.12", "127.0.0.13")


async def test_a_node_that_cannot_start_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "FAILURE_PAUSE", 0)
    told: list[str] = []
    with pytest.raises(Invalid, match=r"essai does not stay up: there is no node in .*serve\.log"):
        await NodeProcess("essai", tmp_path, told.append).watch()
    assert len(told) == supervision.FAILURES - 1


async def test_a_node_that_is_killed_is_started_again(maillage: Shell) -> None:
    bind = f"127.0.0.11:{any_port('127.0.0.11')}"
    maillage.monkeypatch.setenv("MAILLAGE_SERVER__BIND", bind)
    told: list[str] = []
    process = NodeProcess("essai", maillage.folder, told.append)
    log = maillage.folder / "serve.log"

    async def listening(times: int) -> int:
        while not log.exists() or log.read_text("utf-8").count("listening") < times:  # noqa: ASYNC110 -- of a process
            await asyncio.sleep(0.02)
        return int(Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text("utf-8").split()[-1])

    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        watching = group.create_task(process.watch())
        first = await listening(1)
        os.kill(first, signal.SIGKILL)
        assert await listening(2) != first
        await process.stop()
        await watching
    assert told == ["essai s’est arrêté (-9)\u00a0; on le relance"]
    assert f"node.wiring: listening bind={bind!r}\n" in log.read_text("utf-8"), "a log tells where, too"


def test_a_port_is_free_on_all_addresses() -> None:
    port = free_port(LOOPBACK, 0)
    assert free_port(LOOPBACK, port) == port
    with socket.socket() as other:
        other.bind(("127.0.0.13", port))
        with pytest.raises(Conflict, match=rf"port {port} cannot be used on 127\.0\.0\.13.*--port 0"):
            free_port(LOOPBACK, port)
        assert free_port(LOOPBACK, 0) != port
