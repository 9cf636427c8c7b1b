"""Group: a group as an actor, in the manner of FEP-1b12. Spec: FEP-1b12."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import AS, CDP, DCTERMS, LEMMY, ORG, SCHEMA
from vocab.recurring import PHASE, REPERTOIRE
from vocab.terms import Term, TypeTerm
from vocab.things.actor import Actor
from vocab.values import Ref, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Actor):
    """A group that has members and relays what is said in it."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        AS + "Group",
        {"fr": "groupe", "en": "group"},
        {"fr": "Groupe qui relaie ce qui s’y dit.", "en": "Group that relays what is said in it."},
        type="Group",
        status="reused",
    )
    moderators: Annotated[
        Ref | None,
        Term(
            LEMMY + "moderators",
            {"fr": "modération", "en": "moderators"},
            {"fr": "Collection de qui anime le groupe.", "en": "Collection of who moderates the group."},
            status="reused",
        ),
    ] = None
    is_restricted_to_moderators: Annotated[
        bool | None,
        Term(
            LEMMY + "postingRestrictedToMods",
            {"fr": "réservé à l’animation", "en": "restricted to moderators"},
            {"fr": "Seule l’animation publie.", "en": "Only moderators post."},
            status="reused",
            key="postingRestrictedToMods",
        ),
    ] = None
    repertoire: Annotated[Ref | None, REPERTOIRE] = None
    operating_rules: Annotated[
        Ref | None,
        Term(
            CDP + "operatingRules",
            {"fr": "règles de fonctionnement", "en": "operating rules"},
            {
                "fr": "Document qui énonce les règles de fonctionnement.",
                "en": "Document stating the operating rules.",
            },
            narrows=(DCTERMS + "conformsTo",),
            note={
                "fr": "Un document avec ses versions, accepté à l’arrivée. Exemple : parole, confidentialité, respect, écoute, "
                "partage, évaluation.",
                "en": "A document with its versions, accepted on arrival. Example: speaking, confidentiality, respect, "
                "listening, sharing, evaluation.",
            },
        ),
    ] = None
    phase: Annotated[Ref | None, PHASE] = None
    hosted_by: Annotated[
        Ref | None,
        Term(
            CDP + "hostedBy",
            {"fr": "hébergée par", "en": "hosted by"},
            {"fr": "Organisation-nœud qui héberge la communauté.", "en": "Node organisation hosting the community."},
            note={
                "fr": "L’hébergement se dit et se change ; l’identité reste. Exemple : une table locale hébergée par "
                "l’organisme régional.",
                "en": "Who hosts is stated and may change; the community’s identity stays. Example: a local table hosted by "
                "the regional organisation.",
            },
            related_to=(ORG + "unitOf",),
        ),
    ] = None
    expected_time: Annotated[
        Text | None,
        Term(
            CDP + "expectedTime",
            {"fr": "temps demandé", "en": "time it takes"},
            {"fr": "Temps que demande la participation.", "en": "Time that taking part takes."},
            note={
                "fr": "Dit avant qu’on s’engage. Exemple : « Quatre rencontres d’une heure par an ».",
                "en": "Said before anyone commits. Example: “Four meetings of an hour a year”.",
            },
            related_to=(SCHEMA + "timeRequired",),
        ),
    ] = None
