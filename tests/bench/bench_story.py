"""How long the whole story of the demonstration takes, from nothing to every node having everything."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from bench.figures import Figure


def measure() -> Iterator[Figure]:
    """Plays the story once."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "node", "demo", "--once", "--json", "--port", "0", "--data", folder],
            check=True,
            capture_output=True,
        )
        yield Figure(
            name="the whole story, three nodes", value=time.perf_counter() - start, unit="s", promise="under 20 s on two cores"
        )
