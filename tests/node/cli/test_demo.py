"""maillage demo: stopped in order at any moment, and clear about what stands in its way."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kit.live import ROOT, until
from kit.shell import Shell

pytestmark = pytest.mark.enable_socket


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_takes_its_nodes_with_it(tmp_path: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "node", "demo", "--port", "0", "--data", str(tmp_path / "d")]
    logs = [tmp_path / "d" / name / "serve.log" for name in ("villes", "logement", "territoire")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        until(lambda: all(log.exists() for log in logs))
        started = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("utf-8").split()
        process.send_signal(number)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert "Traceback" not in told
    assert "Trois nœuds démarrent" in told
    assert started
    assert [pid for pid in started if Path(f"/proc/{pid}").exists()] == []


def test_a_port_that_is_taken(maillage: Shell, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.12", 0))
        other.listen()
        port = other.getsockname()[1]
        told = maillage.run("demo", "--once", "--port", str(port), data=tmp_path / "d")
    assert (told.code, told.out) == (1, "")
    assert f"port {port} cannot be used on 127.0.0.12" in told.err
    assert "--port 0" in told.err
    assert told.err.splitlines()[-1].startswith("maillage: ")


def test_misuse(maillage: Shell, tmp_path: Path) -> None:
    assert "--port" in maillage.is_misused("demo", "--port", "80000")
    (tmp_path / "fichier").write_text("x", "utf-8")
    assert maillage.run("demo", data=tmp_path / "fichier").code == 2
