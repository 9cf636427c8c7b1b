"""Concertation: a table where organisations and communities coordinate, as a Group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.namespaces import CDP, ORG
from vocab.terms import TypeTerm
from vocab.things.group import Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Concertation(Group):
    """A coordination body; its members may be concertations themselves."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        CDP + "Concertation",
        {"fr": "concertation", "en": "concertation"},
        {
            "fr": "Lieu de coordination, sur un territoire ou un secteur, entre organisations, communautés "
            "ou autres concertations (concertation de concertations).",
            "en": "Coordination body, for a territory or a sector, between organisations, communities or other "
            "concertations (concertation of concertations).",
        },
        type="Group",
        above=(ORG + "OrganizationalCollaboration",),
        note={
            "fr": "Ses membres peuvent être des groupes, représentés par des personnes. Exemple : la table de quartier, membre "
            "de la table régionale.",
            "en": "Its members may be groups, represented by people. Example: the neighbourhood table, member of the regional "
            "one.",
        },
    )
