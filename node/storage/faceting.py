"""What narrows a search, and how much of what was found each choice would leave: counted in one go over what fits the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    CompoundSelect,
    Select,
    Text,
    case,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    type_coerce,
    union_all,
)

from node.storage.ground import Ground
from node.storage.tables.finding import CHOSEN_FIELDS, choices
from node.storage.tables.holdings import holdings
from node.storage.tables.things import things

#: Facets of which a thing has one value, and the column it stands in.
COLUMNS = {
    "kind": things.c.kind,
    "origin": things.c.host,
    "home": things.c.community,
    "language": things.c.language,
    "license": things.c.license,
}
#: Facets of which a thing has several, and the searched field of the same name that they stand in.
SEVERAL = CHOSEN_FIELDS
#: How recently something changed, in days, from the narrowest.
AGES = (7, 31, 365)
#: So many choices of a facet are told, and what is chosen: nobody looks through more, and they are kept for a while.
MOST = 40
FACETS = (*COLUMNS, *SEVERAL, "age")

#: When something was last changed, as far as it says.
_CHANGED = func.coalesce(things.c.updated_at, things.c.published_at, things.c.stored_at, type_=things.c.updated_at.type)

Counts = dict[str, Sequence[tuple[str, int]]]


def narrowing(narrowed: Mapping[str, str | None], at: datetime | None) -> dict[str, ColumnElement[bool]]:
    """The condition of each facet of which something is chosen, and of `after` (a things.seq); KeyError for any other."""
    return {facet: _condition(facet, value, at) for facet, value in narrowed.items() if value is not None}


def held_by(communities: Sequence[str]) -> ColumnElement[bool]:
    """That one of these communities holds it."""
    return things.c.iri.in_(select(holdings.c.thing).where(holdings.c.community.in_(communities)))


def is_held_by(communities: Sequence[str] | Select[tuple[str]]) -> ColumnElement[bool]:
    """The same, asked of each thing by itself: for whoever wants only a few."""
    return exists().where(holdings.c.thing == things.c.iri, holdings.c.community.in_(communities))


def counted(
    ground: Ground, found: Select[Any], conditions: Mapping[str, ColumnElement[bool]], at: datetime | None
) -> tuple[int, Counts]:  # fmt: skip
    """How many of what was found fulfil all conditions, and what each facet has of those that fulfil the conditions of others."""
    flags = [type_coerce(condition, Boolean()).label(f"is_{facet}") for facet, condition in conditions.items()]
    columns = [column.label(facet) for facet, column in COLUMNS.items()]
    ages = [_age(at).label("age")] if at else []
    whole = found.with_only_columns(things.c.seq.label("seq"), *columns, *ages, *flags).cte("found").prefix_with("MATERIALIZED")
    statement: CompoundSelect[Any] = union_all(
        select(literal("").label("facet"), literal("").label("value"), func.count().label("n"))
        .select_from(whole)
        .where(*_others(whole, conditions, "")),
        *(_of_column(whole, conditions, facet) for facet in (*COLUMNS, *(["age"] if at else []))),
        *(_of_field(whole, conditions, facet) for facet in SEVERAL),
    )
    rows = ground.connection.execute(statement).all()
    counts: dict[str, list[tuple[str, int]]] = {facet: [] for facet in FACETS}
    for facet, value, n in rows:
        if facet:
            counts[facet].append((str(value), int(n)))
    told: Counts = {facet: ordered(pairs) for facet, pairs in counts.items()}
    told["language"], told["age"] = by_primary(told["language"]), _at_most(told["age"])
    return next(int(n) for facet, _, n in rows if not facet), told


def ordered(pairs: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The choices of a facet, those first that leave most."""
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def foremost(choices: Sequence[tuple[str, int]], chosen: str | None) -> list[tuple[str, int]]:
    """The first choices of a facet, and the chosen one wherever it stands."""
    return [pair for place, pair in enumerate(choices) if place < MOST or pair[0] == chosen]


def _others(whole: CTE, conditions: Mapping[str, ColumnElement[bool]], facet: str) -> list[ColumnElement[bool]]:
    return [whole.c[f"is_{other}"] for other in conditions if other != facet] or [true()]


def _of_column(whole: CTE, conditions: Mapping[str, ColumnElement[bool]], facet: str) -> Select[Any]:
    column = whole.c[facet]
    return select(literal(facet), column, func.count()).where(*_others(whole, conditions, facet)).group_by(column)


def _of_field(whole: CTE, conditions: Mapping[str, ColumnElement[bool]], facet: str) -> Select[Any]:
    """Value by value, as they stand in order: to sort what was found by its values would be most of the work."""
    fits = choices.c.seq.in_(select(whole.c.seq).where(*_others(whole, conditions, facet)))
    return select(literal(facet), choices.c.text, func.count()).where(choices.c.property == facet, fits).group_by(choices.c.text)


def _condition(facet: str, value: str, at: datetime | None) -> ColumnElement[bool]:
    if facet in SEVERAL:
        return things.c.seq.in_(select(choices.c.seq).where(choices.c.property == facet, choices.c.text == value))
    if facet == "age":
        return since(at, value) if at else true()
    if facet == "after":
        return things.c.seq > int(value)
    if facet == "language":
        return or_(things.c.language == value, things.c.language.startswith(f"{value}-", autoescape=True))
    return COLUMNS[facet] == value


def _age(at: datetime) -> ColumnElement[str]:
    """The narrowest of AGES in which something changed, "" for longer ago."""
    steps = [(since(at, str(days)), literal_column(f"'{days}'", Text())) for days in AGES]
    return case(*steps, else_=literal_column("''", Text()))


def since(at: datetime, days: str) -> ColumnElement[bool]:
    """That a thing changed within so many days before a moment."""
    return at - timedelta(days=int(days)) <= _CHANGED


def _at_most(counts: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """What changed within seven days changed within a year, too."""
    known, sums, sum_ = dict(counts), [], 0
    for days in AGES:
        sum_ += known.get(str(days), 0)
        sums.append((str(days), sum_))
    return [pair for pair in sums if pair[1]]


def by_primary(counts: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Languages without their regions: fr-CA is fr."""
    found: dict[str, int] = {}
    for tag, n in counts:
        primary = tag.partition("-")[0].lower()
        found[primary] = found.get(primary, 0) + n
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
