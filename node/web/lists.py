"""Long lists as pages: what a community holds, newest first, with links to what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from node.contracts import Listing
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.holdings import Holding
from node.web.addresses import COMMUNITY_ELSEWHERE
from node.web.cards import Card, card, community_card, mode_words
from node.web.desk import Desk
from node.web.listings import PART, after_holdings, held, listing

#: How many resources one page of a list shows.
PAGE_SIZE = 20

#: Nobody goes through longer lists by their numbers.
_LONGEST_NUMBER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Links to the parts of a list before and after this one, "" where there is none."""

    newer: str = ""
    newer_label: str = ""
    older: str = ""
    older_label: str = ""


def page_number(desk: Desk) -> int:
    """The part of a list that is asked for by its number, the first for nonsense."""
    said = desk.visit.query.get("page", "")
    is_number = said.isascii() and said.isdecimal() and len(said) <= _LONGEST_NUMBER
    return max(int(said), 1) if is_number else 1


def numbered(desk: Desk, newer: str, older: str, *, is_more: bool) -> Pages:
    """Links around a part of a list that goes by numbers, with these words."""
    number = page_number(desk)
    return Pages(
        newer=desk.addresses.here(page=number - 1 if number > 2 else None) if number > 1 else "",  # noqa: PLR2004 - the first needs none
        newer_label=newer,
        older=desk.addresses.here(page=number + 1) if is_more else "",
        older_label=older,
    )


def held_cards(desk: Desk, holdings: Sequence[Holding], *, within: str = "") -> list[Card]:
    """Cards of what is held; what has not arrived yet, or is gone, is left out. `within` is the community that holds it."""
    return [
        card(desk, holding.thing, mode=mode_words(desk, holding.mode) if within else "", within=within)
        for holding in holdings
        if holding.thing is not None and holding.thing.entry.deleted_at is None
    ]


def pages_of_holdings(desk: Desk, holdings: Sequence[Holding]) -> Pages:
    """Links around a page of holdings that was asked for with one more than PAGE_SIZE."""
    is_more, is_first = len(holdings) > PAGE_SIZE, not desk.visit.query.get("avant")
    return Pages(
        newer="" if is_first else desk.addresses.here(avant=None),
        newer_label=desk.tongue.say("Revenir au début"),
        older=desk.addresses.here(avant=holdings[PAGE_SIZE - 1].cursor) if is_more else "",
        older_label=desk.tongue.say("Ressources plus anciennes"),
    )


def repertoire(desk: Desk, row: ActorRow, *, is_enlarged: bool = False) -> Listing:
    """What a community holds, as far as it can be read here, or what those that it follows hold; in long parts."""
    find, before = desk.uow.holdings.enlarged if is_enlarged else desk.uow.holdings.of, desk.visit.query.get("avant") or None
    found = find(row.iri, scope=desk.scope, limit=PART + 1, before=before)
    community = community_card(desk, row)
    path = f"{urlsplit(row.iri).path}/repertoire"
    return listing(
        desk,
        held(found),
        title=desk.tongue.say("Répertoire : %(name)s", name=community.name),
        summary=community.summary,
        at=(path, {"portee": "elargi" if is_enlarged else None}) if row.is_local else (COMMUNITY_ELSEWHERE, {"iri": row.iri}),
        after=after_holdings(found),
    )
