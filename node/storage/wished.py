"""What the address of a search asks for: its facets, and in whose repertoires; and what came that a kept search finds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import select, union

from node.domain.visibility import Scope
from node.storage.faceting import AGES
from node.storage.prepared import Prepared
from node.storage.shelves.saved_searches import SavedSearch
from node.storage.stored import StoredThing
from node.storage.tables.actors import actors
from node.storage.tables.feeds import feeds
from node.storage.tables.followings import followings
from node.storage.unit_of_work import UnitOfWork

SCOPES = ("communaute", "noeud", "ailleurs")
#: The parameters of the address that narrow a search (`langue` is the language of the pages).
FACET_PARAMETERS: Mapping[str, str] = {
    "kind": "type",
    "topic": "sujet",
    "territory": "territoire",
    "home": "chez",
    "origin": "origine",
    "language": "ecrit",
    "license": "licence",
    "age": "depuis",
}


def words_of(query: Mapping[str, str]) -> str:
    """What is looked for."""
    return query.get("q", "").strip()[:200]


def narrowed_by(query: Mapping[str, str]) -> dict[str, Any]:
    """What is chosen of each facet; an age that is not offered is none."""
    return {facet: _chosen(facet, query.get(parameter, "")) for facet, parameter in FACET_PARAMETERS.items()}


def portee_of(query: Mapping[str, str]) -> str:
    """How far it looks: one of SCOPES, "" for everywhere; what is said in a way nobody understands counts as not said."""
    said = query.get("portee", "")
    return said if said in SCOPES else "communaute" if query.get("communaute") else ""


def held_within(uow: UnitOfWork, query: Mapping[str, str], own: Collection[str]) -> tuple[str, ...] | None:
    """The communities one of which must hold what is found, None for any; `own` are those of whoever asks."""
    match portee_of(query):
        case "communaute":
            return (query["communaute"],) if query.get("communaute") else tuple(sorted(own))
        case "noeud":
            return ours(uow)
        case "ailleurs":
            return followed(uow)
        case _:
            return None


def ours(uow: UnitOfWork) -> tuple[str, ...]:
    """The communities of this site, by name."""
    rows = sorted(_OURS.rows(uow.ground.connection), key=lambda row: str(row["name"]).casefold())
    return tuple(row["iri"] for row in rows)


def followed(uow: UnitOfWork) -> tuple[str, ...]:
    """The communities elsewhere that ours follow, and the sites that they follow by their feed."""
    return tuple(sorted(_FOLLOWED.texts(uow.ground.connection)))


def come_since(uow: UnitOfWork, search: SavedSearch, scope: Scope, at: datetime, limit: int) -> list[StoredThing]:
    """What a kept search finds of what came after its owner looked, and was told of it."""
    query = dict(parse_qsl(search.query))
    found = uow.search.find(
        words_of(query),
        scope=scope,
        communities=held_within(uow, query, scope.communities),
        limit=limit,
        at=at,
        **narrowed_by(query),
        after=str(max(search.seen, search.told)),
    )
    return [hit.thing for hit in found]


def _chosen(facet: str, value: str) -> str | None:
    return None if not value or (facet == "age" and value not in map(str, AGES)) else value


_HERE = select(actors.c.iri).where(actors.c.type == "Group", actors.c.is_local, actors.c.state == "active")
_OURS = Prepared(lambda _: _HERE.add_columns(actors.c.name).order_by(actors.c.name, actors.c.iri))
_FOLLOWED = Prepared(
    lambda _: union(
        select(followings.c.target).where(
            followings.c.state == "accepted", followings.c.follower.in_(_HERE), followings.c.target.not_in(_HERE)
        ),
        select(feeds.c.iri),
    )
)
