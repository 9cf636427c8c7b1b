"""What a query asks of the index: words joined by and, or, and phrases; written for each of the two databases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
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


@dataclass(frozen=True, slots=True)
class Heading:
    """The same, all of it in the title and the topics of a thing."""

    match: Match


Match: TypeAlias = Phrase | AnyOf | AllOf | Heading


def any_of(parts: Iterable[Match]) -> Match:
    """At least one of these, each said once."""
    each = (part.parts if isinstance(part, AnyOf) else (part,) for part in parts)
    distinct = tuple(dict.fromkeys(chain.from_iterable(each)))
    return distinct[0] if len(distinct) == 1 else AnyOf(distinct)


def all_of(parts: Iterable[Match]) -> Match:
    """Every one of these, each said once."""
    distinct = tuple(dict.fromkeys(parts))
    return distinct[0] if len(distinct) == 1 else AllOf(distinct)


def fts5(match: Match) -> str:
    """The query as SQLite's FTS5 reads it."""
    if isinstance(match, Phrase):
        return f'"{" ".join(match.stems)}"'
    if isinstance(match, Heading):
        return f"{{title topics}} : ({fts5(match.match)})"
    return _joined([fts5(part) for part in match.parts], " OR " if isinstance(match, AnyOf) else " AND ")


def tsquery(match: Match) -> str:
    """The query as PostgreSQL reads a tsquery; of a heading it is asked of the vector of headings."""
    if isinstance(match, Phrase):
        return _joined([f"'{stem}'" for stem in match.stems], " <-> ")
    if isinstance(match, Heading):
        return tsquery(match.match)
    return _joined([tsquery(part) for part in match.parts], " | " if isinstance(match, AnyOf) else " & ")


def _joined(parts: Sequence[str], sign: str) -> str:
    return f"({sign.join(parts)})"
