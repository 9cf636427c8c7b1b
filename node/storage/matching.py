"""What a query asks of the index: words joined by and, or, and phrases; written for each of the two databases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Phrase:
    """These stems, one after the other. Stems are letters and digits only."""

    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of these."""

    parts: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of these."""

    parts: tuple[Match, ...]


Match: TypeAlias = Phrase | AnyOf | AllOf


def any_of(parts: Iterable[Match]) -> Match:
    """At least one of these, each said once."""
    distinct = tuple(dict.fromkeys(parts))
    return distinct[0] if len(distinct) == 1 else AnyOf(distinct)


def all_of(parts: Iterable[Match]) -> Match:
    """Every one of these, each said once."""
    distinct = tuple(dict.fromkeys(parts))
    return distinct[0] if len(distinct) == 1 else AllOf(distinct)


def fts5(match: Match) -> str:
    """The query as SQLite's FTS5 reads it."""
    if isinstance(match, Phrase):
        return f'"{" ".join(match.stems)}"'
    return _joined([fts5(part) for part in match.parts], " OR " if isinstance(match, AnyOf) else " AND ")


def tsquery(match: Match) -> str:
    """The query as PostgreSQL reads a tsquery."""
    if isinstance(match, Phrase):
        return _joined([f"'{stem}'" for stem in match.stems], " <-> ")
    return _joined([tsquery(part) for part in match.parts], " | " if isinstance(match, AnyOf) else " & ")


def _joined(parts: Sequence[str], sign: str) -> str:
    return f"({sign.join(parts)})"
