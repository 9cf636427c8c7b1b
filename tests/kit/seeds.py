"""The folder of shared documents that some tests read, and what happens where it is not."""

from __future__ import annotations

from pathlib import Path

from kit.left_out import leave_out

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def shared(*parts: str) -> Path:
    """A path in the shared folder; without the folder the test is left out with that reason, in CI it fails."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        leave_out(f"needs the shared documents, and there is no {path}")
    return path
