"""CommunityOfPractice: people who learn together, as a Group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import CDP, DCTERMS, FOAF, ORG, PAIR, SIOC, SKOS
from vocab.recurring import OBJECTIVE, ORGANIZATIONAL_CONTEXT, SHARED_ENTERPRISE
from vocab.terms import Term, TypeTerm
from vocab.things.group import Group
from vocab.values import Ref, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityOfPractice(Group):
    """A community of practice: what everything else here turns around."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        CDP + "CommunityOfPractice",
        {"fr": "communauté de pratique", "en": "community of practice"},
        {
            "fr": "Groupe de personnes qui partagent un domaine, une entreprise commune et un répertoire de "
            "pratiques, et qui apprennent ensemble.",
            "en": "Group of people who share a domain, a joint enterprise and a repertoire of practices, and who learn together.",
        },
        type="Group",
        above=(ORG + "Organization", FOAF + "Group"),
        close_to=(SIOC + "Community", PAIR + "Group"),
        required=("inbox", "outbox", "preferred_username"),
        note={
            "fr": "Se distingue d’une équipe ou d’un projet : elle dure par ce qu’on y apprend. Exemple : les responsables de "
            "l’itinérance des villes.",
            "en": "Unlike a team or a project, it lasts because people learn in it. Example: the towns’ homelessness officers.",
        },
    )
    practice_domain: Annotated[
        tuple[Ref, ...],
        Term(
            CDP + "practiceDomain",
            {"fr": "domaine", "en": "domain"},
            {"fr": "Domaine de pratique de la communauté.", "en": "The community’s domain of practice."},
            ranges=(SKOS + "Concept",),
            narrows=(DCTERMS + "subject",),
            is_searchable=True,
            note={
                "fr": "Un ou plusieurs concepts du réseau. Exemple : l’animation de milieux de vie.",
                "en": "One or more concepts from the network. Example: neighbourhood facilitation.",
            },
        ),
    ] = ()
    shared_enterprise: Annotated[Text | None, SHARED_ENTERPRISE] = None
    objective: Annotated[tuple[Text, ...], OBJECTIVE] = ()
    organizational_context: Annotated[Text | None, ORGANIZATIONAL_CONTEXT] = None
