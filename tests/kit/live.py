"""Real nodes: processes of their own on loopback addresses, driven by the command line as a person would."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from node.cli import build, run
from node.wiring import open_node

ROOT = Path(__file__).resolve().parents[2]
ADDRESSES = ("127.0.0.11", "127.0.0.12", "127.0.0.13")
ALLOWED = ("127.0.0.11/32", "127.0.0.12/32", "127.0.0.13/32", "127.0.0.14/32")
SETTINGS = """
[federation]
allow_http = true
allow_addresses = {allowed}
mode = "{mode}"

[sparql]
enabled = false
"""


def free_port(address: str) -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind((address, 0))
        return int(probe.getsockname()[1])


def until(what: Callable[[], object], *, seconds: float = 90.0, describe: Callable[[], object] = lambda: "") -> None:
    """Waits until `what()` is true; fails with `describe()` when it is not in time. What takes long to find out is asked less."""
    end = time.monotonic() + seconds
    while (begun := time.monotonic()) < end:
        if what():
            return
        time.sleep(max(0.1, 2 * (time.monotonic() - begun)))
    raise AssertionError(f"not within {seconds} s: {describe()}")


@dataclass(frozen=True, kw_only=True)
class Printed:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


def _command() -> int:
    """Runs the command line of this process as its program would; its exit code."""
    try:
        run(build(open_node))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    return 0


@dataclass
class LiveNode:
    """One node: its folder, its address, and its process while it runs."""

    folder: Path
    address: str
    name: str
    mode: str = "archipelago"
    port: int = 0
    allowed: tuple[str, ...] = ALLOWED
    house: Path = ROOT
    database: str = ""
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.port = self.port or free_port(self.address)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "maillage.toml").write_text(SETTINGS.format(mode=self.mode, allowed=json.dumps(self.allowed)), "utf-8")
        self.run("init", "--url", self.url, "--name", self.name)

    @property
    def url(self) -> str:
        """The address of the node."""
        return f"http://{self.address}:{self.port}"

    @property
    def host(self) -> str:
        """The node's host as links name it: with its port."""
        return f"{self.address}:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its processes: its database, when that is no file of its folder."""
        return {**os.environ, **({"DATABASE_URL": self.database} if self.database else {})}  # noqa: TID251 -- passed on

    def run(self, *arguments: str, text: str | None = None, expect: int = 0) -> str:
        """Runs a command on the node and gives what it printed."""
        whole = [*arguments, "--data", str(self.folder)]
        said = self._run_apart(whole, text) if text is not None or self.house != ROOT else self._run_here(whole)
        assert said.code == expect, f"{arguments}: exit {said.code}\n{said.out}\n{said.err}"
        return said.out if expect == 0 else said.err

    def _run_here(self, arguments: list[str]) -> Printed:
        """The command line in this process: it starts ten times as fast. In a thread, for it has event loops of its own."""
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
        with (
            mock.patch.dict(os.environ, self.environment),  # noqa: TID251 -- passed on
            mock.patch.object(sys, "argv", ["maillage", *arguments]),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            ThreadPoolExecutor(1) as thread,
        ):
            code = thread.submit(_command).result(120)
        said, wrong = (stream.buffer.getvalue().decode() for stream in (out, err))
        return Printed(code=code, out=said, err=wrong)

    def _run_apart(self, arguments: list[str], text: str | None) -> Printed:
        done = subprocess.run(
            [sys.executable, "-m", "node", *arguments],
            cwd=self.house,
            input=text,
            text=True,
            capture_output=True,
            check=False,
            timeout=120,
            env=self.environment,
        )
        return Printed(code=done.returncode, out=done.stdout, err=done.stderr)

    def run_plain(self, *arguments: str) -> str:
        """What a command prints that concerns no node."""
        command = [sys.executable, "-m", "node", *arguments]
        return subprocess.run(command, cwd=self.house, text=True, capture_output=True, check=True, timeout=120).stdout

    def json(self, *arguments: str) -> Any:
        """What a reading command prints with --json."""
        return json.loads(self.run(*arguments, "--json"))

    def start(self) -> LiveNode:
        """Starts the node and waits for its first answer."""
        with (self.folder / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "node", "serve", "--data", str(self.folder), "--bind", f"{self.address}:{self.port}"],
                cwd=self.house,
                stdout=log,
                stderr=log,
                env=self.environment,
            )
        until(self.answers, describe=lambda: (self.folder / "serve.log").read_text("utf-8")[-3000:])
        return self

    def answers(self) -> bool:
        """Whether the node answers."""
        try:
            return self.get("/sante", accept="*/*")[0] == 200
        except OSError:
            return False

    def get(self, path: str, *, accept: str = "text/html") -> tuple[int, bytes]:
        """Status and body of a GET; `path` may be a whole address."""
        url = path if path.startswith("http") else f"{self.url}{path}"
        request = urllib.request.Request(url, headers={"Accept": accept})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read()

    def seconds_at_work(self) -> float:
        """How long a processor was at work for the node's process so far, in seconds: what others do does not count."""
        assert self.process is not None
        told = Path(f"/proc/{self.process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Ends the process, by SIGTERM or harder, and waits for it."""
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(90)
            self.process = None

    def kill(self) -> None:
        """Ends the process as a power cut would."""
        self.stop(signal.SIGKILL)
