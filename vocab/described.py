"""What libraries and portals say of anything: topic, territory, licence, lineage. Every object may carry these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from vocab.namespaces import AS, CDP, DCTERMS, FEPBAD1, PROV, SCHEMA, SIOC, SKOS, XSD
from vocab.terms import Term
from vocab.thing import Thing
from vocab.values import Moment, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Described(Thing):
    """A thing with what is said about it from outside."""

    genre: Annotated[
        Ref | None,
        Term(
            DCTERMS + "type",
            {"fr": "genre", "en": "genre"},
            {
                "fr": "Forme de la ressource : étude de cas, outil, témoignage…",
                "en": "Form of the resource: case study, tool…",
            },
            ranges=(SKOS + "Concept",),
            status="reused",
            is_searchable=True,
        ),
    ] = None
    topic: Annotated[
        tuple[Ref, ...],
        Term(
            DCTERMS + "subject",
            {"fr": "sujet", "en": "topic"},
            {"fr": "Ce dont il est question, en concepts.", "en": "What it is about, as concepts."},
            ranges=(SKOS + "Concept",),
            status="reused",
            is_searchable=True,
        ),
    ] = ()
    territory: Annotated[
        tuple[Ref, ...],
        Term(
            DCTERMS + "spatial",
            {"fr": "territoire", "en": "territory"},
            {
                "fr": "Territoire, officiel ou vécu, que cela concerne.",
                "en": "Territory, official or lived, that this concerns.",
            },
            ranges=(AS + "Place",),
            status="reused",
            is_searchable=True,
        ),
    ] = ()
    sector: Annotated[
        tuple[Ref, ...],
        Term(
            CDP + "sector",
            {"fr": "secteur", "en": "sector"},
            {"fr": "Secteur d’activité.", "en": "Sector of activity."},
            ranges=(SKOS + "Concept",),
            narrows=(DCTERMS + "subject",),
            close_to=("http://virtual-assembly.org/ontologies/pair#hasSector",),
            is_searchable=True,
            note={
                "fr": "Le réseau tient sa propre liste, reliée à celles des autres. Exemple : l’habitation communautaire.",
                "en": "Each network keeps its own list, matched with those of others. Example: community housing.",
            },
        ),
    ] = ()
    action_lever: Annotated[
        tuple[Ref, ...],
        Term(
            CDP + "actionLever",
            {"fr": "levier d’action", "en": "action lever"},
            {
                "fr": "Condition de succès sur laquelle on agit ou que l’on observe.",
                "en": "Success condition acted upon or observed.",
            },
            ranges=(SKOS + "Concept",),
            narrows=(DCTERMS + "subject",),
            is_searchable=True,
            note={
                "fr": "Un mot d’encouragement, jamais une note ni un rang. Exemple : une note de pratique qui dit comment la "
                "confiance est venue.",
                "en": "Meant to encourage, never to mark or to rank. Example: a practice note that tells how trust came about.",
            },
        ),
    ] = ()
    license: Annotated[
        Ref | None,
        Term(
            DCTERMS + "license",
            {"fr": "licence", "en": "license"},
            {"fr": "Licence sous laquelle on peut s’en servir.", "en": "License under which it may be used."},
            status="reused",
            is_searchable=True,
        ),
    ] = None
    access_level: Annotated[
        Ref | None,
        Term(
            DCTERMS + "accessRights",
            {"fr": "niveau d’accès", "en": "access level"},
            {
                "fr": "Étiquette de visibilité ; l’adressage seul fait règle.",
                "en": "Visibility label; addressing alone rules.",
            },
            ranges=(SKOS + "Concept",),
            status="reused",
        ),
    ] = None
    in_language: Annotated[
        str | None,
        Term(
            SCHEMA + "inLanguage",
            {"fr": "langue", "en": "language"},
            {"fr": "Langue du contenu, en étiquette BCP 47.", "en": "Language of the content, as a BCP 47 tag."},
            status="reused",
            is_searchable=True,
        ),
    ] = None
    is_part_of: Annotated[
        tuple[Ref, ...],
        Term(
            DCTERMS + "isPartOf",
            {"fr": "fait partie de", "en": "is part of"},
            {"fr": "Ce qui le contient : carnet, lieu plus grand…", "en": "What contains it: notebook, larger place…"},
            status="reused",
            is_searchable=True,
        ),
    ] = ()
    references: Annotated[
        tuple[Ref, ...],
        Term(
            DCTERMS + "references",
            {"fr": "cite", "en": "references"},
            {"fr": "Ressource citée.", "en": "Resource that is cited."},
            status="reused",
        ),
    ] = ()
    related: Annotated[
        tuple[Ref, ...],
        Term(
            DCTERMS + "relation",
            {"fr": "voir aussi", "en": "related"},
            {"fr": "Ressource voisine.", "en": "Related resource."},
            status="reused",
        ),
    ] = ()
    conforms_to: Annotated[
        Ref | None,
        Term(
            DCTERMS + "conformsTo",
            {"fr": "conforme à", "en": "conforms to"},
            {"fr": "Règle, norme ou méthode qui est suivie.", "en": "Rule, standard or method that is followed."},
            status="reused",
        ),
    ] = None
    version: Annotated[
        str | None,
        Term(
            SCHEMA + "version",
            {"fr": "version", "en": "version"},
            {"fr": "Numéro de la version.", "en": "Number of the version."},
            status="reused",
        ),
    ] = None
    revision_of: Annotated[
        Ref | None,
        Term(
            PROV + "wasRevisionOf",
            {"fr": "révision de", "en": "revision of"},
            {"fr": "Version précédente.", "en": "Previous version."},
            status="reused",
        ),
    ] = None
    derived_from: Annotated[
        tuple[Ref, ...],
        Term(
            PROV + "wasDerivedFrom",
            {"fr": "tiré de", "en": "derived from"},
            {
                "fr": "Ce dont il est tiré : original adapté, preuve.",
                "en": "What it comes from: adapted original, evidence.",
            },
            status="reused",
        ),
    ] = ()
    generated_by: Annotated[
        Ref | None,
        Term(
            PROV + "wasGeneratedBy",
            {"fr": "produit par", "en": "generated by"},
            {"fr": "Calcul ou activité qui l’a produit.", "en": "Computation or activity that produced it."},
            status="reused",
        ),
    ] = None
    generated_at: Annotated[
        Moment | None,
        Term(
            PROV + "generatedAtTime",
            {"fr": "produit le", "en": "generated at"},
            {"fr": "Moment du calcul.", "en": "Moment of the computation."},
            datatype=XSD + "dateTime",
            status="reused",
        ),
    ] = None
    history: Annotated[
        Ref | None,
        Term(
            FEPBAD1 + "history",
            {"fr": "historique", "en": "history"},
            {"fr": "Collection des versions.", "en": "Collection of the versions."},
            ranges=(AS + "OrderedCollection",),
            status="reused",
        ),
    ] = None
    discussion: Annotated[
        Ref | None,
        Term(
            SIOC + "has_discussion",
            {"fr": "discussion", "en": "discussion"},
            {"fr": "Où l’on en discute.", "en": "Where it is discussed."},
            status="reused",
        ),
    ] = None
    circulates_in: Annotated[
        tuple[Ref, ...],
        Term(
            CDP + "circulatesIn",
            {"fr": "circule dans", "en": "circulates in"},
            {
                "fr": "Communauté dans laquelle l’objet a été relayé ou repris.",
                "en": "Community into which the object was relayed or taken up.",
            },
            note={
                "fr": "Calculé par le nœud d’origine à partir des relais qu’il voit. Exemple : un guide relayé dans trois "
                "communautés.",
                "en": "Computed by the node of origin from the relays that it sees. Example: a guide relayed into three "
                "communities.",
            },
            related_to=(AS + "audience", AS + "shares"),
        ),
    ] = ()
    readings: Annotated[
        Ref | None,
        Term(
            CDP + "readings",
            {"fr": "lectures", "en": "readings"},
            {"fr": "Collection des lectures d’un objet-frontière.", "en": "Collection of the readings of a boundary object."},
            ranges=(AS + "Collection",),
            close_to=(AS + "replies",),
            note={
                "fr": "Chaque lecture vit chez qui l’a écrite. Exemple : les trois lectures d’un même plan d’urbanisme.",
                "en": "Each reading lives with those who wrote it. Example: the three readings of one zoning plan.",
            },
        ),
    ] = None
    integrator: Annotated[
        tuple[Ref, ...],
        Term(
            CDP + "integrator",
            {"fr": "intégration", "en": "integrator"},
            {
                "fr": "Personne qui a intégré la ressource au répertoire sans en être nécessairement l’auteur·trice.",
                "en": "Person who integrated the resource into the repertoire, not necessarily its author.",
            },
            narrows=(DCTERMS + "contributor",),
            note={
                "fr": "La personne qui a écrit reste dans attributedTo ou creatorName. Exemple : « Intégré par Joëlle ».",
                "en": "Who wrote it stays in attributedTo or creatorName. Example: “Integrated by Joëlle”.",
            },
        ),
    ] = ()
    facilitator: Annotated[
        tuple[Ref, ...],
        Term(
            CDP + "facilitator",
            {"fr": "animation", "en": "facilitator"},
            {
                "fr": "Personne ou organisation qui anime une communauté, une rencontre ou une intersection.",
                "en": "Person or organisation facilitating a community, a meeting or an intersection.",
            },
            narrows=(DCTERMS + "contributor",),
            note={
                "fr": "Un rôle, non un pouvoir technique : qui modère est dans moderators. Exemple : les deux personnes qui "
                "préparent les rencontres.",
                "en": "A role, not a technical power: who moderates is in moderators. Example: the two people who prepare the "
                "meetings.",
            },
        ),
    ] = ()
