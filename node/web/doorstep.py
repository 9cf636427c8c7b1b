"""The first page of somebody who is signed in: what concerns them, their next dates, what is new around them, one suggestion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from node.domain.rights import Deed, may
from node.storage.gathering import may_decide
from node.web.cards import community_cards
from node.web.desk import Desk, Link
from node.web.exchanges import Row
from node.web.keeping import asked_of_keepers
from node.web.keeping_searches import searches
from node.web.notices import gathered
from node.web.station import Item, latest, next_dates, open_requests

#: So many of each are shown; of what is new, in all.
NOTICES, REQUESTS, DATES, LATEST, MOST_LATEST, ARRIVED = 4, 3, 3, 5, 15, 4
#: So many notices are looked through for those that are new.
_LOOKED_AT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something that would be worth doing, said gently, and where it is done."""

    words: str
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What is new in one community."""

    community: Link
    items: tuple[Item, ...]


def doorstep(desk: Desk) -> dict[str, Any]:
    """What the first page shows to somebody with an account here."""
    me, mine = desk.visit.reader.actor, tuple(sorted(desk.visit.reader.communities))
    rows = desk.uow.notices.of(me, desk.scope, _LOOKED_AT)
    dates = next_dates(desk, mine, DATES) if mine else []
    return {
        "name": desk.visit.reader_name.split(" ")[0],
        "notices": gathered(desk, [row for row in rows if row.seen_at is None])[:NOTICES],
        "requests": _requests(desk, mine),
        "searches": [each for each in searches(desk) if each.news],
        "waiting": _waiting(desk, mine),
        "keeping": asked_of_keepers(desk),
        "dates": dates,
        "groups": _groups(desk, mine),
        "communities": _communities(desk, mine),
        "suggestion": _suggestion(desk, mine, is_dated=bool(dates)),
    }


def _requests(desk: Desk, mine: tuple[str, ...]) -> list[Row]:
    """Requests for help of others in my communities."""
    me = desk.person(desk.visit.reader.actor)
    found = [row for community in mine for row in open_requests(desk, community, REQUESTS)]
    return sorted((row for row in found if me not in row.authors), key=lambda row: row.last_at, reverse=True)[:REQUESTS]


def _waiting(desk: Desk, mine: tuple[str, ...]) -> list[tuple[Link, int]]:
    """The communities in which proposals from elsewhere wait for this very person."""
    now, me = desk.visit.house.now, desk.visit.reader.actor
    decided = [iri for iri in mine if may_decide(desk.uow, me, iri, now)]
    return [
        (Link(text=desk.community(iri).text, href=f"{desk.addresses.community(iri)}/propositions"), n)
        for iri in decided
        if (n := desk.uow.submissions.count(iri))
    ]


def _groups(desk: Desk, mine: tuple[str, ...]) -> list[Group]:
    found = [Group(community=desk.community(iri), items=tuple(latest(desk, (iri,), LATEST))) for iri in mine]
    dated = [group for group in found if group.items]
    dated.sort(key=lambda group: group.items[0].at or desk.visit.house.now, reverse=True)
    share = max(MOST_LATEST // max(len(dated), 1), 1)
    return [Group(community=group.community, items=group.items[:share]) for group in dated][:MOST_LATEST]


def _communities(desk: Desk, mine: tuple[str, ...]) -> list[Any]:
    return community_cards(desk, [row for iri in mine if (row := desk.actor(iri))])


def _suggestion(desk: Desk, mine: tuple[str, ...], *, is_dated: bool) -> Suggestion | None:
    """At most one."""
    say, page, me = desk.tongue.say, desk.addresses.page, desk.visit.reader.actor
    account = desk.uow.members.get(me)
    ours = [iri for iri in mine if desk.visit.house.is_local(iri)]
    now = desk.visit.house.now
    if not mine:
        link = Link(text=say("Voir les communautés"), href=page("/communautes"))
        return Suggestion(words=say("Vous ne faites encore partie d’aucune communauté."), link=link)
    if account is not None and not account.helps:
        link = Link(text=say("Le dire en une ligne"), href=page("/moi"))
        return Suggestion(words=say("En quoi pouvez-vous aider ? Les autres vous trouveront par la recherche."), link=link)
    can = [iri for iri in ours if may(desk.uow.members.roles(me, iri, now), Deed.PUBLISH)]
    if can and not is_dated:
        slug = can[0].rsplit("/", maxsplit=1)[-1]
        link = Link(text=say("Proposer une date"), href=page("/agenda/nouvelle", communaute=slug))
        return Suggestion(words=say("Aucune rencontre n’est prévue dans vos communautés."), link=link)
    return None
