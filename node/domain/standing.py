"""Where a link with somebody elsewhere stands, step by step: in words, with dates, and what comes next."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from node.domain.following import LinkState
from node.domain.sentences import said
from vocab.values import Text


class Stage(enum.StrEnum):
    """The steps of a link, as people see them."""

    ASKED = "asked"
    WAITING = "waiting"
    ACTIVE = "active"
    PAUSED = "paused"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    ENDED = "ended"


class Deed(enum.StrEnum):
    """What people can do about a link that they asked for; the values are those of the buttons."""

    AGAIN = "relancer"
    WITHDRAW = "annuler"
    PAUSE = "ne-plus-recevoir"
    RESUME = "recevoir"
    LEAVE = "quitter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What is known of a link of ours. `is_on_its_way`: our request has not reached the other server yet.

    `failing_since` is since when that server does not answer, `next_try_at` when it is tried again.
    """

    state: LinkState
    requested_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    is_on_its_way: bool = False
    failing_since: datetime | None = None
    next_try_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A stage, since when it lasts, when something happens next, and what can be done."""

    stage: Stage
    since: datetime | None
    next_at: datetime | None
    deeds: tuple[Deed, ...]

    def words(self) -> Text:
        """The sentence; `{since}` and `{next}` in it are moments in words."""
        return _AWAY_NOW if self.stage is Stage.UNREACHABLE and self.next_at is None else _WORDS[self.stage]

    def label(self) -> Text:
        """The stage in a word or two."""
        return _LABELS[self.stage]


#: What the steps are called, in the order in which they follow one another.
_LABELS: Mapping[Stage, Text] = {
    Stage.ASKED: said("Demandé", "Asked"),
    Stage.WAITING: said("En attente de leur accord", "Waiting for their agreement"),
    Stage.ACTIVE: said("Actif", "Active"),
    Stage.PAUSED: said("En pause", "Paused"),
    Stage.UNREACHABLE: said("Injoignable", "Out of reach"),
    Stage.REFUSED: said("Refusé", "Refused"),
    Stage.ENDED: said("Terminé", "Ended"),
}
_WORDS: Mapping[Stage, Text] = {
    Stage.ASKED: said("Demandé le {since}. La demande est en route.", "Asked on {since}. The request is on its way."),
    Stage.WAITING: said(
        "Demandé le {since}. La demande est arrivée ; une personne de là-bas doit y répondre.",
        "Asked on {since}. The request has arrived; someone there has to answer it.",
    ),
    Stage.ACTIVE: said(
        "Actif depuis le {since}. Ce qui y paraît arrive ici tout seul.",
        "Active since {since}. What appears there arrives here by itself.",
    ),
    Stage.PAUSED: said(
        "En pause depuis le {since} : rien n’arrive. Ce qui paraît entre-temps viendra à la reprise.",
        "Paused since {since}: nothing arrives. What appears meanwhile will come when you resume.",
    ),
    Stage.UNREACHABLE: said(
        "Injoignable depuis le {since}. Nouvel essai : {next}.", "Out of reach since {since}. Next try: {next}."
    ),
    Stage.REFUSED: said(
        "Refusé le {since}. Vous pouvez leur écrire, puis demander de nouveau.",
        "Refused on {since}. You can write to them, then ask again.",
    ),
    Stage.ENDED: said("Terminé le {since}.", "Ended on {since}."),
}
_AWAY_NOW = said(
    "Injoignable depuis le {since}. Un nouvel essai est imminent.", "Out of reach since {since}. A new try is imminent."
)

_DEEDS: Mapping[Stage, tuple[Deed, ...]] = {
    Stage.ASKED: (Deed.AGAIN, Deed.WITHDRAW),
    Stage.WAITING: (Deed.AGAIN, Deed.WITHDRAW),
    Stage.ACTIVE: (Deed.PAUSE, Deed.LEAVE),
    Stage.PAUSED: (Deed.RESUME, Deed.LEAVE),
    Stage.REFUSED: (Deed.AGAIN, Deed.WITHDRAW),
    Stage.ENDED: (Deed.AGAIN,),
}


def standing(signs: Signs) -> Standing:
    """Where a link of ours stands."""
    asks = signs.state is LinkState.REQUESTED
    usual = {
        LinkState.REQUESTED: Stage.ASKED if signs.is_on_its_way else Stage.WAITING,
        LinkState.ACCEPTED: Stage.ACTIVE,
        LinkState.PAUSED: Stage.PAUSED,
        LinkState.REFUSED: Stage.REFUSED,
        LinkState.ENDED: Stage.ENDED,
    }[signs.state]
    # A request that has arrived waits for people, whether or not their machine answers just now.
    is_away = signs.failing_since is not None and (signs.state is LinkState.ACCEPTED or (asks and signs.is_on_its_way))
    if is_away:
        deeds = (Deed.AGAIN, Deed.WITHDRAW if asks else Deed.LEAVE)
        return Standing(stage=Stage.UNREACHABLE, since=signs.failing_since, next_at=signs.next_try_at, deeds=deeds)
    since = {Stage.ASKED: signs.requested_at, Stage.WAITING: signs.requested_at, Stage.ENDED: signs.ended_at}.get(
        usual, signs.answered_at
    )
    return Standing(stage=usual, since=since or signs.requested_at, next_at=None, deeds=_DEEDS[usual])
