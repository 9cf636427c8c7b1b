"""Full-text search in French and English, within what whoever asks may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Float,
    MetaData,
    Select,
    Table,
    cast,
    desc,
    false,
    func,
    literal,
    literal_column,
    select,
)

from node.domain.visibility import Scope
from node.storage.expansion import expand
from node.storage.ground import Shelf
from node.storage.indexing import write_out
from node.storage.matching import Match, fts5, tsquery
from node.storage.scopes import within
from node.storage.stored import StoredThing, stored
from node.storage.tables.columns import BIG
from node.storage.tables.holdings import holdings
from node.storage.tables.things import facets, things

#: What a word in the title, the summary, the topics and the body weighs.
WEIGHTS = (8.0, 3.0, 4.0, 1.0)

#: Not part of the declared schema: each database has its own index.
_FTS5 = Table("search_index", MetaData(), Column("rowid", BIG))
_VECTORS = Table("search_index", MetaData(), Column("seq", BIG), Column("words"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A thing that was found, the communities that hold it, and how well it fits (more is better)."""

    thing: StoredThing
    communities: tuple[str, ...]
    score: float


class Search(Shelf):
    """The search. An empty query finds everything, the newest here first.

    `communities`: only what one of them holds. `kind`, `topic` (an IRI) and `origin` (a host) narrow it further.
    """

    def find(  # noqa: PLR0913 - each narrows the search
        self,
        words: str,
        *,
        scope: Scope,
        communities: Sequence[str] | None = None,
        kind: str | None = None,
        topic: str | None = None,
        origin: str | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> list[SearchHit]:
        """What is found, best first. Words are joined by and; quoted words must stand together."""
        match = expand(self.ground, words, scope)
        found, score = self._found(words, match)
        chosen = _narrowed(found, scope, communities, kind, topic, origin)
        rows = self.ground.rows(
            chosen.with_only_columns(things.c.iri, score.label("score"))
            .order_by(desc("score"), things.c.seq.desc())
            .limit(limit)
            .offset(offset)
        )
        return self._hits({row["iri"]: float(row["score"]) for row in rows}, communities)

    def count(
        self,
        words: str,
        *,
        scope: Scope,
        communities: Sequence[str] | None = None,
        kind: str | None = None,
        topic: str | None = None,
        origin: str | None = None,
    ) -> int:
        """How many things are found."""
        found, _ = self._found(words, expand(self.ground, words, scope))
        chosen = _narrowed(found, scope, communities, kind, topic, origin)
        return self.ground.number(chosen.with_only_columns(func.count()))

    def facets(
        self,
        words: str,
        *,
        scope: Scope,
        communities: Sequence[str] | None = None,
        kind: str | None = None,
        topic: str | None = None,
        origin: str | None = None,
    ) -> dict[str, list[tuple[str, int]]]:
        """How many of what is found are of which `kind`, `topic` (IRI) and `origin` (host), most first."""
        found, _ = self._found(words, expand(self.ground, words, scope))
        chosen = _narrowed(found, scope, communities, kind, topic, origin)
        ids = chosen.with_only_columns(things.c.iri)
        topics = select(facets.c.text.label("value"), func.count(facets.c.thing.distinct()).label("n"))
        topics = topics.where(facets.c.property == "topic", facets.c.text.is_not(None), facets.c.thing.in_(ids))
        return {
            "kind": self._counted(chosen.with_only_columns(things.c.kind.label("value"), func.count().label("n"))),
            "topic": self._counted(topics),
            "origin": self._counted(chosen.with_only_columns(things.c.host.label("value"), func.count().label("n"))),
        }

    def _counted(self, statement: Select[Any]) -> list[tuple[str, int]]:
        rows = self.ground.rows(statement.group_by("value").order_by(desc("n"), "value"))
        return [(row["value"], row["n"]) for row in rows]

    def _found(self, words: str, match: Match | None) -> tuple[Select[Any], ColumnElement[float]]:
        """What the words find, and how well it fits."""
        nothing: ColumnElement[float] = literal(0.0)
        if match is None:
            everything = select(things.c.iri)
            return (everything.where(false()) if words.strip() else everything), nothing
        if self.ground.dialect == "sqlite":
            write_out(self.ground)
            index: ColumnElement[str] = literal_column("search_index")
            found = select(things.c.iri).join(_FTS5, _FTS5.c.rowid == things.c.seq)
            weights: list[ColumnElement[float]] = [literal_column(str(weight)) for weight in WEIGHTS]
            return found.where(index.op("MATCH")(fts5(match))), -func.bm25(index, *weights)
        # imported here: see ground.insert
        from sqlalchemy.dialects.postgresql import TSQUERY  # noqa: PLC0415

        query = cast(tsquery(match), TSQUERY)
        found = select(things.c.iri).join(_VECTORS, _VECTORS.c.seq == things.c.seq).where(_VECTORS.c.words.op("@@")(query))
        weights_dcba = cast([WEIGHTS[3] / 8, WEIGHTS[2] / 8, WEIGHTS[1] / 8, WEIGHTS[0] / 8], ARRAY(Float(24)))
        # 1: a long text does not win by its length
        return found, func.ts_rank(weights_dcba, _VECTORS.c.words, query, 1)

    def _hits(self, scores: dict[str, float], communities: Sequence[str] | None) -> list[SearchHit]:
        found = stored(self.ground, select(things).where(things.c.iri.in_(scores))) if scores else []
        held: dict[str, list[str]] = {}
        wanted = select(holdings.c.thing, holdings.c.community).where(holdings.c.thing.in_(scores))
        if communities is not None:
            wanted = wanted.where(holdings.c.community.in_(communities))
        for row in self.ground.rows(wanted.order_by(holdings.c.since, holdings.c.community)):
            held.setdefault(row["thing"], []).append(row["community"])
        by_iri = {each.entry.iri: each for each in found}
        return [SearchHit(thing=by_iri[iri], communities=tuple(held.get(iri, ())), score=score) for iri, score in scores.items()]


def _narrowed(
    found: Select[Any],
    scope: Scope,
    communities: Sequence[str] | None,
    kind: str | None,
    topic: str | None,
    origin: str | None,
) -> Select[Any]:
    chosen = found.where(within(scope), things.c.deleted_at.is_(None))
    if communities is not None:
        held = select(holdings.c.thing).where(holdings.c.community.in_(communities))
        chosen = chosen.where(things.c.iri.in_(held))
    if kind is not None:
        chosen = chosen.where(things.c.kind == kind)
    if topic is not None:
        having = select(facets.c.thing).where(facets.c.property == "topic", facets.c.text == topic)
        chosen = chosen.where(things.c.iri.in_(having))
    return chosen if origin is None else chosen.where(things.c.host == origin)
