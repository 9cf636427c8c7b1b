"""Runs every bench_*.py of this folder and prints its figures with the machine's name. Nothing fails for being slow."""

from __future__ import annotations

import importlib
import os
import platform
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent.parent), str(HERE.parent)]


def machine() -> str:
    """The machine in one line."""
    model = next(
        (line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines() if "model name" in line),
        platform.processor(),
    )
    system = f"{platform.system()} {platform.release()}"
    return f"{platform.node()}: {os.cpu_count()} × {model}, Python {platform.python_version()}, {system}"


def main() -> None:
    """Prints the figures of all benches, or of those named on the command line."""
    wanted = sys.argv[1:] or sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    print(machine())
    for name in wanted:
        module = importlib.import_module(f"bench.bench_{name}")
        for figure in module.measure():
            promise = f"   (promised: {figure.promise})" if figure.promise else ""
            print(f"{name:12} {figure.name:52} {figure.value:12,.2f} {figure.unit}{promise}", flush=True)


if __name__ == "__main__":
    main()
