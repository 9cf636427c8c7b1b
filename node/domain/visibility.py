"""Who may see what: the one gate. Every output asks here; storage translates a Scope into SQL and nothing else decides.

What may not be seen answers exactly as what does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from node.domain.entries import Audience, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who asks: `actor` is the proven IRI of a person, community or server, "" for a visitor nobody knows.

    `communities` are the IRIs of the communities in which that very actor has a membership in force.
    """

    actor: str = ""
    communities: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a reader may see, as a value that both `is_within` and SQL can apply.

    An entry is within when it is public; or for its community, and that is one of `communities`; or when one of its readers
    is one of `communities` or is `actor`; or when `actor` wrote it. A draft is within only for its author.
    """

    actor: str = ""
    communities: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What the private address of a `number` opens: the list at `address` (path and query), as `reader` may see it."""

    number: int
    reader: Reader
    address: str


ANYONE = Reader()
PUBLIC_SCOPE = Scope()


def scope_of(reader: Reader) -> Scope:
    """What `reader` may see."""
    return Scope(actor=reader.actor, communities=reader.communities if reader.actor else frozenset())


def is_within(scope: Scope, entry: Entry) -> bool:
    """Whether `entry` is within `scope`; a tombstone is judged by the audience that the entry had."""
    if entry.audience is Audience.PUBLIC:
        return True
    if scope.actor and entry.author == scope.actor:
        return True
    if entry.audience is Audience.SELF:
        return False
    if entry.audience is Audience.COMMUNITY and entry.community in scope.communities:
        return True
    return bool(entry.readers & (scope.communities | ({scope.actor} - {""})))


def may_see(reader: Reader, entry: Entry) -> bool:
    """Whether `reader` may see `entry`."""
    return is_within(scope_of(reader), entry)
