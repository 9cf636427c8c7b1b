"""People with an account here, and their memberships."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, RowMapping, and_, bindparam, func, insert, or_, select, update

from node.domain.rights import ADMINISTRATION, GUEST
from node.errors import Conflict
from node.storage.ground import Shelf, made
from node.storage.prepared import Prepared
from node.storage.tables.columns import Moment
from node.storage.tables.members import members, memberships


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """A person with an account here. `iri` is the Person actor; `password_hash` is "" when there is none.

    `language` is that of their letters, `tongue` that of their pages ("": as their browser asks). `languages` are those that
    they speak, and `helps` what they can help with, in their words, for those who share a community
    with them; `town` is where they live, which is counted and shown to nobody.
    """

    iri: str
    email: str
    name: str = ""
    password_hash: str = ""
    language: str = ""
    created_at: datetime | None = None
    languages: str = ""
    helps: str = ""
    tongue: str = ""
    town: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipRow:
    """Who belongs to which community, in which role, from `since` until before `until`.

    `consent`: may be counted in what two communities have in common. `iri` is the membership's own, "" for none.
    """

    id: int
    person: str
    community: str
    role: str
    since: datetime
    until: datetime | None
    consent: bool
    iri: str


class Members(Shelf):
    """Accounts and memberships; a membership may be of a person whose account is elsewhere.

    Guests have a row too, but belong to nothing: every question about members leaves them out, `guests` alone lists them.
    """

    def add(self, row: MemberRow) -> None:
        """Adds an account, or changes that of the same IRI; raises Conflict when another one has this address."""
        other = self.by_email(row.email)
        if other is not None and other.iri != row.iri:
            raise Conflict(f"{row.email} has an account already.")
        self.ground.upsert(members, ["iri"], asdict(replace(row, email=row.email.strip().lower())))

    def get(self, iri: str) -> MemberRow | None:
        """The account of a person."""
        row = _ACCOUNT.row(self.ground.connection, iri=iri)
        return made(MemberRow, row) if row else None

    def by_email(self, email: str) -> MemberRow | None:
        """The account with that address, whatever its case."""
        return self._first(members.c.email == email.strip().lower())

    def all(self) -> list[MemberRow]:
        """Every account, by name."""
        return [made(MemberRow, row) for row in self.ground.rows(select(members).order_by(members.c.name, members.c.iri))]

    def towns(self, people: Iterable[str]) -> list[str]:
        """Where those of these people live who have said so, each as they wrote it; to be counted, never shown."""
        told = select(members.c.town).where(members.c.iri.in_(sorted(set(people))), members.c.town != "")
        return self.ground.texts(told)

    def join(
        self, person: str, community: str, role: str, since: datetime, *, consent: bool = False, iri: str = ""
    ) -> MembershipRow:  # fmt: skip
        """Begins a membership; one in force with the same role is kept, and takes this consent."""
        held = next((row for row in self._held(person, community, since) if row["role"] == role), None)
        made_now: RowMapping | dict[str, Any] | None
        if held is None:
            row = {"person": person, "community": community, "role": role, "since": since, "consent": consent, "iri": iri}
            made_now = _BEGUN.row(self.ground.connection, **row)
        else:
            change = update(memberships).where(memberships.c.id == held["id"]).values(consent=consent)
            made_now = self.ground.row(change.returning(*memberships.c))
        self.ground.wakes.add(("intersections", "all"))
        if made_now is None:
            raise Conflict
        return made(MembershipRow, made_now)

    def leave(self, person: str, community: str, at: datetime) -> int:
        """Ends all memberships in force of a person in a community; how many there were."""
        self.ground.wakes.add(("intersections", "all"))
        return self.ground.run(update(memberships).where(self._where(person, community, at)).values(until=at))

    def communities_of(self, person: str, at: datetime) -> frozenset[str]:
        """The communities that a person belongs to."""
        return frozenset(row["community"] for row in _MINE.rows(self.ground.connection, person=person, at=at))

    def held(self, person: str, at: datetime) -> frozenset[tuple[str, str]]:
        """What a person is, and where: pairs of a community (or the organisation) and a role, those of guests too."""
        return frozenset((row["community"], row["role"]) for row in _ALL.rows(self.ground.connection, person=person, at=at))

    def of(self, community: str, at: datetime) -> list[MembershipRow]:
        """The memberships in force in a community, oldest first."""
        return [made(MembershipRow, row) for row in _OF.rows(self.ground.connection, community=community, at=at)]

    def people(self, at: datetime) -> dict[str, int]:
        """How many people belong to each community that has any."""
        return {row["community"]: int(row["people"]) for row in _PEOPLE.rows(self.ground.connection, at=at)}

    def ever(self, community: str) -> list[MembershipRow]:
        """Every membership in a community, ended ones and those to come too, oldest first."""
        wanted = select(memberships).where(memberships.c.community == community, _BELONGS)
        return [made(MembershipRow, row) for row in self.ground.rows(wanted.order_by(memberships.c.id))]

    def last_until(self, id: int, until: datetime | None) -> MembershipRow | None:  # noqa: A002 - the word of the domain
        """Has one membership end at a moment (None: no end is foreseen); None when there is no such membership."""
        self.ground.wakes.add(("intersections", "all"))
        row = self.ground.row(update(memberships).where(memberships.c.id == id).values(until=until).returning(*memberships.c))
        return made(MembershipRow, row) if row else None

    def guests(self, community: str, at: datetime) -> list[str]:
        """The people elsewhere who follow a community without belonging to it, oldest first."""
        wanted = select(memberships.c.person).where(
            memberships.c.community == community, _in_force(at), memberships.c.role == GUEST
        )
        return self.ground.texts(wanted.order_by(memberships.c.id))

    def roles(self, person: str, community: str, at: datetime) -> frozenset[str]:
        """The roles of a person in a community, that of a guest too; empty for somebody unknown there."""
        return frozenset(row["role"] for row in self._held(person, community, at))

    def leave_as(self, person: str, community: str, role: str, at: datetime) -> int:
        """Ends the membership in force with that role alone; how many there were."""
        ended = update(memberships).where(self._where(person, community, at, memberships.c.role == role))
        return self.ground.run(ended.values(until=at))

    def is_member(self, person: str, community: str, at: datetime) -> bool:
        """Whether a person belongs to a community."""
        return bool(self.roles(person, community, at) - {GUEST, ADMINISTRATION})

    def count_of(self, community: str, role: str, at: datetime) -> int:
        """How many people hold a role in a community, or look after the node (its organisation, and that role)."""
        held = memberships.c.community == community, memberships.c.role == role, _in_force(at)
        return self.ground.number(select(func.count(memberships.c.person.distinct())).where(*held))

    def holding(self, community: str, role: str, at: datetime) -> list[str]:
        """Who holds a role in a community, or looks after the node (its organisation, and that role)."""
        held = memberships.c.community == community, memberships.c.role == role, _in_force(at)
        return self.ground.texts(select(memberships.c.person).where(*held).distinct().order_by(memberships.c.person))

    def consenting(self, community: str, at: datetime) -> frozenset[str]:
        """The people of a community who agreed to be counted in what it has in common with others: one no among roles is no."""
        held = self.of(community, at)
        return frozenset(row.person for row in held) - {row.person for row in held if not row.consent}

    def _held(self, person: str, community: str, at: datetime) -> list[dict[str, Any]]:
        return _HELD.rows(self.ground.connection, person=person, community=community, at=at)

    def _where(self, person: str, community: str, at: datetime, *more: ColumnElement[bool]) -> ColumnElement[bool]:
        return and_(memberships.c.person == person, memberships.c.community == community, _in_force(at), *more)

    def _first(self, condition: ColumnElement[bool]) -> MemberRow | None:
        row = self.ground.row(select(members).where(condition))
        return made(MemberRow, row) if row else None


def _in_force(at: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    return and_(memberships.c.since <= at, or_(memberships.c.until.is_(None), memberships.c.until > at))


_BELONGS = and_(memberships.c.role != GUEST, memberships.c.role != ADMINISTRATION)
_HELD = Prepared(
    lambda _: select(memberships).where(
        memberships.c.person == bindparam("person"),
        memberships.c.community == bindparam("community"),
        _in_force(bindparam("at", type_=Moment(), required=True)),
    )
)
_OF = Prepared(
    lambda _: (
        select(memberships)
        .where(
            memberships.c.community == bindparam("community"), _in_force(bindparam("at", type_=Moment(), required=True)), _BELONGS
        )
        .order_by(memberships.c.id)
    )
)
_PEOPLE = Prepared(
    lambda _: (
        select(memberships.c.community, func.count(memberships.c.person.distinct()).label("people"))
        .where(_in_force(bindparam("at", type_=Moment(), required=True)), _BELONGS)
        .group_by(memberships.c.community)
    )
)
_ACCOUNT = Prepared(lambda _: select(members).where(members.c.iri == bindparam("iri")))
_MINE = Prepared(
    lambda _: select(memberships.c.community).where(
        memberships.c.person == bindparam("person"), _in_force(bindparam("at", type_=Moment(), required=True)), _BELONGS
    )
)
_ALL = Prepared(
    lambda _: select(memberships.c.community, memberships.c.role).where(
        memberships.c.person == bindparam("person"), _in_force(bindparam("at", type_=Moment(), required=True))
    )
)
_NAMES = ("person", "community", "role", "since", "consent", "iri")
_BEGUN = Prepared(
    lambda _: (
        insert(memberships)
        .values({name: bindparam(name, type_=memberships.c[name].type) for name in _NAMES})
        .returning(*memberships.c)
    )
)
