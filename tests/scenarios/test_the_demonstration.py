"""`maillage demo --once --json`: the whole story arrives; and again when nodes are killed at random moments."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kit.live import ROOT, until

pytestmark = pytest.mark.enable_socket
KILLS_A_STORY = 4
ROUNDS_A_STORY = 3
NODES = 3


def play(folder: Path) -> subprocess.Popen[str]:
    """Starts the story in a folder."""
    return subprocess.Popen(
        [sys.executable, "-m", "node", "demo", "--once", "--json", "--port", "0", "--data", str(folder)],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def end(process: subprocess.Popen[str]) -> list[dict[str, Any]]:
    """What the story printed at its end."""
    out, told = process.communicate(timeout=900)
    assert process.returncode == 0, told[-4000:]
    nodes: list[dict[str, Any]] = json.loads(out)["nodes"]
    return nodes


def essence(nodes: list[dict[str, Any]]) -> Any:
    """What must be the same however often a node died: everything but addresses, which hold the port."""
    return [
        {
            "name": node["name"],
            "communities": [
                {key: community[key] for key in ("name", "own", "enlarged", "titles", "followed_titles")}
                | {"links": sorted((link["direction"], link["with"], link["state"]) for link in community["links"])}
                for community in node["communities"]
            ],
            "intersections": sorted(
                (touch["between"], round(touch["strength"], 4), sorted(basis["kind"] for basis in touch["basis"]))
                for touch in node["intersections"]
            ),
        }
        for node in nodes
    ]


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()]
    except FileNotFoundError:
        return []


def is_one_killed(pid: int, chance: random.Random) -> bool:
    """Kills one of the processes that a process started, where there is one."""
    with contextlib.suppress(ProcessLookupError, IndexError):  # it has ended meanwhile; none has begun yet
        os.kill(chance.choice(children(pid)), signal.SIGKILL)
        return True
    return False


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return essence(end(play(tmp_path_factory.mktemp("story"))))


def test_everything_arrives(undisturbed: Any) -> None:
    assert [len(node["communities"]) for node in undisturbed] == [1, 1, 2]
    for node in undisturbed:
        assert node["intersections"]
        for community in node["communities"]:
            assert community["own"] == len(community["titles"]) == len(set(community["titles"]))
            assert community["enlarged"] == len(community["followed_titles"]) == len(set(community["followed_titles"])) > 0
            assert {state for _, _, state in community["links"]} == {"accepted"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A story for each so many rounds as are asked for: `--kill-rounds 60` plays twenty, and kills eighty times."""
    if "story" in metafunc.fixturenames:
        metafunc.parametrize("story", range(max(int(metafunc.config.getoption("--kill-rounds")) // ROUNDS_A_STORY, 1)))


def test_the_story_survives_kills(
    story: int, undisturbed: Any, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    seed = int(os.environ.get("KILL_SEED", "0")) or random.SystemRandom().randrange(10**6)  # noqa: TID251 -- to repeat a run
    chance = random.Random(seed + story)  # noqa: S311 -- nothing secret
    process = play(tmp_path)
    moments = []
    until(lambda: len(children(process.pid)) == NODES, describe=process.poll)
    for _ in range(KILLS_A_STORY):
        pause = chance.uniform(0.05, 1.2)
        time.sleep(pause)
        until(lambda: is_one_killed(process.pid, chance) or process.poll() is not None)
        if process.poll() is None:
            moments.append(round(pause, 2))
    record_property("kills", f"KILL_SEED={seed} story {story}: killed after {moments} s")
    assert essence(end(process)) == undisturbed
    assert len(moments) == KILLS_A_STORY, "the story was over too soon"
