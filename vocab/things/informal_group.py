"""InformalGroup: people who act together without any structure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from vocab.namespaces import CDP, FOAF
from vocab.terms import TypeTerm
from vocab.things.group import Group


@dataclass(frozen=True, slots=True, kw_only=True)
class InformalGroup(Group):
    """A group that needs nothing but a name; `end_time` says when it is to end by itself."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        CDP + "InformalGroup",
        {"fr": "groupe informel", "en": "informal group"},
        {
            "fr": "Personnes qui agissent ensemble, sans structure juridique, souvent sur un lieu ou une cause.",
            "en": "People who act together without a legal structure, often around a place or a cause.",
        },
        type="Group",
        above=(FOAF + "Group",),
        note={
            "fr": "Un nom suffit ; ni domaine ni règles ne sont demandés. Exemple : le comité d’une ruelle.",
            "en": "A name is enough; neither domain nor rules are asked for. Example: the committee of a lane.",
        },
    )
