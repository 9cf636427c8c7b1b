"""Where a thing came from before us, and how far it may be relied on today. Every object may carry these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from vocab.described import Described
from vocab.namespaces import ADMS, AS, CDP, DC11, DCTERMS, PROV, SCHEMA, SKOS, XSD
from vocab.terms import Term
from vocab.values import Moment, Ref, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced(Described):
    """A thing with its origin outside, its integration, and the state of what it says."""

    creator: Annotated[
        tuple[Text, ...],
        Term(
            DC11 + "creator",
            {"fr": "nom d’auteur·trice", "en": "name of author"},
            {
                "fr": "Nom d’une personne ou d’un groupe qui en est l’auteur·trice et qui n’a pas de compte.",
                "en": "Name of a person or group who is the author and has no account.",
            },
            key="creatorName",
            status="reused",
            is_searchable=True,
        ),
    ] = ()
    origin: Annotated[
        Ref | None,
        Term(
            DCTERMS + "source",
            {"fr": "importé de", "en": "imported from"},
            {"fr": "Adresse d’où cela a été importé.", "en": "Address that it was imported from."},
            key="importedFrom",
            status="reused",
            is_searchable=True,
        ),
    ] = None
    integrated: Annotated[
        Moment | None,
        Term(
            CDP + "integrated",
            {"fr": "intégré le", "en": "integrated on"},
            {
                "fr": "Moment où la ressource est entrée dans le répertoire ou le carnet.",
                "en": "When the resource entered the repertoire or notebook.",
            },
            narrows=(DCTERMS + "date",),
            datatype=XSD + "dateTime",
            note={
                "fr": "Ne remplace pas la publication : une note de 2019 peut être intégrée aujourd’hui. "
                "Exemple : « Intégré par Joëlle, le 6 décembre 2023 à 11 h ».",
                "en": "Does not replace publication: a note of 2019 may be integrated today. "
                "Example: “Integrated by Joëlle, 6 December 2023, 11:00”.",
            },
        ),
    ] = None
    integration_mode: Annotated[
        Ref | None,
        Term(
            CDP + "integrationMode",
            {"fr": "mode d’intégration", "en": "integration mode"},
            {
                "fr": "Comment une ressource venue d’ailleurs a été reprise : référence, suivi ou adaptation.",
                "en": "How a resource from elsewhere was taken up: reference, synchronised copy or adaptation.",
            },
            ranges=(SKOS + "Concept",),
            schemes=("modes-d-integration",),
            note={
                "fr": "L’original lui-même est dans prov:wasDerivedFrom. Exemple : une adaptation, tirée de la grille d’un autre "
                "organisme, dont la licence permet de la modifier.",
                "en": "The original itself is in prov:wasDerivedFrom. Example: another organisation’s grid, adapted, since its "
                "licence allows changes.",
            },
            is_searchable=True,
            related_to=(PROV + "qualifiedDerivation",),
        ),
    ] = None
    knowledge_status: Annotated[
        Ref | None,
        Term(
            CDP + "knowledgeStatus",
            {"fr": "statut du savoir", "en": "knowledge status"},
            {
                "fr": "À quel point ce qui est dit est établi : observation, hypothèse, éprouvé par la pratique, contesté.",
                "en": "How well established it is: observation, hypothesis, proven by practice, contested.",
            },
            ranges=(SKOS + "Concept",),
            schemes=("statuts-de-savoir",),
            note={
                "fr": "Dit par qui publie, jamais calculé. Exemple : « Ces observations, qui restent des hypothèses ».",
                "en": "Said by those who publish, never computed. Example: “These observations, which remain hypotheses”.",
            },
            is_searchable=True,
            narrows=(ADMS + "status",),
        ),
    ] = None
    currency: Annotated[
        Ref | None,
        Term(
            CDP + "currency",
            {"fr": "actualité", "en": "currency"},
            {
                "fr": "Si cela vaut encore : à jour, à relire, obsolète mais conservé.",
                "en": "Whether it still holds: up to date, due for review, obsolete but kept.",
            },
            ranges=(SKOS + "Concept",),
            schemes=("actualite",),
            note={
                "fr": "N’a rien à voir avec une monnaie. Exemple : une procédure d’avant la réforme d’une loi est obsolète "
                "et reste consultable.",
                "en": "Unrelated to money. Example: a procedure from before a law was reformed is obsolete "
                "but can still be read.",
            },
            is_searchable=True,
            narrows=(ADMS + "status",),
        ),
    ] = None
    review_by: Annotated[
        Moment | None,
        Term(
            CDP + "reviewBy",
            {"fr": "à relire le", "en": "review by"},
            {"fr": "Moment où il faudra le relire.", "en": "When it is due to be reviewed."},
            narrows=(DCTERMS + "date",),
            datatype=XSD + "dateTime",
            note={
                "fr": "Aussi pour une intersection ou des règles. Exemple : dix-huit mois après la publication d’une note.",
                "en": "Also for an intersection or for rules. Example: eighteen months after a note was published.",
            },
            is_searchable=True,
        ),
    ] = None
    maintainer: Annotated[
        tuple[Ref, ...],
        Term(
            SCHEMA + "maintainer",
            {"fr": "responsable", "en": "maintainer"},
            {
                "fr": "Qui veille sur la ressource et répond aux questions ; pour un plan, qui en assure la suite.",
                "en": "Who looks after the resource and answers questions; for a plan, who sees that it goes on.",
            },
            status="reused",
        ),
    ] = ()
    linked_community: Annotated[
        tuple[Ref, ...],
        Term(
            CDP + "linkedCommunity",
            {"fr": "communauté liée", "en": "linked community"},
            {
                "fr": "Communauté que la ressource concerne, sans lui être adressée pour autant.",
                "en": "Community that the resource concerns, though it is not addressed to it.",
            },
            ranges=(AS + "Group",),
            narrows=(DCTERMS + "relation",),
            note={
                "fr": "L’adressage (to, audience) fait règle ; ceci informe. Exemple : une note publique liée à la communauté "
                "des animatrices et animateurs.",
                "en": "Addressing (to, audience) decides who sees it; this only informs. Example: a public note linked "
                "to the facilitators’ community.",
            },
            is_searchable=True,
        ),
    ] = ()
    platform_category: Annotated[
        tuple[str, ...],
        Term(
            CDP + "platformCategory",
            {"fr": "catégorie d’origine", "en": "original category"},
            {
                "fr": "Catégorie que la plateforme d’origine donnait, en un mot qui n’est pas un concept.",
                "en": "Category that the original platform gave it, as a word that is not a concept.",
            },
            close_to=("http://schema.org/category",),
            note={
                "fr": "Gardé tel quel pour ne rien perdre ; un genre ou un sujet vaut mieux. Exemple : « Discussion ».",
                "en": "Kept as it is so that nothing is lost; a genre or a topic is better. Example: “Discussion”.",
            },
        ),
    ] = ()
    issued: Annotated[
        str | None,
        Term(
            DCTERMS + "issued",
            {"fr": "paru en", "en": "issued"},
            {
                "fr": "Date de la première parution ailleurs, en ISO 8601, aussi incomplète qu’on la connaît : 2019, 2019-03.",
                "en": "Date of first issue elsewhere, in ISO 8601, as incomplete as it is known: 2019, 2019-03.",
            },
            status="reused",
        ),
    ] = None
    publisher_name: Annotated[
        tuple[Text, ...],
        Term(
            DC11 + "publisher",
            {"fr": "nom de l’éditeur", "en": "name of publisher"},
            {"fr": "Nom de qui l’a édité, sans compte.", "en": "Name of who published it, without an account."},
            status="reused",
        ),
    ] = ()
    identifier: Annotated[
        tuple[str, ...],
        Term(
            DCTERMS + "identifier",
            {"fr": "identifiant", "en": "identifier"},
            {
                "fr": "Identifiant donné ailleurs : DOI, ISBN, ISSN, numéro de dépôt.",
                "en": "Identifier given elsewhere: DOI, ISBN, ISSN, deposit number.",
            },
            status="reused",
        ),
    ] = ()
    citation: Annotated[
        tuple[Text, ...],
        Term(
            DCTERMS + "bibliographicCitation",
            {"fr": "référence", "en": "citation"},
            {
                "fr": "Comment le citer, en une ligne : revue, volume, pages, collection.",
                "en": "How to cite it, in one line: journal, volume, pages, series.",
            },
            key="bibliographicCitation",
            status="reused",
        ),
    ] = ()
    change_note: Annotated[
        tuple[Text, ...],
        Term(
            SKOS + "changeNote",
            {"fr": "ce qui a changé", "en": "what was changed"},
            {
                "fr": "Ce qui diffère de l’original ou de la version précédente.",
                "en": "What differs from the original or from the version before.",
            },
            status="reused",
        ),
    ] = ()
    translation_of: Annotated[
        Ref | None,
        Term(
            SCHEMA + "translationOfWork",
            {"fr": "traduit de", "en": "translation of"},
            {
                "fr": "La ressource dont celle-ci est une traduction, publiée à part dans une autre langue.",
                "en": "The resource that this one is a translation of, published on its own in another language.",
            },
            status="reused",
            is_searchable=True,
        ),
    ] = None
    archived_at: Annotated[
        tuple[Ref, ...],
        Term(
            SCHEMA + "archivedAt",
            {"fr": "archivé à", "en": "archived at"},
            {"fr": "Copie gardée ailleurs, si l’original disparaît.", "en": "Copy kept elsewhere, should the original vanish."},
            status="reused",
        ),
    ] = ()
