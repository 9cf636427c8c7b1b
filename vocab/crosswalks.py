"""The tables of correspondences/: how the fields of another platform or format are said in our words, and back."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from vocab.terms import Bilingual

FOLDER = Path(__file__).parent / "correspondences"

#: Whether a field goes into our words, comes out of them, or both.
Way = Literal["both", "in", "out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A field of theirs and the names of our words that say it; none when what it says is lost."""

    theirs: str
    ours: tuple[str, ...]
    way: Way
    note: Bilingual = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crosswalk:
    """A table: `classes` are the names of our classes that their thing becomes, `source` says where their fields were read.

    `loses` says in both languages what does not survive the way in, and the way out.
    """

    name: str
    title: Bilingual
    classes: tuple[str, ...]
    source: str
    loses: Bilingual
    rows: tuple[Row, ...]


@cache
def crosswalks() -> Mapping[str, Crosswalk]:
    """Every table by its name."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.toml"))}


def of_word(key: str) -> list[tuple[Crosswalk, Row]]:
    """The places where a word stands in a table, as a property."""
    return [(table, row) for table in crosswalks().values() for row in table.rows if key in row.ours]


def of_class(key: str) -> list[Crosswalk]:
    """The tables of things that become this class."""
    return [table for table in crosswalks().values() if key in table.classes]


def _read(path: Path) -> Crosswalk:
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    return Crosswalk(
        name=path.stem,
        title=said["title"],
        classes=tuple(said["classes"]),
        source=said["source"],
        loses=said["loses"],
        rows=tuple(_row(row) for row in said["row"]),
    )


def _row(said: Mapping[str, Any]) -> Row:
    return Row(theirs=said["theirs"], ours=tuple(said["ours"]), way=said.get("way", "both"), note=said.get("note", {}))
