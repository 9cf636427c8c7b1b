"""Keeps the processes of the demonstration's nodes running: one that dies is started again at once."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

from node.errors import Conflict, Invalid

#: How often a node may die before the demonstration gives up on it.
RESTARTS = 50
STOP_SECONDS = 25.0


def free_port(addresses: Sequence[str], wanted: int) -> int:
    """A port that is free on all the addresses: `wanted`, or any one when it is 0; raises Conflict when it is taken."""
    for _ in range(50):
        taken: list[socket.socket] = []
        port = wanted
        try:
            for address in addresses:
                probe = socket.socket()
                taken.append(probe)
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((address, port))
                port = probe.getsockname()[1]
        except OSError as problem:
            if wanted:
                raise Conflict(f"port {wanted} cannot be used on {address}: {problem.strerror}; try --port 0") from problem
        else:
            return port
        finally:
            for probe in taken:
                probe.close()
    raise Conflict("no port is free on all three addresses")


class NodeProcess:
    """One node's process, watched."""

    def __init__(self, name: str, folder: Path, tell: Callable[[str], None]) -> None:
        self._name = name
        self._folder = folder
        self._tell = tell
        self._process: asyncio.subprocess.Process | None = None
        self._is_stopping = False

    async def watch(self) -> None:
        """Starts the process and starts it again each time it dies, until stop() is called."""
        for _ in range(RESTARTS):
            log = (self._folder / "serve.log").open("ab")
            with log:
                self._process = await asyncio.create_subprocess_exec(
                    sys.executable, "-m", "node", "serve", "--data", str(self._folder), stdout=log, stderr=log
                )
            code = await self._process.wait()
            if self._is_stopping:
                return
            self._tell(f"{self._name} stopped ({code}); starting it again")
            if code > 0:
                await asyncio.sleep(0.5)
        raise Invalid(f"{self._name} does not stay up; see {self._folder / 'serve.log'}")

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
            self._process.kill()


@contextlib.asynccontextmanager
async def running(folders: dict[str, Path], tell: Callable[[str], None]) -> AsyncIterator[None]:
    """Runs one node process for each folder, by name, for as long as the context lasts."""
    processes = [NodeProcess(name, folder, tell) for name, folder in folders.items()]
    async with asyncio.TaskGroup() as group:
        for process in processes:
            group.create_task(process.watch())
        try:
            yield
        finally:
            await asyncio.gather(*(process.stop() for process in processes))
