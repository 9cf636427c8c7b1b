"""Who belongs where, with which role, from when to when; consent to being counted is off until it is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from node.domain.rights import Deed, may


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """One role of a person in a community, from `since` until just before `until` (None: no end).

    `role` is an IRI of https://w3id.org/cdp/roles/; `has_consented` says that this membership may be counted in
    intersections, never named.
    """

    person: str
    community: str
    role: str
    since: datetime
    until: datetime | None = None
    has_consented: bool = False


def is_in_force(membership: Membership, at: datetime) -> bool:
    """Whether a membership holds at a moment."""
    return membership.since <= at and (membership.until is None or at < membership.until)


def communities_of(memberships: Iterable[Membership], person: str, at: datetime) -> frozenset[str]:
    """The communities in which a person has a membership in force."""
    return frozenset(entry.community for entry in memberships if entry.person == person and is_in_force(entry, at))


def roles_of(memberships: Iterable[Membership], person: str, community: str, at: datetime) -> frozenset[str]:
    """The roles (IRIs) that a person has in a community at a moment; empty for somebody who does not belong."""
    return frozenset(
        entry.role for entry in memberships if entry.person == person and entry.community == community and is_in_force(entry, at)
    )


def members_who_may(memberships: Iterable[Membership], community: str, deed: Deed, at: datetime) -> frozenset[str]:
    """The people who may do a deed in a community at a moment: whom to ask when something waits for an answer."""
    return frozenset(
        entry.person
        for entry in memberships
        if entry.community == community and is_in_force(entry, at) and may([entry.role], deed)
    )


def consenting(memberships: Iterable[Membership], community: str, at: datetime) -> frozenset[str]:
    """The people of a community who agree that this membership be counted; one refusal among their roles there is a refusal."""
    here = [entry for entry in memberships if entry.community == community and is_in_force(entry, at)]
    return frozenset(entry.person for entry in here) - {entry.person for entry in here if not entry.has_consented}
