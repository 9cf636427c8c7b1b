"""How widely the node and its communities are linked, for the page where that is chosen."""

from __future__ import annotations

from typing import Any

from node.domain.openness import MODES, PUBLIC_STAYS, meaning_of, name_of
from node.storage.openness import said_of
from node.web.desk import Desk


def openness(desk: Desk) -> dict[str, Any]:
    """The mode of the node with what each means, and which of its communities are narrower."""
    language = desk.as_spoken
    named = [(each, name_of(each).in_language(language), meaning_of(each).in_language(language)) for each in MODES]
    return {
        "mode": desk.visit.house.mode,
        "modes": named,
        "narrower": [("", desk.tongue.say("Comme le site")), *((each, words) for each, words, _ in named)],
        "narrowed": [(iri, desk.community(iri).text, said_of(desk.uow, iri)) for iri in desk.communities],
        "stays": PUBLIC_STAYS.in_language(language),
    }
