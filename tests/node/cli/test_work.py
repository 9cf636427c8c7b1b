"""maillage work: jobs without pages, until it is asked to stop."""

from __future__ import annotations

import subprocess
import sys

from kit.live import ROOT, until
from kit.shell import Shell


def test_it_does_what_waits_and_stops_when_asked(maillage: Shell) -> None:
    waiting = maillage("inspect", "--json").json["tasks"]
    assert "intersections" in {task["kind"] for task in waiting}
    command = [sys.executable, "-m", "node", "work", "--data", str(maillage.folder)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) as process:

        def is_done() -> bool:
            return "intersections" not in {task["kind"] for task in maillage("inspect", "--json").json["tasks"]}

        until(is_done)
        process.terminate()
        assert process.wait(30) == 0
    assert "there is no node" in maillage.fails("work", data=maillage.folder / "rien")
