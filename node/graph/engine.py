"""The index of what is public: a folder of files, a process that writes to it, and one for each question put to it.

Nothing of it is in the memory of the node: whoever is not asked pays nothing, and a question that eats all it may have is ended
by the system without the node's help. The index is derived: the folder may be deleted, and is made anew.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from http import HTTPStatus
from math import ceil
from pathlib import Path

from node.errors import Busy, Conflict
from node.graph.questions import Found, Question
from node.graph.record import BROKEN, LOCKED
from vocab.ontology import VERSION

#: How statements are put into the index; with another number, or another vocabulary, it is made anew.
LAYOUT = f"2-{VERSION}"
#: What the program that answers needs before and after the question, in seconds.
STARTING = 1.0
#: For so long, in seconds, another process that writes is waited for.
PATIENCE = 20.0

_HERE = Path(__file__).parent
_TEXT = "text/plain; charset=utf-8"
_TOO_LONG = "This question took too long, and was ended: ask for less, or for the dumps."
_TOO_MUCH = "This question needed too much memory, and was ended: ask for less, or for the dumps."
_CROWDED = "Too many questions are waiting; try again in a while."
_NOT_YET = "The index is being made; try again in a while."


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one question may have: seconds, bytes of memory, rows, bytes of the question and of the answer.

    One is answered at a time; `waiting` more may wait for their turn.
    """

    seconds: float = 5.0
    memory: int = 536_870_912
    rows: int = 10_000
    question: int = 10_240
    answer: int = 16_777_216
    waiting: int = 4


class Graph:
    """The index in a folder."""

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        self._root = folder / LAYOUT
        self._folder = folder
        self.limits = limits or Limits()
        self._turn = asyncio.Semaphore(1)
        self._present = 0

    def mark(self) -> int | None:
        """How far the index is, as `changes` counts; None when there is none."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            return int((self._root / "current").readlink().name.split("-")[1])
        return None

    async def ask(self, question: Question) -> Found:
        """The answer, or in words why there is none; never later than its time and some, and that of those who came before."""
        if self.mark() is None:
            return _without(HTTPStatus.SERVICE_UNAVAILABLE, _NOT_YET)
        if self._present > self.limits.waiting:
            return _without(HTTPStatus.SERVICE_UNAVAILABLE, _CROWDED)
        self._present += 1
        try:
            async with self._turn:
                return await self._answer(question)
        finally:
            self._present -= 1

    async def _answer(self, question: Question) -> Found:
        order = {
            **asdict(question),
            "store": str((self._root / "current").resolve()),
            "memory": self.limits.memory,
            "seconds": ceil(self.limits.seconds),
            "most": self.limits.rows,
            "size": self.limits.answer,
        }
        process = await _started("evaluate.py", stdout=asyncio.subprocess.PIPE)
        try:
            async with asyncio.timeout(self.limits.seconds + STARTING):
                said, _ = await process.communicate(json.dumps(order).encode())
        except TimeoutError:
            return _without(HTTPStatus.SERVICE_UNAVAILABLE, _TOO_LONG)
        finally:
            await _ended(process)
        return _read(said, process.returncode or 0)

    @contextlib.asynccontextmanager
    async def recording(self, *, anew: bool) -> AsyncIterator[Recorder]:
        """Writes into the index, on from what is there or anew; raises Busy when another process does, Conflict for a broken one.

        What was written counts once the recorder was told the mark, and this context has ended.
        """
        await asyncio.to_thread(self._root.mkdir, parents=True, exist_ok=True)
        process = await _started("record.py", str(self._root), str(PATIENCE), "anew" if anew else "on")
        try:
            yield Recorder(process)
            await Recorder(process).close()
            await process.wait()
        finally:
            await _ended(process)
        if process.returncode == LOCKED:
            raise Busy("Somebody else writes to the index.")
        if process.returncode:
            said = "cannot be used" if process.returncode == BROKEN else "was not written to the end"
            raise Conflict(f"The index in {self._root} {said}.")


class Recorder:
    """Takes what is to be written into the index."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def put(self, about: str, statements: str) -> None:
        """What a thing says now, as N-Quads; "" for one that is public no more."""
        await self._say([about, statements])

    async def finish(self, mark: int) -> None:
        """Says how far the index is with all that was put."""
        await self._say({"mark": mark})

    async def close(self) -> None:
        """Says that nothing more comes."""
        if self._process.stdin is not None:
            self._process.stdin.close()

    async def _say(self, line: object) -> None:
        if self._process.stdin is None:
            return
        with contextlib.suppress(ConnectionError):  # its exit code will say why it has ended
            self._process.stdin.write(json.dumps(line).encode() + b"\n")
            await self._process.stdin.drain()


async def _started(program: str, *arguments: str, stdout: int | None = None) -> asyncio.subprocess.Process:
    # -I: nothing of the environment or of the folder it is started in counts.
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        str(_HERE / program),
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=stdout,
        stderr=None if stdout is None else asyncio.subprocess.DEVNULL,
        env={},
    )


async def _ended(process: asyncio.subprocess.Process) -> None:
    """Sees to it that a process is no more."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _read(said: bytes, code: int) -> Found:
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return _without(HTTPStatus.SERVICE_UNAVAILABLE, _TOO_LONG)
    first, _, body = said.partition(b"\n")
    if code or not first:
        return _without(HTTPStatus.SERVICE_UNAVAILABLE, _TOO_MUCH)
    head = json.loads(first)
    return Found(status=head["status"], media_type=head.get("media_type", _TEXT), body=body)


def _without(status: HTTPStatus, reason: str) -> Found:
    return Found(status=status, media_type=_TEXT, body=reason.encode())
