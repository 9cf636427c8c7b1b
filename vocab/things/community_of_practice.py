"""CommunityOfPractice: people who learn together, as a Group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import CDP, DCTERMS, FOAF, ORG, PAIR, SIOC, SKOS
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
        ),
    ] = ()
    shared_enterprise: Annotated[
        Text | None,
        Term(
            CDP + "sharedEnterprise",
            {"fr": "entreprise commune", "en": "joint enterprise"},
            {"fr": "Ce que la communauté entreprend ensemble.", "en": "What the community undertakes together."},
        ),
    ] = None
    objective: Annotated[
        tuple[Text, ...],
        Term(
            CDP + "objective",
            {"fr": "objectif", "en": "objective"},
            {"fr": "Objectif énoncé en langue naturelle.", "en": "Objective stated in natural language."},
        ),
    ] = ()
    organizational_context: Annotated[
        Text | None,
        Term(
            CDP + "organizationalContext",
            {"fr": "contexte organisationnel", "en": "organisational context"},
            {
                "fr": "Contexte organisationnel dans lequel vit la communauté ou la pratique.",
                "en": "Organisational context in which the community or practice lives.",
            },
        ),
    ] = None
