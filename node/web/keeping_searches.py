"""The searches that somebody keeps, as pages show them: what each is called, where it leads, how much is new in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from node.storage.shelves.saved_searches import SavedSearch
from node.web.desk import Desk
from node.web.finding import PARAMETERS, Wish, asked, wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A search that somebody keeps; `news` is how much came since they last looked."""

    id: int
    name: str
    href: str
    news: int


def kept(desk: Desk, sought: Wish, title: str) -> dict[str, Any]:
    """What the page of a search offers whoever is signed in: to keep it, and those that they keep."""
    if not desk.visit.form_token:
        return {"searches": [], "keep": None}
    query = query_of(desk)
    mine = searches(desk)
    is_kept = any(each.href == desk.addresses.page(f"/recherche?{query}") for each in mine)
    is_worth = bool(sought.words or any(sought.narrowed.values()))
    return {"searches": mine, "keep": None if is_kept or not is_worth else (query, sought.words or title)}


def searches(desk: Desk) -> list[Kept]:
    """The searches of whoever is signed in."""
    return [
        Kept(id=each.id, name=each.name, href=desk.addresses.page(f"/recherche?{each.query}"), news=news(desk, each))
        for each in desk.uow.search.saved.of(desk.visit.reader.actor)
    ]


def query_of(desk: Desk) -> str:
    """What makes the search of this address the one it is."""
    return urlencode({name: desk.visit.query[name] for name in PARAMETERS if desk.visit.query.get(name)})


def cleaned(query: str) -> str:
    """The same of what a form says; what narrows nothing is left out."""
    return urlencode({name: value[:500] for name, value in parse_qsl(query[:2_000]) if name in PARAMETERS})


def news(desk: Desk, search: SavedSearch) -> int:
    """How much of what a search finds came here since its owner last looked."""
    inner = Desk(desk.uow, replace(desk.visit, query=dict(parse_qsl(search.query))))
    sought = wish(inner)
    return desk.uow.search.count(sought.words, scope=desk.scope, **asked(sought), after=str(search.seen))
