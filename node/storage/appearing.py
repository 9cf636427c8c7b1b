"""How the node is dressed, kept as one text."""

from __future__ import annotations

from node.domain.appearance import Appearance, read
from node.storage.unit_of_work import UnitOfWork

KEY = "node.appearance"


def appearance_of(uow: UnitOfWork) -> Appearance:
    """What the node wears now; as long as nothing changes the very same object."""
    return read(uow.state.get(KEY) or "")


def keep_appearance(uow: UnitOfWork, appearance: Appearance) -> None:
    """Changes what it wears."""
    uow.state.set(KEY, appearance.written())
