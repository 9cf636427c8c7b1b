"""Full-text search in French and English, within what whoever asks may see."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    bindparam,
    desc,
    false,
    func,
    literal,
    select,
)

from node.domain.html import plain
from node.domain.visibility import Scope
from node.storage.expansion import expand
from node.storage.faceting import counted, foremost, held_by, is_held_by, narrowing
from node.storage.fitting import fitting, places
from node.storage.ground import Ground, Shelf
from node.storage.matching import Heading, Match, Phrase, any_of
from node.storage.nearest import further, neighbours, written
from node.storage.people import Somebody, find_people
from node.storage.prepared import Prepared
from node.storage.remembering import until_changed
from node.storage.scopes import Gated, within
from node.storage.several import listed, texts
from node.storage.shelves.saved_searches import SavedSearches
from node.storage.stored import StoredThing, stored_at, stored_rows
from node.storage.suggesting import beginning
from node.storage.tables.columns import BIG
from node.storage.tables.holdings import holdings
from node.storage.tables.things import NARROW, things
from node.storage.tallying import tallied
from node.storage.words import forms

#: Where so much fits the words, what has all of them in its title and its topics comes first.
VERY_MUCH = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A thing that was found, the communities that hold it, and how well it fits (more is better)."""

    thing: StoredThing
    communities: tuple[str, ...]
    score: float


#: Looks for what fits the first and not the second, from somewhere on.
Look = Callable[[Match | None, Match | None, int, int], Sequence[RowMapping]]
Facets = Mapping[str, Sequence[tuple[str, int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How much is found, and how much of it each choice of each facet would leave, most first.

    What is chosen of a facet does not narrow that facet itself: one may still choose another.
    """

    total: int
    facets: Facets


class Search(Shelf):
    """The search. An empty query finds everything, the newest here first.

    `communities`: only what one of them holds. What narrows it further goes by the names of `faceting.FACETS`: `kind`, `origin`
    (a host), `home` (the community it was published in), `language`, `license`, `topic` and `territory` (IRIs), `age` (in days,
    before the moment `at`). `is_any`: what has one of the words is found too, what has most of them first.
    """

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self._matches: dict[tuple[str, Scope, bool], Match | None] = {}

    @property
    def saved(self) -> SavedSearches:
        """The searches that people keep."""
        return SavedSearches(self.ground)

    def find(  # noqa: PLR0913 - each narrows the search
        self,
        words: str,
        *,
        scope: Scope,
        communities: Sequence[str] | None = None,
        limit: int = 50,
        offset: int = 0,
        is_any: bool = False,
        at: datetime | None = None,
        **narrowed: str | None,
    ) -> list[SearchHit]:
        """What is found, best first. Words are joined by and; quoted words must stand together."""
        match = self._match(words, scope, is_any=is_any)
        conditions = narrowing(narrowed, at)

        def look(match: Match | None, without: Match | None, limit: int, offset: int) -> Sequence[RowMapping]:
            found, score = self._found(words, match, is_few=bool(narrowed.get("kind")))
            chosen = _chosen(found, scope, None if match is None else communities, conditions)
            if match is None and communities is not None:  # the newest are walked through until there are enough
                chosen = chosen.where(is_held_by(communities))
            if without is not None:
                chosen = chosen.where(things.c.seq.not_in(places(self.ground, without)))
            order = (things.c.seq.desc(),) if match is None else (desc("score"), things.c.seq.desc())
            wanted = chosen.with_only_columns(things.c.iri, score.label("score")).order_by(*order)
            return self.ground.rows(wanted.limit(limit).offset(offset))

        rows = self._foremost(look, match, limit, offset)
        return self._hits({row["iri"]: float(row["score"]) for row in rows}, communities)

    def latest(
        self, communities: Sequence[str], *, scope: Scope, limit: int, but: Collection[str], hidden: Collection[str] = ()
    ) -> list[SearchHit]:
        """What came here last of what one of these communities holds, but for these kinds and what these people wrote."""
        wanted = {"communities": listed(communities), "but": listed(but), "hidden": listed(hidden), "limit": limit}
        rows = _LATEST.rows(self.ground.connection, scope, **wanted)
        return self._hits({row["iri"]: 0.0 for row in rows}, communities)

    def count(
        self,
        words: str,
        *,
        scope: Scope,
        communities: Sequence[str] | None = None,
        is_any: bool = False,
        at: datetime | None = None,
        **narrowed: str | None,
    ) -> int:
        """How many things are found."""
        found, _ = self._found(words, self._match(words, scope, is_any=is_any))
        chosen = _chosen(found, scope, communities, narrowing(narrowed, at))
        return self.ground.number(chosen.with_only_columns(func.count()))

    def overview(
        self,
        words: str,
        *,
        scope: Scope,
        communities: Sequence[str] | None = None,
        is_any: bool = False,
        at: datetime | None = None,
        **narrowed: str | None,
    ) -> Overview:
        """How many things are found, and the facets of them, in one go over what fits the words."""
        found, _ = self._found(words, self._match(words, scope, is_any=is_any))
        chosen = _chosen(found, scope, communities, {})

        def make() -> Overview:
            said = {facet: value for facet, value in narrowed.items() if value is not None}
            total, facets = tallied(self.ground, chosen, said, at) or counted(self.ground, chosen, narrowing(narrowed, at), at)
            shown = {facet: foremost(choices, narrowed.get(facet)) for facet, choices in facets.items()}
            return Overview(total=total, facets=shown)

        key = ("overview", words, scope, communities and tuple(communities), is_any, at, tuple(sorted(narrowed.items())))
        return until_changed(self.ground, key, make)

    def facets(self, words: str, *, scope: Scope, communities: Sequence[str] | None = None) -> Facets:
        """The facets alone, nothing chosen."""
        return self.overview(words, scope=scope, communities=communities).facets

    def nearest(self, words: str, *, scope: Scope) -> str:
        """The words as they may have been meant, each that finds nothing replaced by its best neighbour; "" when none is."""
        meant = {form: self._neighbour(form, scope) for form in dict.fromkeys(forms(words)) if not self.count(form, scope=scope)}
        if not any(meant.values()):
            return ""
        return " ".join(meant.get(form) or form for form in dict.fromkeys(forms(words)))

    def beginning(self, typed: str, *, scope: Scope, limit: int = 6) -> list[StoredThing]:
        """Things whose titles somebody may be about to type, terms first."""
        return beginning(self.ground, typed, scope, limit)

    def people(self, words: str, *, scope: Scope, limit: int = 6, is_begun: bool = False) -> list[Somebody]:
        """People, communities and organisations that are called so, or can help with it; `is_begun`: the last word may go on."""
        return find_people(self.ground, words, scope, limit, is_begun=is_begun)

    def named(self, iris: Sequence[str], *, scope: Scope) -> dict[str, StoredThing]:
        """These things, tombstones too, as far as they are here and within scope."""
        rows = _NAMED.rows(self.ground.connection, scope, iris=listed(iris)) if iris else ()
        return {each.entry.iri: each for each in stored_rows(self.ground, rows)}

    def last(self, *, scope: Scope) -> int:
        """The place (`seq`) of what came here last, of what is within scope; 0 for nothing."""
        newest = select(func.max(things.c.seq)).where(within(scope), things.c.deleted_at.is_(None))
        return int(self.ground.connection.execute(newest).scalar_one() or 0)

    def newest(self) -> int:
        """The place of what came here last, whoever may see it: for the machinery, never for an answer."""
        return int(self.ground.connection.execute(select(func.max(things.c.seq))).scalar_one() or 0)

    def _match(self, words: str, scope: Scope, *, is_any: bool) -> Match | None:
        """What to look for; worked out once for all that one page asks."""
        key = (words, scope, is_any)
        if key not in self._matches:
            self._matches[key] = expand(self.ground, words, scope, join=any_of) if is_any else expand(self.ground, words, scope)
        return self._matches[key]

    def _foremost(self, look: Look, match: Match | None, limit: int, offset: int) -> Sequence[RowMapping]:
        """Rows of what is found, best first; of very much, what its heading says comes first, and the rest is rarely weighed."""
        if match is None or not self._is_very_much(match):
            return look(match, None, limit, offset)
        heading = Heading(match)
        rows = look(heading, None, limit, offset)
        if len(rows) == limit:
            return rows
        before = offset + len(rows) if rows or not offset else len(look(heading, None, offset, 0))
        return [*rows, *look(match, heading, limit - len(rows), offset + len(rows) - before)]

    def _is_very_much(self, match: Match) -> bool:
        """Whether so much fits the words that to weigh all of it would take longer than everything else."""
        some = places(self.ground, match).limit(VERY_MUCH).subquery()
        return self.ground.number(select(func.count()).select_from(some)) == VERY_MUCH

    def _neighbour(self, form: str, scope: Scope) -> str:
        """How the neighbour of a word is written of which most is said within the scope, one slip before two; "" for none."""
        best = self._most_said(neighbours(self.ground, form), scope) or self._most_said(further(self.ground, form), scope)
        if not best:
            return ""
        found, score = self._found(best, Phrase((best,)))
        first = _chosen(found, scope, None, {}).with_only_columns(things.c.iri, score.label("score"))
        iris = [row["iri"] for row in self.ground.rows(first.order_by(desc("score")).limit(3))]
        found_there = stored_at(self.ground, iris).values()
        said = [*(each.entry.name for each in found_there), *(plain(each.document.decode()) for each in found_there)]
        return written(best, said) or best

    def _most_said(self, stems: Sequence[str], scope: Scope) -> str:
        """The stem that stands in most of what is within the scope, "" when none stands in anything."""
        most, best = 0, ""
        for stemmed in stems:
            found, _ = self._found(stemmed, Phrase((stemmed,)))
            n = self.ground.number(_chosen(found, scope, None, {}).with_only_columns(func.count()))
            if n > most:
                most, best = n, stemmed
        return best

    def _found(
        self, words: str, match: Match | None, *, is_few: bool = False
    ) -> tuple[Select[Any], ColumnElement[float]]:  # fmt: skip
        """What the words find, and how well it fits. `is_few`: another index leads to what is wanted of everything."""
        nothing: ColumnElement[float] = literal(0.0)
        if match is None:
            everything = select(things.c.iri)
            if not is_few:
                everything = everything.with_hint(things, NARROW, "sqlite")
            return (everything.where(false()) if words.strip() else everything), nothing
        return fitting(self.ground, match)

    def _hits(self, scores: Mapping[str, float], communities: Sequence[str] | None) -> list[SearchHit]:
        by_iri = stored_at(self.ground, scores)
        held: dict[str, list[str]] = {}
        among = set(communities or ())
        for row in _HOLDERS.rows(self.ground.connection, iris=listed(scores)):
            if communities is None or row["community"] in among:
                held.setdefault(row["thing"], []).append(row["community"])
        return [SearchHit(thing=by_iri[iri], communities=tuple(held.get(iri, ())), score=score) for iri, score in scores.items()]


def _chosen(
    found: Select[Any], scope: Scope, communities: Sequence[str] | None, conditions: Mapping[str, ColumnElement[bool]]
) -> Select[Any]:  # fmt: skip
    chosen = found.where(within(scope), things.c.deleted_at.is_(None), *conditions.values())
    return chosen if communities is None else chosen.where(held_by(communities))


_NAMED = Gated(lambda seen: select(things).where(things.c.iri.in_(texts("iris")), seen(things)))
_HOLDERS = Prepared(
    lambda _: (
        select(holdings.c.thing, holdings.c.community)
        .where(holdings.c.thing.in_(texts("iris")))
        .order_by(holdings.c.since, holdings.c.community)
    )
)
#: The newest are walked through until there are enough.
_LATEST = Gated(
    lambda seen: (
        select(things.c.iri)
        .with_hint(things, NARROW, "sqlite")
        .where(seen(things), things.c.deleted_at.is_(None), things.c.kind.not_in(texts("but")))
        .where(things.c.author.not_in(texts("hidden")), is_held_by(texts("communities")))
        .order_by(things.c.seq.desc())
        .limit(bindparam("limit", type_=BIG, required=True))
    )
)
