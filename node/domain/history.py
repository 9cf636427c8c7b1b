"""How far back what came over from another site reaches, and whether all of it is here, in words."""

from __future__ import annotations

from collections.abc import Mapping

from node.domain.sentences import said
from vocab.values import Text

_NOTHING = said("", "")

#: By state: what is said when something is here, `{day}` being the day of the oldest, and what when nothing is.
_SENTENCES: Mapping[str, tuple[Text, Text]] = {
    "running": (
        said(
            "Ce qui a été publié avant arrive encore ; pour l’instant, l’historique remonte au {day}.",
            "What was published before is still arriving; so far the history goes back to {day}.",
        ),
        said("Ce qui a été publié avant est en train d’arriver.", "What was published before is arriving."),
    ),
    "complete": (
        said(
            "L’historique est ici en entier ; il remonte au {day}.",
            "The whole history is here; it goes back to {day}.",
        ),
        said("L’historique est ici en entier ; il est vide.", "The whole history is here; it is empty."),
    ),
    "gap": (
        said(
            "L’historique n’est pas entier ; il remonte au {day}.",
            "The history isn’t complete; it goes back to {day}.",
        ),
        said(
            "Rien de ce qui a été publié avant n’a pu venir.",
            "Nothing of what was published before could be brought over.",
        ),
    ),
}


def sentence(history: str, *, is_dated: bool) -> Text:
    """How far the history of a link has come; "" while nothing was begun. `{day}` in it is the day of the oldest thing."""
    dated, undated = _SENTENCES.get(history, (_NOTHING, _NOTHING))
    return dated if is_dated else undated
