"""How a community holds each thing of its repertoire: as its own, by reference, as a copy, or adapted."""

from __future__ import annotations

import enum
from collections.abc import Mapping

from node.domain.entries import Entry
from node.domain.sentences import said
from vocab.values import Text


class Mode(enum.StrEnum):
    """How a thing came into a repertoire; the values are those stored."""

    OWN = "own"
    REFERENCE = "reference"
    FOLLOW = "follow"  # a copy kept current
    ADAPT = "adapt"  # a version of one's own, with its lineage


#: How each mode is said to people.
MODES: Mapping[Mode, Text] = {
    Mode.OWN: said("publié ici", "published here"),
    Mode.REFERENCE: said("référence", "reference"),
    Mode.FOLLOW: said("copie tenue à jour", "copy kept current"),
    Mode.ADAPT: said("adaptation", "adaptation"),
}


def mode_for(entry: Entry, community: str) -> Mode:
    """How a community holds a thing that it neither follows nor adapts: its own when published in it, else by reference."""
    return Mode.OWN if entry.community == community else Mode.REFERENCE
