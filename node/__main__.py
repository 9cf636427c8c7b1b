"""python -m node: the command maillage."""

from __future__ import annotations

import signal
import sys

# Ctrl-C while all is still being loaded: nothing has begun, so that there is nothing to say.
signal.signal(signal.SIGINT, signal.SIG_DFL)

from node.cli import build, run  # noqa: E402 -- see above
from node.cli.troubles import open_streams, unforeseen  # noqa: E402 -- see above
from node.wiring import open_node  # noqa: E402 -- see above


def main() -> None:
    """Runs the command line; asked to end, it ends as after Ctrl-C, so that nothing half-made is left."""
    open_streams()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    sys.excepthook = unforeseen
    try:
        run(build(open_node))
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    main()
