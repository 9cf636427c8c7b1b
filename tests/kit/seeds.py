"""The folder of shared documents that some tests read, and what happens where it is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def shared(*parts: str) -> Path:
    """A path in the shared folder; without the folder the test is left out with that reason, in CI it fails."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        reason = f"needs the shared documents, and there is no {path}"
        if os.environ.get("CI") == "true":  # noqa: TID251 -- CI must not pass without them
            pytest.fail(reason)
        pytest.skip(reason)
    return path
