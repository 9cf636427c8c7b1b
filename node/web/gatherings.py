"""A community as its page shows it: who it is, what it holds, what comes from elsewhere, its links, where it touches others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from node.domain.following import LinkState, Side, sentence
from node.domain.html import plain
from node.storage.gathering import may_decide
from node.storage.reaching import reach
from node.storage.shelves.actors import ActorRow
from node.storage.shelves.followings import FollowingRow
from node.web import schema_org
from node.web.cards import community_card, document_of, organisation_of
from node.web.crossings import crossing
from node.web.desk import Desk, Link, Origin, refs
from node.web.lists import held_cards
from node.web.wording import day
from vocab.values import Text

#: How many resources the page of a community shows of each list.
FEW = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one link stands, in a sentence; since when, and the last news of it; how far back what came over reaches."""

    words: str
    history: str
    since: datetime | None
    synced_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """Another community, and the links with it: the one that leads there, the one that comes from there."""

    community: Link
    origin: Origin
    standings: tuple[Standing, ...]


def gathering(desk: Desk, row: ActorRow) -> Mapping[str, Any]:
    """What the page of a community shows, of this site or of another."""
    thing, holdings = document_of(row), desk.uow.holdings
    card = community_card(desk, row)
    summary, _ = desk.worded(getattr(thing, "summary", None))
    return {
        "community": card,
        "schema": schema_org.community(desk, card, plain(summary)),
        "summary": plain(summary),
        "address": f"@{row.username}@{row.host}" if row.username else "",
        "traits": [*_traits(desk, thing), *_glossary(desk, row)],
        "own": held_cards(desk, holdings.of(row.iri, scope=desk.scope, limit=FEW), within=row.iri),
        "own_count": card.held,
        "enlarged": held_cards(desk, holdings.enlarged(row.iri, scope=desk.scope, limit=FEW)),
        "proposed": _proposed(desk, row.iri),
        "enlarged_count": holdings.enlarged_count(row.iri, scope=desk.scope),
        "bonds": _bonds(desk, row.iri),
        "crossings": [crossing(desk, item) for item in desk.uow.intersections.all(row.iri, FEW)],
        "crossings_count": desk.uow.intersections.count(row.iri),
    }


def _proposed(desk: Desk, community: str) -> int | None:
    """How much people elsewhere propose to the community; None for whoever does not decide about it, who learns nothing of it."""
    is_told = may_decide(desk.uow, desk.visit.reader.actor, community, desk.visit.house.now)
    return desk.uow.submissions.count(community) if is_told else None


def _traits(desk: Desk, thing: object) -> list[tuple[str, tuple[Link, ...]]]:
    tongue = desk.tongue
    linked = (
        (tongue.say("Domaine"), refs(thing, "practice_domain")),
        (tongue.say("Territoire"), refs(thing, "territory")),
        (tongue.say("Secteur"), refs(thing, "sector")),
        (tongue.say("Phase de vie"), refs(thing, "phase")),
    )
    found = [(label, tuple(desk.term(ref) for ref in pointers)) for label, pointers in linked if pointers]
    enterprise, language = desk.worded(getattr(thing, "shared_enterprise", None))
    if enterprise:
        found.append((tongue.say("Ce qu’on fait ensemble"), (Link(text=enterprise, language=language),)))
    aims = [desk.worded(text) for text in getattr(thing, "objective", ()) if isinstance(text, Text)]
    if aims:
        found.append((tongue.say("Objectifs"), tuple(Link(text=words, language=tag) for words, tag in aims)))
    return found


def _glossary(desk: Desk, row: ActorRow) -> list[tuple[str, tuple[Link, ...]]]:
    """The way to the terms of a community of this site, when it has any that the reader may see."""
    count = desk.uow.things.count(scope=desk.scope, kind="Concept", community=row.iri) if row.is_local else 0
    if not count:
        return []
    words = desk.tongue.count("%(num)s terme", "%(num)s termes", count)
    href = desk.addresses.page(f"/communautes/{row.username}/glossaire")
    return [(desk.tongue.say("Glossaire"), (Link(text=words, href=href),))]


#: Links that everybody may know of: those that both sides agreed to.
_OPEN = frozenset(
    {
        (LinkState.ACCEPTED, Side.OUT),
        (LinkState.ACCEPTED, Side.IN),
        (LinkState.PAUSED, Side.OUT),
        (LinkState.PAUSED, Side.IN),
    }
)


def _shows(desk: Desk, link: FollowingRow, side: Side) -> bool:
    """Whether this reader is told of a link; what was asked, refused or ended is for the members of the community concerned."""
    return (LinkState(link.state), side) in _OPEN or bool({link.follower, link.target} & desk.visit.reader.communities)


def _is_community(desk: Desk, iri: str) -> bool:
    row = desk.actor(iri)
    return row is not None and row.type == "Group"


def _bonds(desk: Desk, community: str) -> list[Bond]:
    out = [link for link in desk.uow.followings.of(community) if _shows(desk, link, Side.OUT)]
    back = [link for link in desk.uow.followings.to(community) if _shows(desk, link, Side.IN)]
    found: dict[str, list[Standing]] = {}
    for link in out:
        found.setdefault(link.target, []).append(_standing(desk, link, Side.OUT))
    for link in back:
        if _is_community(desk, link.follower):
            found.setdefault(link.follower, []).append(_standing(desk, link, Side.IN))
    return [
        Bond(community=desk.community(other), origin=_origin(desk, other), standings=tuple(standings))
        for other, standings in found.items()
    ]


def _origin(desk: Desk, community: str) -> Origin:
    row = desk.actor(community)
    if row is None:
        return desk.origin(community)
    return Origin(host=desk.addresses.host(row.iri), name=organisation_of(desk, row, document_of(row)))


def _standing(desk: Desk, link: FollowingRow, side: Side) -> Standing:
    words = sentence(LinkState(link.state), side).in_language(desk.as_spoken)
    return Standing(
        words=words.format(follower=desk.community(link.follower).text, target=desk.community(link.target).text),
        since=link.ended_at or link.answered_at or link.requested_at,
        history=history_words(desk, link),
        synced_at=link.synced_at if side is Side.OUT else None,
    )


def history_words(desk: Desk, link: FollowingRow) -> str:
    """How far back what came over a link reaches, and whether all of it is here; "" while nothing was begun."""
    found = reach(desk.uow, link, desk.visit.house.now)
    words = found.words.in_language(desk.as_spoken)
    return words.format(day=day(found.until, desk.language)) if found.until else words
