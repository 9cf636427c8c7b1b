"""What fits a query, by the full-text index of either database, and how well."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Float,
    MetaData,
    Select,
    Table,
    TableValuedAlias,
    cast,
    func,
    literal_column,
    select,
)

from node.storage.ground import Ground
from node.storage.indexing import write_out
from node.storage.matching import Heading, Match, fts5, tsquery
from node.storage.tables.columns import BIG
from node.storage.tables.things import NARROW, things

#: What a word in the title, the summary, the topics and the body weighs.
WEIGHTS = (8.0, 3.0, 4.0, 1.0)

#: Not part of the declared schema: each database has its own index.
_FTS5 = Table("search_index", MetaData(), Column("rowid", BIG))
_VECTORS = Table("search_index", MetaData(), Column("seq", BIG), Column("words"))


def fitting(ground: Ground, match: Match) -> tuple[Select[Any], ColumnElement[float]]:
    """The things that fit, whoever may see them, to be narrowed; and how well each does (more is better)."""
    if ground.dialect == "sqlite":
        write_out(ground)
        index: ColumnElement[str] = literal_column("search_index")
        places_of = things.c.seq == func.coalesce(_FTS5.c.rowid, 0)
        found = select(things.c.iri).with_hint(things, NARROW, "sqlite").join(_FTS5, places_of)
        weights: list[ColumnElement[float]] = [literal_column(str(weight)) for weight in WEIGHTS]
        return found.where(index.op("MATCH")(fts5(match))), -func.bm25(index, *weights)
    fits = _fits(match)
    weights_dcba = cast([WEIGHTS[3] / 8, WEIGHTS[2] / 8, WEIGHTS[1] / 8, WEIGHTS[0] / 8], ARRAY(Float(24)))
    # 1: a long text does not win by its length
    weight = func.ts_rank(weights_dcba, _VECTORS.c.words, _asked(match), 1)
    # asked apart: whoever only counts what fits opens none of the vectors
    score: ColumnElement[float] = select(weight).where(_VECTORS.c.seq == things.c.seq).scalar_subquery()
    return select(things.c.iri).join(fits, fits.c.seq == things.c.seq), score


def places(ground: Ground, match: Match) -> Select[Any]:
    """The places (`seq`) of what fits, whoever may see it: to be asked of what is seen."""
    if ground.dialect == "sqlite":
        return select(_FTS5.c.rowid).where(literal_column("search_index").op("MATCH")(fts5(match)))
    return select(_fits(match).c.seq)


def _fits(match: Match) -> TableValuedAlias:
    """What fits, by PostgreSQL's index; why a function asks it, migration 0024 says."""
    ask = func.search_heading_fits if isinstance(match, Heading) else func.search_fits
    return ask(_asked(match)).table_valued(Column("seq", BIG), name="fitting").render_derived()


def _asked(match: Match) -> ColumnElement[str]:
    # imported here: see ground.insert
    from sqlalchemy.dialects.postgresql import TSQUERY  # noqa: PLC0415

    return cast(tsquery(match), TSQUERY)
