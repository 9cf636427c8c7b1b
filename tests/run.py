"""Runs everything that guards the project, one step after the other, and says at the end what could not be run and why."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = ("vocab", "federation", "node", "tests")
#: The tests of a file share what takes long to set up, and the files go in the order of tests/conftest.py.
BY_FILE = ("--dist", "loadfile", "--no-loadscope-reorder")
#: Keeps one core busy for long on a fresh clone: it goes beside the other steps, which wait often.
BESIDE = "types"
PROGRAMS = {
    "chromium": ("the tests in a browser", "apt-get install chromium"),
    "initdb": ("the tests on PostgreSQL", "apt-get install postgresql"),
    "readers": ("the tests with readers of other makes", "make test, with npm's package index in reach"),
    "fedify": ("the tests with a server of another make", "make test, with npm's package index in reach"),
}


def steps(quick: bool, rest: list[str]) -> list[tuple[str, list[str]]]:
    """The steps: what each is for, and its command."""
    python = [sys.executable, "-m"]
    tests = [
        "-m",
        "not browser and not postgres",
        "tests/vocab",
        "tests/federation",
        "tests/node",
        "tests/architecture",
    ]
    return [
        ("format", [*python, "ruff", "format", "--check", "-q", *CODE]),
        ("lint", [*python, "ruff", "check", "-q", *CODE]),
        ("types", [*python, "mypy", *CODE]),
        ("contracts", [str(Path(sys.executable).parent / "lint-imports")]),
        ("tests", [*python, "pytest", "-q", "-n", "3", *BY_FILE, *(tests if quick else []), *rest]),
    ]


def has_program(name: str) -> bool:
    """Whether a program is there: on the path, where Debian keeps it, or where `make test` puts servers of other makes."""
    elsewhere = [*Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), *ROOT.glob(f"tests/peers/{name}/node_modules")]
    return shutil.which(name) is not None or bool(elsewhere)


def is_passed(name: str, command: list[str]) -> bool:
    """Runs a step; what the one beside the others says is held back until its end.

    What was compiled is kept, even where the machine says not to: each worker and each node of the tests would compile it again.
    """
    start = time.monotonic()
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}  # noqa: TID251 -- no node
    done = subprocess.run(command, cwd=ROOT, check=False, env=kept, text=True, stdout=subprocess.PIPE if name == BESIDE else None)
    outcome = "passed" if done.returncode == 0 else "FAILED"
    sys.stdout.write(f"{done.stdout or ''}{name}: {outcome} in {time.monotonic() - start:.1f} s\n")
    sys.stdout.flush()
    return done.returncode == 0


def main() -> int:
    """Runs the steps; the exit code is 0 only when all passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out the browser, PostgreSQL and the scenarios")
    options, rest = parser.parse_known_args()
    missing = [name for name in PROGRAMS if not has_program(name)]
    ordered = steps(options.quick, rest)
    with ThreadPoolExecutor() as pool:
        beside = [(name, pool.submit(is_passed, name, command)) for name, command in ordered if name == BESIDE]
        failed = [name for name, command in ordered if name != BESIDE and not is_passed(name, command)]
        failed += [name for name, passed in beside if not passed.result()]
    for name in missing:
        what, remedy = PROGRAMS[name]
        sys.stdout.write(f"left out: {what}, because {name} is not here ({remedy})\n")
    if missing and os.environ.get("CI") == "true":  # noqa: TID251 -- this is no part of the node
        failed.append("programs")
    if failed:
        sys.stdout.write(f"FAILED: {', '.join(failed)}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
