"""Runs everything that guards the project, one step after the other, and says at the end what could not be run and why."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = ("vocab", "federation", "node", "tests")
#: The tests of a file share what takes long to set up, and the files go in the order of tests/conftest.py.
BY_FILE = ("--dist", "loadfile", "--no-loadscope-reorder")
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


def main() -> int:
    """Runs the steps; the exit code is 0 only when all passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out the browser, PostgreSQL and the scenarios")
    options, rest = parser.parse_known_args()
    missing = [name for name in PROGRAMS if not has_program(name)]
    failed = []
    for name, command in steps(options.quick, rest):
        start = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, check=False)
        sys.stdout.write(f"{name}: {'passed' if done.returncode == 0 else 'FAILED'} in {time.monotonic() - start:.1f} s\n")
        sys.stdout.flush()
        if done.returncode:
            failed.append(name)
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
