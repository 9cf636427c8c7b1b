"""What can be decided about something that was reported: the gentlest first, each with what follows from it."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from node.domain.sentences import said
from vocab.values import Text


class Measure(enum.StrEnum):
    """A measure. The value is what forms send and rows keep."""

    DISMISS = "classer"
    TALK = "parler"
    SLOW = "ralentir"
    PAUSE = "pause"
    TAKE_OUT = "retirer"
    END = "exclure"
    FORWARD = "transmettre"


#: How long somebody is asked to wait, and how often they may write meanwhile.
WHILE = timedelta(days=7)
SLOW_PACE = timedelta(hours=1)
#: After so long without a decision, those who look after the node see it too.
OVERDUE = timedelta(hours=72)
LONGEST_REASON = 2_000

#: What each measure is called, what follows from it, and what the log says.
MEASURES: Mapping[Measure, tuple[Text, Text, Text]] = {
    Measure.DISMISS: (
        said("Classer sans suite", "Take no action"),
        said("Rien ne change.", "Nothing changes."),
        said("Classé sans suite", "No action taken"),
    ),
    Measure.TALK: (
        said("Proposer d’en parler", "Offer to talk about it"),
        said(
            "La personne concernée lit votre mot et est invitée à en parler. Rien n’est retiré ; le signalement reste ouvert.",
            "The person concerned reads your words and is invited to talk. Nothing is taken out; the report stays open.",
        ),
        said("Proposé d’en parler", "Offered to talk"),
    ),
    Measure.SLOW: (
        said("Ralentir", "Slow down"),
        said(
            "Pendant sept jours, un message à l’heure au plus dans cette communauté.",
            "For seven days, one message an hour at most in this community.",
        ),
        said("Ralenti pour sept jours", "Slowed down for seven days"),
    ),
    Measure.PAUSE: (
        said("Demander une pause", "Ask for a pause"),
        said(
            "Pendant sept jours, la personne lit et n’écrit pas dans cette communauté. Vous pouvez y mettre fin avant.",
            "For seven days, the person reads and doesn’t write in this community. You can end it earlier.",
        ),
        said("Demandé une pause de sept jours", "Asked for a pause of seven days"),
    ),
    Measure.TAKE_OUT: (
        said("Retirer ce qui est signalé", "Take out what is reported"),
        said(
            "Ce n’est plus montré, et les autres sites qui l’ont reçu sont priés de l’oublier. Cela ne se défait pas.",
            "It no longer shows, and other sites that received it are asked to forget it. This can’t be undone.",
        ),
        said("Retiré ce qui était signalé", "Took out what was reported"),
    ),
    Measure.END: (
        said("Mettre fin à l’appartenance", "End the membership"),
        said(
            "La personne ne lit plus ce qui est réservé aux membres. Elle peut être invitée de nouveau.",
            "The person no longer reads what is for members. They can be invited again.",
        ),
        said("Mis fin à l’appartenance", "Ended the membership"),
    ),
    Measure.FORWARD: (
        said("Transmettre à son organisation", "Pass on to their organisation"),
        said(
            "L’organisation de la personne reçoit le signalement et vos mots, sans le nom de qui a signalé.",
            "The person’s organisation gets the report and your words, without the name of whoever reported.",
        ),
        said("Transmis à l’organisation de la personne", "Passed on to the person’s organisation"),
    ),
}
#: Everybody, in an exchange or in a community, writes more slowly for a while; or at the usual pace again.
CALMED, USUAL_PACE = (
    said("Ralenti pour tout le monde", "Slowed down for everyone"),
    said("Repris le rythme habituel", "Back to the usual pace"),
)
#: Lifted by hand, or given back after an appeal.
LIFTED = said("Levé une mesure", "Lifted a measure")
#: Why something is reported: the word that is kept, and what people choose.
CATEGORIES: Mapping[str, Text] = {
    "respect": said("Cela manque de respect à quelqu’un", "It is disrespectful to someone"),
    "confidence": said(
        "Cela révèle quelque chose de confidentiel ou de personnel", "It reveals something confidential or personal"
    ),
    "publicite": said("C’est de la publicité, ou n’a rien à faire ici", "It is advertising, or has no place here"),
    "danger": said("C’est faux ou dangereux", "It is false or dangerous"),
    "autre": said("Autre chose", "Something else"),
}


def hindrance(kinds: Iterable[str], last_said_at: datetime | None, now: datetime) -> Text | None:
    """Why somebody who is asked to pause or slow down may not write now, None when they may."""
    asked = frozenset(kinds)
    if "pause" in asked:
        return said("L’animation vous demande une pause.", "The facilitators are asking you to take a pause.")
    if "slow" in asked and last_said_at is not None and now - last_said_at < SLOW_PACE:
        return said("Un message à l’heure au plus, pour l’instant.", "One message an hour at most, for now.")
    return None
