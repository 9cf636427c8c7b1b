"""How fast a node starts, and how much memory it takes when nothing happens, and when many give and fetch files."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import heavy, served
from bench.figures import Figure


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _first_answer(port: int) -> float:
    start = time.perf_counter()
    while time.perf_counter() - start < 30:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/", headers={"Host": f"127.0.0.1:{port}", "Accept": "text/html"})
            if connection.getresponse().status == 200:
                return time.perf_counter() - start
        except OSError:
            time.sleep(0.005)
    raise RuntimeError("the node did not answer within 30 s")


def _memory(pid: int) -> tuple[float, float]:
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text("utf-8").splitlines() if ":" in line)
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").splitlines()
    private = sum(int(line.split()[1]) for line in rollup if line.startswith("Private_"))
    return int(lines["VmRSS"].split()[0]) / 1024, private / 1024


def _processor(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


def _made(folder: str, url: str) -> dict[str, str]:
    """A node with one community in a folder; the environment it wants."""
    environment = {"PATH": "/usr/bin:/bin", "MAILLAGE_FEDERATION__ALLOW_HTTP": "true"}
    for arguments in (["init", "--url", url, "--name", "Mesure"], ["community", "add", "Une communauté"]):
        command = [sys.executable, "-m", "node", *arguments, "--data", folder]
        subprocess.run(command, check=True, capture_output=True, env=environment)
    return environment


def _page(port: int) -> float:
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/", headers={"Host": f"127.0.0.1:{port}", "Accept": "text/html"})
    connection.getresponse().read()
    connection.close()
    return time.perf_counter() - start


def measure() -> Iterator[Figure]:
    """Starts one real node with one community and watches it."""
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        environment = _made(folder, f"http://127.0.0.1:{port}")
        process = subprocess.Popen(
            [sys.executable, "-m", "node", "serve", "--data", folder, "--bind", f"127.0.0.1:{port}"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield Figure(name="start to first answered request", value=_first_answer(port), unit="s", promise="under 1.5 s")
            yield Figure(name="of which computing", value=_processor(process.pid), unit="s")
            time.sleep(3)
            resident, private = _memory(process.pid)
            yield Figure(name="memory of an idle node, resident", value=resident, unit="MB", promise="under 120 MB")
            yield Figure(name="of which its own", value=private, unit="MB")
            before = _processor(process.pid)
            time.sleep(10)
            yield Figure(name="processor of an idle node", value=(_processor(process.pid) - before) * 10, unit="% of one core")
            yield Figure(name="first page, median of 200", value=sorted(_page(port) for _ in range(200))[100] * 1000, unit="ms")
        finally:
            process.terminate()
            process.wait(30)
    with tempfile.TemporaryDirectory() as folder, served.measured(Path(folder) / "node") as (node, database):
        yield from heavy.figures(node, database)
