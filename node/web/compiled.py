"""Templates as they were compiled, kept beside what Python keeps: else each process compiles a hundred, for each language.

What is kept is found by the name of the template, and holds for the very text of it and the version of Jinja and Python alone.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from pickle import UnpicklingError

from jinja2.bccache import Bucket, BytecodeCache

#: Whoever can write here can write our code, too: what lies here is as trustworthy.
FOLDER = Path(__file__).parent / "__pycache__"


class Compiled(BytecodeCache):
    """Where that is not permitted, or Python keeps nothing either, nothing is kept."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Reads what was kept, when it is of this very text; what a power cut left of it counts as nothing."""
        with contextlib.suppress(OSError, EOFError, UnpicklingError), _file(bucket).open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps it, whole or not at all: other processes read it."""
        if sys.dont_write_bytecode:
            return
        path = _file(bucket)
        part = path.with_name(f"{path.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            FOLDER.mkdir(exist_ok=True)
            part.write_bytes(bucket.bytecode_to_string())
            part.replace(path)


def _file(bucket: Bucket) -> Path:
    return FOLDER / f"{bucket.key}.jinja"
