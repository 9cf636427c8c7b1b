"""How widely a community of ours is linked: as its node, or narrower where its people said so."""

from __future__ import annotations

from node.domain.openness import narrower
from node.storage.here import Here
from node.storage.unit_of_work import UnitOfWork

_KEY = "links.mode:"


def mode_of(uow: UnitOfWork, here: Here, community: str) -> str:
    """The mode that holds for who asks to follow a community."""
    return narrower(here.mode, said_of(uow, community))


def said_of(uow: UnitOfWork, community: str) -> str:
    """What was said of this community alone, "" for nothing."""
    return uow.state.get(f"{_KEY}{community}") or ""


def keep_mode(uow: UnitOfWork, community: str, mode: str) -> None:
    """Says it, or "" to be as the node is."""
    uow.state.set(f"{_KEY}{community}", mode)
