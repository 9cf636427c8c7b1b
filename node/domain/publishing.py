"""Who may publish what, to whom; and what follows when the audience of a thing changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from node.domain.entries import Audience
from node.domain.rights import Deed, may
from node.domain.sentences import said
from vocab.activities.activity import Activity
from vocab.thing import Thing
from vocab.things.actor import Actor
from vocab.things.collection import Collection
from vocab.things.tombstone import Tombstone
from vocab.values import Text

#: From the narrowest to the widest.
_WIDTH = (Audience.SELF, Audience.COMMUNITY, Audience.CHOSEN, Audience.PUBLIC)


def is_publishable(thing: Thing) -> bool:
    """Whether a thing is somebody's words: at an address of ours, other servers would believe an actor or activity to be ours."""
    return not isinstance(thing, (Activity, Actor, Collection, Tombstone))


def default_audience(community: str) -> Audience:
    """To whom a thing goes when nobody says: the community it is published in, or nobody outside of any."""
    return Audience.COMMUNITY if community else Audience.SELF


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """Whether somebody may publish, with the reason in words when not."""

    is_given: bool
    reason: Text


_YES = Permission(is_given=True, reason=said("Vous pouvez publier ici.", "You may publish here."))
_NOBODY = Permission(is_given=False, reason=said("Il faut être membre pour publier ici.", "Only members publish here."))
_OBSERVES = Permission(
    is_given=False,
    reason=said("Votre rôle permet de lire, pas de publier.", "Your role lets you read, not publish."),
)
_NO_COMMUNITY = Permission(
    is_given=False,
    reason=said("Pour la communauté ? Dites laquelle.", "For the community? Say which one."),
)
_NO_READERS = Permission(
    is_given=False,
    reason=said("Nommez les communautés choisies.", "Name the chosen communities."),
)


def may_publish(roles: Iterable[str], audience: Audience, *, community: str, readers: Iterable[str] = ()) -> Permission:
    """Whether somebody with these roles in `community` may publish to `audience`.

    A draft is anybody's own affair. `readers` are the IRIs of the chosen communities.
    """
    held = frozenset(roles)
    rules = (
        (audience is Audience.SELF, _YES),
        (audience is Audience.COMMUNITY and not community, _NO_COMMUNITY),
        (audience is Audience.CHOSEN and not frozenset(readers), _NO_READERS),
        (not held, _NOBODY),
        (not may(held, Deed.PUBLISH), _OBSERVES),
    )
    return next((permission for applies, permission in rules if applies), _YES)


def is_wider(before: Audience, now: Audience) -> bool:
    """Whether `now` lets more people see a thing than `before`: then the receivers are named and the author asked."""
    return _WIDTH.index(now) > _WIDTH.index(before)


def no_wider(audience: Audience) -> frozenset[Audience]:
    """The audiences that let no more people see a thing: what is said below it is for those who may see what it is about."""
    return frozenset(_WIDTH[: _WIDTH.index(audience) + 1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """Which inboxes get what when a thing changes; the three do not overlap."""

    create: frozenset[str]
    update: frozenset[str]
    delete: frozenset[str]


def consequences(received: Iterable[str], receivers: Iterable[str]) -> Consequences:
    """What must be sent when a thing is changed.

    `received` are the inboxes to which it was ever sent, `receivers` those that it is for from now on (empty: withdrawn):
    those who had it and are no longer meant get a Delete, those who are new get a Create, the others an Update.
    """
    had, meant = frozenset(received), frozenset(receivers)
    return Consequences(create=meant - had, update=meant & had, delete=had - meant)
