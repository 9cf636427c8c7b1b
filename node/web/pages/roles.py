"""Giving and ending roles in a community: who holds what from when to when, and one form for the next change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from node.contracts import Page, View, Visit
from node.domain.offices import GIVEN, called, last_day, lasts, told
from node.domain.rights import Deed
from node.storage.office import kept_by
from node.storage.shelves.members import MembershipRow
from node.storage.unit_of_work import UnitOfWork
from node.web.desk import Desk, Link
from node.web.translations import phrase

#: What came of a change, by the short word in the address.
_DONE = {
    "donne": phrase("Le rôle est donné."),
    "termine": phrase("Le rôle est terminé."),
    "sorti": phrase("Cette personne ne fait plus partie de la communauté. Ce qu’elle a écrit reste à son nom."),
    "dernier": phrase("Personne d’autre n’anime cette communauté\u00a0: donnez d’abord ce rôle à quelqu’un."),
    "dates": phrase("Un rôle finit après avoir commencé, et pas dans le passé."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A role that somebody holds, is to hold or held: `stands` is where it is in time (see offices.lasts)."""

    id: int
    name: str
    since: datetime
    until: datetime | None
    stands: str


def show(uow: UnitOfWork, visit: Visit) -> View:
    """Everybody with their roles; raises NotFound for whoever may not give any."""
    desk = Desk(uow, visit)
    iri = f"{visit.house.url}/communautes/{visit.path['slug']}"
    community = kept_by(uow, visit.house, visit.reader.actor, iri, Deed.SET_ROLES)
    rows = uow.members.ever(iri)
    people = [(desk.person(who), who, _held(desk, [row for row in rows if row.person == who])) for who in _people(rows)]
    there = sorted((each for each in people if any(role.stands != "ended" for role in each[2])), key=_by_name)
    return View(
        title=desk.tongue.say("%(name)s\u00a0: les rôles", name=community.name),
        values={
            "slug": community.username,
            "community": community.name,
            "people": there,
            "gone": sorted((each for each in people if each not in there), key=_by_name),
            "names": [(who, link.text) for link, who, _ in there],
            "roles": [(role, called(role, desk.language)) for role in GIVEN],
            "explained": [(called(role, desk.language), told(role, desk.language)) for role in GIVEN],
            **_outcome(desk),
        },
    )


def _outcome(desk: Desk) -> dict[str, Any]:
    code = desk.visit.query.get("fait", "")
    return {"done": desk.tongue.say(_DONE[code]) if code in _DONE else "", "is_refused": code in {"dernier", "dates"}}


def _people(rows: Sequence[MembershipRow]) -> list[str]:
    return list(dict.fromkeys(row.person for row in rows))


def _by_name(person: tuple[Link, str, list[Held]]) -> str:
    return person[0].text.casefold()


def _held(desk: Desk, rows: Sequence[MembershipRow]) -> list[Held]:
    now = desk.visit.house.now
    return [
        Held(
            id=row.id,
            name=called(row.role, desk.language),
            since=row.since,
            until=last_day(row.until),
            stands=lasts(row.since, row.until, now),
        )
        for row in rows
    ]


PAGE = Page(path="/communautes/{slug:[a-z0-9-]+}/membres/roles", right="member", show=show)
