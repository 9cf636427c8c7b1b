"""Which role may do which deed in a community."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Iterable, Mapping

_ROLES = "https://w3id.org/cdp/roles/"
ANIMATION = _ROLES + "animation"
CURATION = _ROLES + "curation"
DOCUMENTATION = _ROLES + "documentation"
MEMBER = _ROLES + "membre"
OBSERVER = _ROLES + "observation"
#: Somebody elsewhere who follows: reads what is public, may propose, belongs to nothing.
GUEST = _ROLES + "invite"

#: Whoever looks after the whole node; held in the organisation, never told to other servers.
ADMINISTRATION = "administration"

#: Every role in a community that is known here, the widest first.
ROLES = (ANIMATION, CURATION, DOCUMENTATION, MEMBER, OBSERVER, GUEST)


class Deed(enum.StrEnum):
    """What can be done in a community."""

    READ = "read"
    DISCUSS = "discuss"
    PUBLISH = "publish"  # a thing of one's own, to the community or wider
    EDIT_OWN = "edit_own"
    EDIT_ANY = "edit_any"
    INTEGRATE = "integrate"  # take a thing from elsewhere into the repertoire
    PROPOSE_MAPPING = "propose_mapping"
    ACCEPT_MAPPING = "accept_mapping"
    FOLLOW = "follow"  # in the name of the community
    ANSWER_FOLLOWERS = "answer_followers"
    INVITE = "invite"
    DESCRIBE = "describe"  # its name, its summary, what it asks of people
    SET_RULES = "set_rules"
    MODERATE = "moderate"  # decide about what was reported, ask somebody for a pause, take something out
    SET_ROLES = "set_roles"


#: What whoever looks after the node may do in a community without belonging to it, so that none is left without anybody.
HOUSEKEEPING = frozenset({Deed.INVITE, Deed.DESCRIBE, Deed.MODERATE, Deed.SET_ROLES})

_READING = frozenset({Deed.READ})
_TAKING_PART = _READING | {Deed.DISCUSS, Deed.PUBLISH, Deed.EDIT_OWN, Deed.PROPOSE_MAPPING}
_RIGHTS: Mapping[str, frozenset[Deed]] = {
    GUEST: frozenset(),
    OBSERVER: _READING,
    MEMBER: _TAKING_PART,
    DOCUMENTATION: _TAKING_PART | {Deed.EDIT_ANY},
    CURATION: _TAKING_PART | {Deed.EDIT_ANY, Deed.INTEGRATE, Deed.ACCEPT_MAPPING},
    ANIMATION: frozenset(Deed),
}
_NAMES: Mapping[str, str] = {
    "animation": ANIMATION,
    "facilitation": ANIMATION,
    "curation": CURATION,
    "documentation": DOCUMENTATION,
    "membre": MEMBER,
    "member": MEMBER,
    "observation": OBSERVER,
    "observer": OBSERVER,
    "invite": GUEST,
    "guest": GUEST,
}


def role(name: str) -> str | None:
    """The IRI of a role given by its name in French or English, or by its IRI; None when there is no such role."""
    return name if name in ROLES else _NAMES.get(name.strip().lower())


def deeds_of(roles: Iterable[str]) -> frozenset[Deed]:
    """What somebody with these roles (IRIs) may do; a role that is not known gives nothing."""
    return frozenset[Deed]().union(*(_RIGHTS.get(iri, frozenset()) for iri in roles))


def may(roles: Iterable[str], deed: Deed) -> bool:
    """Whether somebody with these roles may do this deed."""
    return deed in deeds_of(roles)


def may_look_after(roles: Iterable[str], deed: Deed) -> bool:
    """Whether somebody may do this deed in a community, given their roles there and in the organisation."""
    held = frozenset(roles)
    return may(held, deed) or (ADMINISTRATION in held and deed in HOUSEKEEPING)


def belongs(role: str) -> bool:
    """Whether who holds a role in a community is one of its people: guests are not, nor is whoever looks after the node."""
    return role not in {GUEST, ADMINISTRATION}


def fingerprint(held: Iterable[tuple[str, str]]) -> str:
    """By what one sees that somebody is no longer what they were: their roles, each with where they hold it."""
    return hashlib.sha256("\n".join(sorted(" ".join(pair) for pair in held)).encode()).hexdigest()[:32]
