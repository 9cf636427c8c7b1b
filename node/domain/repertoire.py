"""What a community holds, and where each thing comes from: its own, referred to, followed or adapted; with its lineage."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What must show beside a thing wherever it shows: where it lives, who wrote it, what may be done with it, how fresh it is.

    `host` is the server that answers for it; `community` and `author` are IRIs, "" when not said; `moment` is the last change.
    `lineage` are the IRIs that it was made from, the nearest first.
    """

    host: str
    community: str
    author: str
    license: str
    language: str
    moment: datetime | None
    is_local: bool
    mode: Mode
    lineage: tuple[str, ...] = ()


def provenance(entry: Entry, mode: Mode, lineage: tuple[str, ...] = ()) -> Provenance:
    """Where a thing comes from, as it must be shown."""
    return Provenance(
        host=origin(entry.iri),
        community=entry.community,
        author=entry.author,
        license=entry.license,
        language=entry.language,
        moment=entry.updated_at or entry.published_at,
        is_local=entry.is_local,
        mode=mode,
        lineage=lineage,
    )


def origin(iri: str) -> str:
    """The host, with its port if it has one, that answers for an IRI."""
    return urlsplit(iri).netloc.rpartition("@")[2].lower()


def lineage(iri: str, made_from: Mapping[str, str]) -> tuple[str, ...]:
    """What a thing was made from, the nearest first; `made_from` gives the parent of each. A loop is walked once."""
    found: dict[str, None] = {}
    parent = made_from.get(iri)
    while parent and parent != iri and parent not in found:
        found[parent] = None
        parent = made_from.get(parent)
    return tuple(found)
