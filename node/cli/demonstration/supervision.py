"""Keeps the processes of the demonstration's nodes running: one that dies is started again at once."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path

from node.errors import Conflict, Invalid

#: How often a node may be killed before the demonstration gives up on it; and how often in a row it may end by itself.
RESTARTS = 50
FAILURES = 3
FAILURE_PAUSE = 0.5
STOP_SECONDS = 25.0
#: How many ports are tried when any will do.
PORTS = 50


def free_port(addresses: Sequence[str], wanted: int) -> int:
    """A port that is free on all the addresses: `wanted`, or any one when it is 0; raises Conflict when it is taken."""
    # A port that is free on the first address may be taken on another: then the next one is tried.
    for _ in range(0 if wanted else PORTS):
        with contextlib.suppress(Conflict):
            return _common_port(addresses, 0)
    return _common_port(addresses, wanted)


def _common_port(addresses: Sequence[str], wanted: int) -> int:
    port = wanted
    with contextlib.ExitStack() as probes:
        for address in addresses:
            probe = probes.enter_context(socket.socket())
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError as problem:
                remedy = "; try --port 0" if wanted else ""
                raise Conflict(f"port {port} cannot be used on {address}: {problem.strerror}{remedy}") from problem
            port = probe.getsockname()[1]
    return port


class NodeProcess:
    """One node's process, watched. What it says goes to serve.log in its folder."""

    def __init__(self, name: str, folder: Path, tell: Callable[[str], None]) -> None:
        self._name = name
        self._log = folder / "serve.log"
        self._command = (sys.executable, "-m", "node", "serve", "--data", str(folder))
        self._tell = tell
        self._process: asyncio.subprocess.Process | None = None
        self._is_stopping = False

    async def watch(self) -> None:
        """Starts the process and starts it again each time it dies, until stop(); raises Invalid when it does not stay up."""
        failures = 0
        for _ in range(RESTARTS):
            code = await self._run()
            if self._is_stopping:
                return
            # Below 0 it was killed, which is nobody's fault; 0 means that somebody asked it to stop.
            failures = failures + 1 if code > 0 else 0
            if failures == FAILURES:
                break
            self._tell(f"{self._name} s’est arrêté ({code}) ; on le relance")
            if failures:
                await asyncio.sleep(FAILURE_PAUSE)
        raise Invalid(f"{self._name} does not stay up: {self._last_words()} ({self._log})")

    async def _run(self) -> int:
        with self._log.open("ab") as log:
            # A session of its own: Ctrl-C is for the demonstration, which then stops its nodes in order.
            self._process = await asyncio.create_subprocess_exec(
                *self._command, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        return await self._process.wait()

    async def stop(self) -> None:
        """Asks the process to stop, and waits for it."""
        self._is_stopping = True
        if self._process is None or self._process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self._process.wait(), STOP_SECONDS)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    def _last_words(self) -> str:
        lines = self._log.read_text("utf-8", "replace").split("\n") if self._log.exists() else []
        return next((line.strip().removeprefix("maillage: ") for line in reversed(lines) if line.strip()), "it said nothing")


@contextlib.asynccontextmanager
async def running(folders: Mapping[str, Path], tell: Callable[[str], None]) -> AsyncIterator[None]:
    """Runs one node process for each folder, by name, for as long as the context lasts."""
    processes = [NodeProcess(name, folder, tell) for name, folder in folders.items()]
    async with asyncio.TaskGroup() as group:
        for process in processes:
            group.create_task(process.watch())
        try:
            yield
        finally:
            await asyncio.gather(*(process.stop() for process in processes))
