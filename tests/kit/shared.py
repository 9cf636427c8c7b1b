"""The documents beside the repository that some tests read; they are left out where that folder is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_FOLDER = Path(__file__).resolve().parents[3] / "shared"


def shared(*parts: str) -> Path:
    """The path of a folder or file under ../shared; skips the test where it is not, or fails it under CI=true."""
    path = _FOLDER.joinpath(*parts)
    if not path.exists():
        reason = f"../shared/{'/'.join(parts)} is not there: this test needs it"
        if os.environ.get("CI") == "true":  # noqa: TID251 -- tests are not the node
            pytest.fail(reason)
        pytest.skip(reason)
    return path


def listed(*parts: str, pattern: str) -> list[str]:
    """The names of the files under ../shared that match, sorted; empty where the folder is not: for parameters of tests."""
    return sorted(path.name for path in _FOLDER.joinpath(*parts).glob(pattern))
