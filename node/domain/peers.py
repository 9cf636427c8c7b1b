"""How far another server is trusted: whether what it sends is taken in, and whether things are fetched from it."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from node.domain.sentences import said
from vocab.values import Text


class Trust(enum.StrEnum):
    """What people here have said about a server; the values are those stored."""

    UNKNOWN = "unknown"
    APPROVED = "approved"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """Whether something may be, with the reason in words."""

    is_allowed: bool
    reason: Text


#: Activities that ask for a link, answer about one or take one back: a server nobody knows yet must be able to knock.
LINK_ACTIVITIES = frozenset({"Follow", "Accept", "Reject", "Undo"})

_BLOCKED = Opinion(is_allowed=False, reason=said("Ce nœud est bloqué ici.", "This node is blocked here."))
_APPROVED = Opinion(is_allowed=True, reason=said("Ce nœud est approuvé ici.", "This node is approved here."))
_FOLLOWED = Opinion(
    is_allowed=True,
    reason=said("Une communauté d’ici suit ce nœud.", "A community here follows this node."),
)
_KNOCKING = Opinion(
    is_allowed=True,
    reason=said("Tout nœud peut demander un lien.", "Any node may ask for a link."),
)
_VOUCHED = Opinion(
    is_allowed=True,
    reason=said("Un nœud ami y renvoie.", "A friendly node refers to it."),
)
_OPEN = Opinion(is_allowed=True, reason=said("Ce nœud-ci est ouvert à tous.", "This node is open to all."))
_NOT_APPROVED = Opinion(
    is_allowed=False,
    reason=said(
        "Ce nœud n’est ni approuvé ni suivi ici ; une personne peut l’approuver.",
        "This node is neither approved nor followed here; someone can approve it.",
    ),
)


def may_receive_from(mode: str, trust: Trust, *, is_followed: bool = False, activity: str = "") -> Opinion:
    """Whether what a server sends is taken in.

    `mode` is that of this node (archipelago, friends, open); `is_followed` says that a community here follows, or has asked to
    follow, somebody there; `activity` is the type of the message ("Follow").
    """
    rules = (
        (trust is Trust.BLOCKED, _BLOCKED),
        (trust is Trust.APPROVED, _APPROVED),
        (is_followed, _FOLLOWED),
        (activity in LINK_ACTIVITIES, _KNOCKING),
        (mode == "open", _OPEN),
    )
    return next((opinion for applies, opinion in rules if applies), _NOT_APPROVED)


def may_fetch_from(mode: str, trust: Trust, *, is_followed: bool = False, is_vouched: bool = False) -> Opinion:
    """Whether a thing is fetched from a server.

    `is_vouched` says that an approved or followed server refers to that thing: enough among friends, not in an archipelago.
    """
    rules = (
        (trust is Trust.BLOCKED, _BLOCKED),
        (trust is Trust.APPROVED, _APPROVED),
        (is_followed, _FOLLOWED),
        (mode == "friends" and is_vouched, _VOUCHED),
        (mode == "open", _OPEN),
    )
    return next((opinion for applies, opinion in rules if applies), _NOT_APPROVED)
