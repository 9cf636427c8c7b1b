"""Who receives what is published: the inboxes of followers, shared where they may be, and of members elsewhere, each its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from federation.addressing import shared
from node.domain.entries import Audience, Entry
from node.domain.participation import State
from node.storage.befriended import befriended
from node.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Receivers:
    """The inboxes that something is for.

    `of_community` get it passed on by the community, `of_author` from its author; `members` are the inboxes of single people by
    their IRI, and of communities of other nodes that were chosen.
    """

    of_community: tuple[str, ...] = ()
    of_author: tuple[str, ...] = ()
    members: tuple[tuple[str, str], ...] = ()

    @property
    def inboxes(self) -> frozenset[str]:
        """All of them."""
        return frozenset([*self.of_community, *self.of_author, *(inbox for _, inbox in self.members)])


def receivers(uow: UnitOfWork, entry: Entry, at: datetime) -> Receivers:
    """Who elsewhere receives an entry of ours: everybody here sees it anyway, as far as they may."""
    if entry.audience is Audience.PUBLIC:
        group = uow.actors.get(entry.community) if entry.community else None
        if group is not None and not group.is_local:
            # A community elsewhere passes it on itself, once it has it.
            direct = [*([group.inbox] if group.state == "active" and group.inbox else []), *followers_inboxes(uow, entry.author)]
            return Receivers(of_author=tuple(dict.fromkeys(direct)))
        of_community = followers_inboxes(uow, entry.community) if entry.community else []
        passed_on = set(of_community)
        own = [*followers_inboxes(uow, entry.author), *_taking_part(uow, entry)]
        direct = [inbox for inbox in dict.fromkeys(own) if inbox not in passed_on]
        return Receivers(of_community=tuple(of_community), of_author=tuple(direct))
    if entry.audience is Audience.COMMUNITY:
        return Receivers(members=_members_of(uow, entry.community, at))
    if entry.audience is Audience.CHOSEN:
        people = _members_elsewhere(uow, sorted({entry.community, *entry.readers} - {""}), at)
        # A community of another node that was chosen by name gets it as such, and shows it to its members alone.
        groups = [(row.iri, row.inbox) for row in befriended(uow, entry.community) if row.iri in entry.readers and row.inbox]
        return Receivers(members=(*people, *groups))
    return Receivers()


def reached(uow: UnitOfWork, entry: Entry) -> list[str]:
    """Every inbox of those who may have an entry: it was sent there, or they follow, or once followed, who published it.

    Somebody who followed after it was published took it from the repertoire, and was never sent it.
    """
    found = set(uow.things.recipients(entry.iri))
    if entry.audience is Audience.PUBLIC:
        links = [link for actor in {entry.community, entry.author} - {""} for link in uow.followings.to(actor)]
        found.update(inboxes_of(uow, [link.follower for link in links if link.answered_at is not None]))
        found.update(_taking_part(uow, entry))
    return sorted(found)


def followers_inboxes(uow: UnitOfWork, actor: str) -> list[str]:
    """The distinct inboxes of those elsewhere who follow an actor of ours."""
    return inboxes_of(uow, uow.followings.followers(actor))


def inboxes_of(uow: UnitOfWork, actors: Iterable[str]) -> list[str]:
    """The distinct inboxes of those of these actors who are elsewhere and still there, shared where they may be."""
    return shared((inbox, common or None) for inbox, common in uow.actors.inboxes(list(actors)))


def _taking_part(uow: UnitOfWork, entry: Entry) -> list[str]:
    """The inboxes of those elsewhere who take part in an event, or asked to: a new hour, or that it is off, is news to them."""
    if entry.type != "Event":
        return []
    rows = [row for row in uow.participations.around(entry.iri) if row.state in {State.REQUESTED, State.ACCEPTED}]
    return inboxes_of(uow, dict.fromkeys(row.person for row in rows))


def _members_of(uow: UnitOfWork, community: str, at: datetime) -> tuple[tuple[str, str], ...]:
    """The members elsewhere of a community of ours; a community elsewhere itself, which alone knows its members."""
    group = uow.actors.get(community) if community else None
    if group is None or group.is_local:
        return _members_elsewhere(uow, [community], at)
    return ((group.iri, group.inbox),) if group.state == "active" and group.inbox else ()


def _members_elsewhere(uow: UnitOfWork, communities: Iterable[str], at: datetime) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for community in communities:
        for membership in uow.members.of(community, at):
            row = uow.actors.get(membership.person)
            if row is not None and not row.is_local and row.state == "active" and row.inbox:
                found[row.iri] = row.inbox
    return tuple(sorted(found.items()))
