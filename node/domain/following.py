"""What to do with a follower, and the states of a link between two communities: who asks, who answers, what comes next."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from node.domain.sentences import said
from vocab.values import Text


class Verdict(enum.StrEnum):
    """The answer to somebody who asks to follow."""

    ACCEPT = "accept"
    HOLD = "hold"  # a person here will answer
    REFUSE = "refuse"


class LinkState(enum.StrEnum):
    """Where a link stands; the values are those stored."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    PAUSED = "paused"
    ENDED = "ended"


class LinkEvent(enum.StrEnum):
    """What can happen to a link."""

    ASK = "ask"
    ACCEPT = "accept"
    REFUSE = "refuse"
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"


class Side(enum.StrEnum):
    """From where a link is looked at: our community follows (out) or is followed (in)."""

    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """An answer to a follower, with its reason in words."""

    verdict: Verdict
    reason: Text


_BLOCKED = Decision(
    verdict=Verdict.REFUSE,
    reason=said("Ce nœud est bloqué ici.", "This node is blocked here."),
)
_ALREADY = Decision(
    verdict=Verdict.ACCEPT,
    reason=said("Le lien existe déjà.", "The link is already there."),
)
_PAUSED = Decision(
    verdict=Verdict.HOLD,
    reason=said(
        "Le lien est en pause ; une personne d’ici doit le reprendre.", "The link is paused; someone here has to resume it."
    ),
)
_REFUSED_BEFORE = Decision(
    verdict=Verdict.HOLD,
    reason=said(
        "Une première demande a été refusée ; une personne d’ici doit répondre à celle-ci.",
        "A first request was refused; someone here has to answer this one.",
    ),
)
_NOT_PUBLIC = Decision(
    verdict=Verdict.HOLD,
    reason=said(
        "Cette communauté n’est pas publique : son animation répond elle-même.",
        "This community isn’t public: its facilitators answer for themselves.",
    ),
)
_APPROVED = Decision(
    verdict=Verdict.ACCEPT,
    reason=said("Ce nœud est approuvé ici.", "This node is approved here."),
)
_OPEN = Decision(
    verdict=Verdict.ACCEPT,
    reason=said(
        "Ce nœud est ouvert : qui veut suit ses communautés publiques.",
        "This node is open: whoever wishes may follow its public communities.",
    ),
)
_UNKNOWN = Decision(
    verdict=Verdict.HOLD,
    reason=said(
        "Ce nœud n’est pas encore approuvé ici ; une personne doit répondre.",
        "This node isn’t approved here yet; someone has to answer.",
    ),
)


def decide(
    mode: str, *, is_approved: bool, is_blocked: bool, target_is_public: bool = True, already: LinkState | None = None
) -> Decision:
    """What to answer to somebody who asks to follow one of our communities.

    `mode` is that of the node (archipelago, friends, open); the two flags are about the follower's host; `already` is the
    state of a link that these two had before.
    """
    rules = (
        (is_blocked, _BLOCKED),
        (already is LinkState.ACCEPTED, _ALREADY),
        (already is LinkState.PAUSED, _PAUSED),
        (already is LinkState.REFUSED, _REFUSED_BEFORE),
        (not target_is_public, _NOT_PUBLIC),
        (is_approved, _APPROVED),
        (mode == "open", _OPEN),
    )
    return next((decision for applies, decision in rules if applies), _UNKNOWN)


#: Every change that may happen to a link; what is not here may not. None: there is no link yet.
TRANSITIONS: Mapping[tuple[LinkState | None, LinkEvent], LinkState] = {
    (None, LinkEvent.ASK): LinkState.REQUESTED,
    (LinkState.REQUESTED, LinkEvent.ASK): LinkState.REQUESTED,
    (LinkState.REQUESTED, LinkEvent.ACCEPT): LinkState.ACCEPTED,
    (LinkState.REQUESTED, LinkEvent.REFUSE): LinkState.REFUSED,
    (LinkState.REQUESTED, LinkEvent.END): LinkState.ENDED,
    (LinkState.ACCEPTED, LinkEvent.ASK): LinkState.ACCEPTED,
    (LinkState.ACCEPTED, LinkEvent.ACCEPT): LinkState.ACCEPTED,
    (LinkState.ACCEPTED, LinkEvent.REFUSE): LinkState.REFUSED,
    (LinkState.ACCEPTED, LinkEvent.PAUSE): LinkState.PAUSED,
    (LinkState.ACCEPTED, LinkEvent.END): LinkState.ENDED,
    (LinkState.PAUSED, LinkEvent.ASK): LinkState.PAUSED,
    (LinkState.PAUSED, LinkEvent.RESUME): LinkState.ACCEPTED,
    (LinkState.PAUSED, LinkEvent.REFUSE): LinkState.REFUSED,
    (LinkState.PAUSED, LinkEvent.END): LinkState.ENDED,
    (LinkState.REFUSED, LinkEvent.ASK): LinkState.REQUESTED,
    (LinkState.REFUSED, LinkEvent.ACCEPT): LinkState.ACCEPTED,
    (LinkState.REFUSED, LinkEvent.REFUSE): LinkState.REFUSED,
    (LinkState.REFUSED, LinkEvent.END): LinkState.ENDED,
    (LinkState.ENDED, LinkEvent.ASK): LinkState.REQUESTED,
    (LinkState.ENDED, LinkEvent.END): LinkState.ENDED,
}


def after(state: LinkState | None, event: LinkEvent) -> LinkState | None:
    """The state of a link after an event, or None when that event may not happen in this state."""
    return TRANSITIONS.get((state, event))


_SENTENCES: Mapping[tuple[LinkState, Side], tuple[Text, Text]] = {
    (LinkState.REQUESTED, Side.OUT): (
        said(
            "{follower} a demandé à suivre {target} ; la réponse se fait attendre.",
            "{follower} has asked to follow {target}; no answer yet.",
        ),
        said(
            "Leur animation doit répondre. Vous pouvez relancer ou retirer la demande.",
            "Their facilitators have to answer. You can ask again or withdraw.",
        ),
    ),
    (LinkState.REQUESTED, Side.IN): (
        said("{follower} demande à suivre {target}.", "{follower} asks to follow {target}."),
        said(
            "C’est à vous de répondre : accepter la demande, ou la décliner.",
            "It is up to you: accept the request, or decline it.",
        ),
    ),
    (LinkState.ACCEPTED, Side.OUT): (
        said("{follower} suit {target}.", "{follower} follows {target}."),
        said("Les nouveautés arrivent d’elles-mêmes.", "What is new arrives by itself."),
    ),
    (LinkState.ACCEPTED, Side.IN): (
        said(
            "{follower} suit {target} et reçoit ce qui y est public.",
            "{follower} follows {target} and receives what is public there.",
        ),
        said(
            "Rien à faire. Vous pouvez mettre le lien en pause ou y mettre fin.",
            "Nothing to do. You can pause the link or end it.",
        ),
    ),
    (LinkState.REFUSED, Side.OUT): (
        said("{target} a refusé la demande de {follower}.", "{target} has refused the request of {follower}."),
        said("Vous pouvez leur écrire, puis demander de nouveau.", "You can write to them, then ask again."),
    ),
    (LinkState.REFUSED, Side.IN): (
        said("La demande de {follower} a été refusée ici.", "The request of {follower} was refused here."),
        said("Vous pouvez encore l’approuver.", "You can still approve it."),
    ),
    (LinkState.PAUSED, Side.OUT): (
        said(
            "Le lien de {follower} vers {target} est en pause : rien n’arrive.",
            "The link from {follower} to {target} is paused: nothing comes in.",
        ),
        said("Vous pouvez le reprendre quand vous voulez.", "You can resume it whenever you like."),
    ),
    (LinkState.PAUSED, Side.IN): (
        said(
            "Le lien de {follower} vers {target} est en pause : rien ne part.",
            "The link from {follower} to {target} is paused: nothing goes out.",
        ),
        said("Vous pouvez le reprendre quand vous voulez.", "You can resume it whenever you like."),
    ),
    (LinkState.ENDED, Side.OUT): (
        said("{follower} ne suit plus {target}.", "{follower} no longer follows {target}."),
        said("Vous pouvez demander de nouveau.", "You can ask again."),
    ),
    (LinkState.ENDED, Side.IN): (
        said("{follower} ne suit plus {target}.", "{follower} no longer follows {target}."),
        said("Rien à faire.", "Nothing to do."),
    ),
}


def sentence(state: LinkState, side: Side) -> Text:
    """Where the link stands, in words; `{follower}` and `{target}` in it are the names of the two communities."""
    return _SENTENCES[state, side][0]


def next_step(state: LinkState, side: Side) -> Text:
    """What can be done now, in words."""
    return _SENTENCES[state, side][1]
