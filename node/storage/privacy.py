"""What those who look after the node say of where it is kept."""

from __future__ import annotations

from node.storage.unit_of_work import UnitOfWork

_HOSTING = "privacy.hosting"
LONGEST = 300


def hosting(uow: UnitOfWork) -> str:
    """Where the node and its backups are, in words; "" where nobody said."""
    return uow.state.get(_HOSTING) or ""


def keep_hosting(uow: UnitOfWork, words: str) -> None:
    """Keeps it."""
    uow.state.set(_HOSTING, " ".join(words.split())[:LONGEST])
