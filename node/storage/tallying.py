"""Facets counted by rows of bits: which things have which value is kept in the memory, and follows the marks of what changes.

Of what was found only the numbers come from the database, seen as this reader may see it; a row of bits for each value says how
many of them have it. What is kept says nothing of who may see a thing, and is never asked for a thing that was not found.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Select, func, select

from node.storage.faceting import AGES, COLUMNS, SEVERAL, Counts, by_primary, ordered, since
from node.storage.ground import Ground
from node.storage.tables.changes import marks
from node.storage.tables.finding import choices
from node.storage.tables.things import NARROW, things

#: So many changes are followed one by one; and so many bytes are kept at most, else the database counts.
FOLLOWED, MOST = 500, 32_000_000
_ONE = ord("1")

Bits = bytearray
_tallies: WeakKeyDictionary[Engine, Tally] = WeakKeyDictionary()
_lock = threading.Lock()


def tallied(
    ground: Ground, found: Select[Any], chosen: Mapping[str, str], at: datetime | None
) -> tuple[int, Counts] | None:  # fmt: skip
    """What `faceting.counted` gives; None where that has to be asked."""
    if ground.dialect != "sqlite" or ground.marked or not chosen.keys() <= {*COLUMNS, *SEVERAL, "age"}:
        return None
    # as one text: row by row, very much takes longer to hand over than to find
    numbers = ground.connection.execute(found.with_only_columns(func.group_concat(things.c.seq))).scalar_one()
    row = _row([int(number) for number in numbers.split(",")] if numbers else [])
    with _lock:
        tally = _tallies.setdefault(ground.connection.engine, Tally())
        return tally.counted(row, chosen, at) if tally.follow(ground, at) else None


class Tally:
    """The values of all things, as they were at the mark that it has followed up to."""

    def __init__(self) -> None:
        self._mark = -1
        self._rows: dict[tuple[str, str], Bits] = {}
        self._read: dict[tuple[str, str], int] = {}
        self._ages: tuple[datetime | None, dict[str, Bits]] = (None, {})

    def follow(self, ground: Ground, at: datetime | None) -> bool:
        """Takes in what changed since it was last asked; False when there is too much to keep."""
        newest = ground.number(select(func.coalesce(func.max(marks.c.id), 0)))
        if self._mark < 0 or newest > self._mark:
            changed = self._changed(ground, newest) if self._mark >= 0 else None
            if changed is None:
                self._begin(ground)
            else:
                self._renew(ground, changed)
            self._mark = newest
        if at != self._ages[0]:
            self._ages = at, self._aged(ground, at)
        return 2 * sum(map(len, self._rows.values())) <= MOST

    def counted(self, found: int, chosen: Mapping[str, str], at: datetime | None) -> tuple[int, Counts]:
        """How many of what was found fulfil all conditions, and what each facet has of those that fulfil the others."""
        conditions = {facet: self._having(facet, value, at) for facet, value in chosen.items()}
        counts: dict[str, list[tuple[str, int]]] = {facet: [] for facet in (*COLUMNS, *SEVERAL, "age")}
        left = {facet: _all(found, (bits for other, bits in conditions.items() if other != facet)) for facet in counts}
        if not self._read:
            self._read = {key: int.from_bytes(row, "little") for key, row in self._rows.items()}
        for (facet, value), read in self._read.items():
            if n := (read & left[facet]).bit_count():
                counts[facet].append((value, n))
        ages = self._ages[1] if at else {}
        recent = [(days, (int.from_bytes(row, "little") & left["age"]).bit_count()) for days, row in ages.items()]
        told: Counts = {facet: ordered(pairs) for facet, pairs in counts.items()}
        told["language"], told["age"] = by_primary(told["language"]), [pair for pair in recent if pair[1]]
        return _all(found, conditions.values()).bit_count(), told

    def _having(self, facet: str, value: str, at: datetime | None) -> int:
        """The things that have a value; of a language its variants, too, and for an age all where it has no beginning."""
        if facet == "age":
            return int.from_bytes(self._ages[1][value], "little") if at else -1
        rows = (row for (of, each), row in self._rows.items() if of == facet and _is(facet, each, value))
        having = 0
        for row in rows:
            having |= int.from_bytes(row, "little")
        return having

    def _changed(self, ground: Ground, newest: int) -> list[str] | None:
        """What was touched since, None for more than is worth following, or where that is no longer known."""
        oldest = ground.number(select(func.coalesce(func.min(marks.c.id), 0)))
        if oldest > self._mark + 1:
            return None
        after = marks.c.id > self._mark, marks.c.id <= newest
        found = ground.texts(select(marks.c.thing).where(*after).distinct().limit(FOLLOWED + 1))
        return found if len(found) <= FOLLOWED else None

    def _begin(self, ground: Ground) -> None:
        self._rows, self._read, self._ages = {}, {}, (None, {})
        for facet, value, seq in (*_columns(ground), *_several(ground)):
            _set(self._rows.setdefault((facet, value), Bits()), seq)

    def _renew(self, ground: Ground, iris: list[str]) -> None:
        self._read = {}
        seqs = [int(seq) for seq in ground.connection.execute(select(things.c.seq).where(things.c.iri.in_(iris))).scalars()]
        for row in (*self._rows.values(), *self._ages[1].values()):
            for seq in seqs:
                _clear(row, seq)
        for facet, value, seq in (*_columns(ground, seqs), *_several(ground, seqs)):
            _set(self._rows.setdefault((facet, value), Bits()), seq)
        for days, ages in self._aged(ground, self._ages[0], seqs).items():
            for seq in seqs:
                if seq >> 3 < len(ages) and ages[seq >> 3] >> (seq & 7) & 1:
                    _set(self._ages[1][days], seq)

    def _aged(self, ground: Ground, at: datetime | None, seqs: list[int] | None = None) -> dict[str, Bits]:
        """For each of AGES what changed so recently."""
        if at is None:
            return {}
        every = select(things.c.seq).with_hint(things, NARROW, "sqlite") if seqs is None else select(things.c.seq)
        chosen = every if seqs is None else every.where(things.c.seq.in_(seqs))
        found = {str(days): ground.connection.execute(chosen.where(since(at, str(days)))).scalars() for days in AGES}
        return {days: _bits(numbers) for days, numbers in found.items()}


def _columns(ground: Ground, seqs: list[int] | None = None) -> Iterator[tuple[str, str, int]]:
    wanted = select(things.c.seq, *COLUMNS.values())
    chosen = wanted.with_hint(things, NARROW, "sqlite") if seqs is None else wanted.where(things.c.seq.in_(seqs))
    for seq, *values in ground.connection.execute(chosen):
        for facet, value in zip(COLUMNS, values, strict=True):
            yield facet, value, seq


def _several(ground: Ground, seqs: list[int] | None = None) -> Iterator[tuple[str, str, int]]:
    wanted = select(choices.c.property, choices.c.text, choices.c.seq)
    for facet, value, seq in ground.connection.execute(wanted if seqs is None else wanted.where(choices.c.seq.in_(seqs))):
        if facet in SEVERAL:
            yield facet, value, seq


def _is(facet: str, value: str, chosen: str) -> bool:
    return value == chosen or (facet == "language" and value.startswith(f"{chosen}-"))


def _all(found: int, conditions: Iterable[int]) -> int:
    for condition in conditions:
        found &= condition
    return found


def _row(numbers: Sequence[int]) -> int:
    """The row of bits of many things, as a number: written as text first, which takes a fifth of the time."""
    text = bytearray(b"0") * (max(numbers, default=0) + 1)
    for number in numbers:
        text[-1 - number] = _ONE
    return int(text, 2)


def _bits(numbers: Iterable[int]) -> Bits:
    every = list(numbers)
    row = Bits((max(every, default=0) >> 3) + 1)
    for number in every:
        row[number >> 3] |= 1 << (number & 7)
    return row


def _set(row: Bits, seq: int) -> None:
    if len(row) <= seq >> 3:
        row.extend(bytes((seq >> 3) + 1 - len(row)))
    row[seq >> 3] |= 1 << (seq & 7)


def _clear(row: Bits, seq: int) -> None:
    if seq >> 3 < len(row):
        row[seq >> 3] &= ~(1 << (seq & 7)) & 0xFF
