"""How widely a node is linked, in words: with those it knows, with those its friends refer to, with everybody.

A community may be narrower than its node, never wider.
"""

from __future__ import annotations

from collections.abc import Mapping

from node.domain.sentences import said
from vocab.values import Text

ARCHIPELAGO, FRIENDS, OPEN = "archipelago", "friends", "open"
#: From the narrowest to the widest.
MODES = (ARCHIPELAGO, FRIENDS, OPEN)

_NAMES: Mapping[str, Text] = {
    ARCHIPELAGO: said("Archipel", "Archipelago"),
    FRIENDS: said("Amis de nos amis", "Friends of our friends"),
    OPEN: said("Ouvert", "Open"),
}
_MEANINGS: Mapping[str, Text] = {
    ARCHIPELAGO: said(
        "Seules les organisations que vous avez acceptées peuvent suivre vos communautés ou leur envoyer quelque chose. "
        "Les autres peuvent frapper : leur demande attend votre réponse.",
        "Only organisations that you have accepted can follow your communities or send them anything. "
        "Others can knock: their request waits for your answer.",
    ),
    FRIENDS: said(
        "Comme l’archipel ; de plus, on va chercher ailleurs ce à quoi une organisation acceptée renvoie.",
        "Like the archipelago; besides, what an accepted organisation refers to is fetched elsewhere.",
    ),
    OPEN: said(
        "Toute organisation peut suivre vos communautés publiques et leur écrire. Vous pouvez encore refuser l’une ou l’autre.",
        "Any organisation can follow your public communities and write to them. You can still refuse any of them.",
    ),
}
PUBLIC_STAYS = said(
    "Les pages publiques, les fils et les agendas restent ouverts à tout le monde dans les trois cas.",
    "Public pages, feeds and calendars stay open to everyone in all three cases.",
)


def name_of(mode: str) -> Text:
    """What a mode is called."""
    return _NAMES[mode]


def meaning_of(mode: str) -> Text:
    """What it means, in sentences."""
    return _MEANINGS[mode]


def narrower(mode: str, other: str) -> str:
    """The narrower of two modes; a word that is none counts as not said."""
    known = [each for each in (mode, other) if each in MODES]
    return min(known, key=MODES.index) if known else ARCHIPELAGO
