"""Who belongs to a community: their names, roles and since when, what they can help with; and who may do what there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from node.contracts import Page, View, Visit
from node.domain.offices import called, last_day, table, told
from node.domain.rights import ROLES, Deed
from node.errors import NotFound
from node.storage.office import may_keep
from node.storage.shelves.members import MembershipRow
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A role that somebody holds, in words, and its end, if one is foreseen."""

    name: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the community."""

    link: Link
    roles: tuple[Held, ...]
    since: datetime
    helps: str
    languages: str
    is_me: bool


def show(uow: UnitOfWork, visit: Visit) -> View:
    """The people, those who animate first; raises NotFound for whoever is none of them and does not look after the node."""
    desk = Desk(uow, visit)
    community = desk.here(f"/communautes/{visit.path['slug']}")
    me, at = visit.reader.actor, visit.house.now
    keeps = may_keep(uow, visit.house, me, community.iri, Deed.SET_ROLES)
    if community.iri not in visit.reader.communities and not keeps:
        raise NotFound
    rows = uow.members.of(community.iri, at)
    people = [_person(desk, iri, [row for row in rows if row.person == iri]) for iri in dict.fromkeys(row.person for row in rows)]
    values = {
        "slug": community.username,
        "community": community.name,
        "people": sorted(people, key=lambda each: (_rank(each, desk.language), each.link.text.casefold())),
        "keeps": keeps,
        "is_member": community.iri in visit.reader.communities,
        "is_last": visit.query.get("fait") == "dernier",
        "invites": may_keep(uow, visit.house, me, community.iri, Deed.INVITE),
        "roles": [(called(role, desk.language), told(role, desk.language)) for role in ROLES],
        "table": table(desk.language),
    }
    return View(title=desk.tongue.say("%(name)s\u00a0: les membres", name=community.name), values=values)


def _person(desk: Desk, iri: str, rows: Iterable[MembershipRow]) -> Person:
    held, account = (
        sorted(rows, key=lambda row: ROLES.index(row.role) if row.role in ROLES else len(ROLES)),
        desk.uow.members.get(iri),
    )
    return Person(
        link=desk.person(iri),
        roles=tuple(Held(name=called(row.role, desk.language), since=row.since, until=last_day(row.until)) for row in held),
        since=min(row.since for row in held),
        helps=account.helps if account else "",
        languages=account.languages if account else "",
        is_me=iri == desk.visit.reader.actor,
    )


def _rank(person: Person, language: str) -> int:
    names = [called(role, language) for role in ROLES]
    return min(names.index(role.name) if role.name in names else len(names) for role in person.roles)


PAGE = Page(path="/communautes/{slug:[a-z0-9-]+}/membres", right="member", show=show)
