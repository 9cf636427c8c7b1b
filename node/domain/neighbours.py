"""How another server is doing, in words: its condition, the measure taken about it, its last error and what helps."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from node.domain.sentences import said
from vocab.values import Text

#: After so long without a word in either direction a server is called silent.
SILENT_AFTER = timedelta(days=30)


class Measure(enum.StrEnum):
    """What people here have limited about a server; the values are those stored. To refuse it altogether is to block it."""

    NONE = ""
    HELD = "held"  # what comes from there waits until somebody here has looked at it
    PAUSED = "paused"  # nothing goes there, and what comes waits


class Condition(enum.StrEnum):
    """How a server is doing, the gravest first."""

    BLOCKED = "blocked"
    PAUSED = "paused"
    UNAVAILABLE = "unavailable"
    FAILING = "failing"
    HELD = "held"
    UNMET = "unmet"
    SILENT = "silent"
    WELL = "well"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What is known of a server; moments in UTC, None where there is none. `is_unavailable`: it has failed for days on end."""

    is_blocked: bool = False
    measure: Measure = Measure.NONE
    last_in_at: datetime | None = None
    last_out_at: datetime | None = None
    is_failing: bool = False
    is_unavailable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What an error means for people, and what helps."""

    means: Text
    remedy: Text


def condition(signs: Signs, now: datetime) -> Condition:
    """How a server is doing."""
    heard = max(filter(None, (signs.last_in_at, signs.last_out_at)), default=None)
    rules = (
        (signs.is_blocked, Condition.BLOCKED),
        (signs.measure is Measure.PAUSED, Condition.PAUSED),
        (signs.is_unavailable, Condition.UNAVAILABLE),
        (signs.is_failing, Condition.FAILING),
        (signs.measure is Measure.HELD, Condition.HELD),
        (heard is None, Condition.UNMET),
        (heard is not None and now - heard >= SILENT_AFTER, Condition.SILENT),
    )
    return next((found for applies, found in rules if applies), Condition.WELL)


def in_words(found: Condition) -> Text:
    """A condition as a sentence."""
    return _CONDITIONS[found]


def is_withheld(measure: Measure) -> bool:
    """Whether what comes from a server under this measure waits for somebody here."""
    return measure is not Measure.NONE


def trouble(error: str) -> Trouble:
    """What the last error of a server means and what helps; `error` is as it was written down, in English."""
    return recognised(error) or _UNCLEAR


def recognised(error: str) -> Trouble | None:
    """The same, None for an error that none of these words fits."""
    return next((found for pattern, found in _TROUBLES if re.search(pattern, error, re.IGNORECASE)), None)


_CONDITIONS: Mapping[Condition, Text] = {
    Condition.BLOCKED: said("Refusé : rien ne vient de là, rien n’y part.", "Refused: nothing comes from there, nothing goes."),
    Condition.PAUSED: said(
        "En pause : rien n’y part, et ce qui en vient attend.", "Paused: nothing goes there, and what comes from there waits."
    ),
    Condition.UNAVAILABLE: said(
        "Hors de portée depuis plus de sept jours ; les envois reprendront dès qu’on aura de ses nouvelles.",
        "Out of reach for more than seven days; sending resumes as soon as it is heard from.",
    ),
    Condition.FAILING: said(
        "Les derniers essais ont échoué ; les envois attendent et seront repris.",
        "The last tries failed; what is to be sent waits and will be tried again.",
    ),
    Condition.HELD: said("Ce qui en vient attend votre regard.", "What comes from there waits for you to look at it."),
    Condition.UNMET: said("Aucun échange encore.", "Nothing exchanged yet."),
    Condition.SILENT: said("Silencieux depuis plus de trente jours.", "Silent for more than thirty days."),
    Condition.WELL: said("Tout va bien.", "All is well."),
}

_UNCLEAR = Trouble(
    means=said("La cause n’est pas claire.", "The cause isn’t clear."),
    remedy=said(
        "Faites l’essai : il dira ce qui répond et ce qui ne répond pas.",
        "Run the test: it tells what answers and what doesn’t.",
    ),
)

#: The first that fits counts. What is looked for are words of our own errors and statuses as they are written down.
_TROUBLES: tuple[tuple[str, Trouble], ...] = (
    (
        r"certificate|sslerror|tls alert|wrong version number",
        Trouble(
            means=said("Son certificat n’est pas accepté.", "Its certificate isn’t accepted."),
            remedy=said(
                "Dites-le à son équipe : le certificat est échu, ou n’est pas pour ce nom.",
                "Tell its people: the certificate has expired, or isn’t for this name.",
            ),
        ),
    ),
    (
        r"name or service|nodename|no address|not known|dns|getaddrinfo",
        Trouble(
            means=said("Son nom ne mène nulle part.", "Its name leads nowhere."),
            remedy=said(
                "Vérifiez l’adresse auprès de son équipe ; le nom a peut-être changé.",
                "Check the address with its people; the name may have changed.",
            ),
        ),
    ),
    (
        r"never contacted|forbidden",
        Trouble(
            means=said("Son adresse n’est pas une adresse publique.", "Its address is no public address."),
            remedy=said(
                "Demandez à son équipe l’adresse que tout le monde peut atteindre.",
                "Ask its people for the address that everyone can reach.",
            ),
        ),
    ),
    (
        r"within the time|timeout|timed out",
        Trouble(
            means=said("Il ne répond pas à temps.", "It doesn’t answer in time."),
            remedy=said("Attendre ; les essais reprennent d’eux-mêmes.", "Wait; tries resume by themselves."),
        ),
    ),
    (
        r"cannot connect|connection|refused by|disconnected|reset",
        Trouble(
            means=said("Il est éteint, ou on n’y arrive pas.", "It is switched off, or can’t be reached."),
            remedy=said(
                "Attendre ; les essais reprennent d’eux-mêmes. Après quelques jours, écrire à son équipe.",
                "Wait; tries resume by themselves. After some days, write to its people.",
            ),
        ),
    ),
    (
        r"\b401\b|signature",
        Trouble(
            means=said("Il n’accepte pas notre signature.", "It doesn’t accept our signature."),
            remedy=said(
                "Vérifiez l’heure de cette machine, et que votre adresse répond de l’extérieur ; puis réessayez.",
                "Check the clock of this machine, and that your address answers from outside; then try again.",
            ),
        ),
    ),
    (
        r"\b403\b|does not want",
        Trouble(
            means=said("Il refuse nos messages.", "It refuses our messages."),
            remedy=said(
                "Écrivez à son équipe : votre organisation y est peut-être à approuver, ou bloquée.",
                "Write to its people: your organisation may have to be approved there, or is blocked.",
            ),
        ),
    ),
    (
        r"\b40[04]\b|\b410\b|nobody there",
        Trouble(
            means=said("Il n’y a plus personne à cette adresse.", "There is no one at this address any more."),
            remedy=said("Retirez le lien, ou demandez la nouvelle adresse.", "End the link, or ask for the new address."),
        ),
    ),
    (
        r"\b429\b",
        Trouble(
            means=said("Il demande d’aller plus doucement.", "It asks us to go more slowly."),
            remedy=said("Rien à faire : nous attendons le temps demandé.", "Nothing to do: we wait as long as asked."),
        ),
    ),
    (
        r"\b5\d\d\b",
        Trouble(
            means=said("Il est en panne.", "It is in trouble."),
            remedy=said("Attendre ; les essais reprennent d’eux-mêmes.", "Wait; tries resume by themselves."),
        ),
    ),
)
