"""Which pattern a community of ours began with: the usual one, unless somebody chose another."""

from __future__ import annotations

from node.domain.patterns import PATTERNS, USUAL, Pattern
from node.storage.unit_of_work import UnitOfWork

#: Under what the pattern of a community is remembered.
PATTERNED = "community.pattern:"


def pattern_of(uow: UnitOfWork, community: str) -> Pattern:
    """The pattern of a community."""
    return PATTERNS.get(uow.state.get(f"{PATTERNED}{community}") or "", USUAL)


def keep_pattern(uow: UnitOfWork, community: str, pattern: Pattern) -> None:
    """Remembers it."""
    uow.state.set(f"{PATTERNED}{community}", pattern.name)
