"""python -m node: the command maillage."""

from __future__ import annotations

from node.cli import build, run
from node.wiring import open_node


def main() -> None:
    """Runs the command line."""
    run(build(open_node))


if __name__ == "__main__":
    main()
