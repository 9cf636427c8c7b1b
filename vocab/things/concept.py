"""Concept: a term of a glossary, as SKOS has it, carried by a Page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from vocab.namespaces import CDP, SKOS
from vocab.recurring import DEFINITION, EXAMPLE, PLAIN_DEFINITION, REGISTER
from vocab.terms import Term, TypeTerm
from vocab.things.page import Page
from vocab.values import Ref, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept(Page):
    """A term with its labels, its definition and its neighbours."""

    ABOUT: ClassVar[TypeTerm] = TypeTerm(
        SKOS + "Concept",
        {"fr": "terme", "en": "concept"},
        {"fr": "Terme d’un glossaire : une notion et ses mots.", "en": "Term of a glossary: a notion and its words."},
        type="Page",
        status="reused",
        required=("pref_label", "in_scheme"),
    )
    pref_label: Annotated[
        Text | None,
        Term(
            SKOS + "prefLabel",
            {"fr": "mot", "en": "preferred label"},
            {"fr": "Le mot qui est préféré, par langue.", "en": "The word that is preferred, by language."},
            status="reused",
            container="@language",
        ),
    ] = None
    alt_label: Annotated[
        tuple[Text, ...],
        Term(
            SKOS + "altLabel",
            {"fr": "autre mot", "en": "alternative label"},
            {"fr": "Autre mot pour la même chose.", "en": "Another word for the same thing."},
            status="reused",
            container="@language",
        ),
    ] = ()
    definition: Annotated[Text | None, DEFINITION] = None
    scope_note: Annotated[
        Text | None,
        Term(
            SKOS + "scopeNote",
            {"fr": "note d’emploi", "en": "scope note"},
            {"fr": "Quand et comment l’employer.", "en": "When and how to use it."},
            status="reused",
            container="@language",
        ),
    ] = None
    notation: Annotated[
        tuple[str, ...],
        Term(
            SKOS + "notation",
            {"fr": "code", "en": "notation"},
            {"fr": "Code dans une classification.", "en": "Code in a classification."},
            status="reused",
        ),
    ] = ()
    in_scheme: Annotated[
        tuple[Ref, ...],
        Term(
            SKOS + "inScheme",
            {"fr": "dans le glossaire", "en": "in scheme"},
            {"fr": "Glossaire ou liste dont il fait partie.", "en": "Glossary or list it belongs to."},
            status="reused",
            ranges=(SKOS + "ConceptScheme",),
            is_searchable=True,
        ),
    ] = ()
    top_concept_of: Annotated[
        tuple[Ref, ...],
        Term(
            SKOS + "topConceptOf",
            {"fr": "en tête de", "en": "top concept of"},
            {"fr": "Glossaire dont il est une tête.", "en": "Scheme of which it is a top."},
            status="reused",
        ),
    ] = ()
    broader: Annotated[
        tuple[Ref, ...],
        Term(
            SKOS + "broader",
            {"fr": "plus large", "en": "broader"},
            {"fr": "Terme plus large.", "en": "Broader term."},
            status="reused",
        ),
    ] = ()
    narrower: Annotated[
        tuple[Ref, ...],
        Term(
            SKOS + "narrower",
            {"fr": "plus étroit", "en": "narrower"},
            {"fr": "Terme plus étroit.", "en": "Narrower term."},
            status="reused",
        ),
    ] = ()
    related_concept: Annotated[
        tuple[Ref, ...],
        Term(
            SKOS + "related",
            {"fr": "terme voisin", "en": "related concept"},
            {"fr": "Terme voisin.", "en": "Related term."},
            status="reused",
        ),
    ] = ()
    exact_match: Annotated[
        tuple[Ref, ...],
        Term(
            SKOS + "exactMatch",
            {"fr": "identique à", "en": "exact match"},
            {"fr": "Même sens, dans un autre vocabulaire.", "en": "Same meaning, in another vocabulary."},
            status="reused",
        ),
    ] = ()
    close_match: Annotated[
        tuple[Ref, ...],
        Term(
            SKOS + "closeMatch",
            {"fr": "proche de", "en": "close match"},
            {"fr": "Sens proche, dans un autre vocabulaire.", "en": "Close meaning, in another vocabulary."},
            status="reused",
        ),
    ] = ()
    broad_match: Annotated[
        tuple[Ref, ...],
        Term(
            SKOS + "broadMatch",
            {"fr": "plus large ailleurs", "en": "broad match"},
            {"fr": "Sens plus large, dans un autre vocabulaire.", "en": "Broader meaning, in another vocabulary."},
            status="reused",
        ),
    ] = ()
    narrow_match: Annotated[
        tuple[Ref, ...],
        Term(
            SKOS + "narrowMatch",
            {"fr": "plus étroit ailleurs", "en": "narrow match"},
            {"fr": "Sens plus étroit, dans un autre vocabulaire.", "en": "Narrower meaning, in another vocabulary."},
            status="reused",
        ),
    ] = ()
    related_match: Annotated[
        tuple[Ref, ...],
        Term(
            SKOS + "relatedMatch",
            {"fr": "voisin ailleurs", "en": "related match"},
            {"fr": "Sens voisin, dans un autre vocabulaire.", "en": "Related meaning, in another vocabulary."},
            status="reused",
        ),
    ] = ()
    register: Annotated[tuple[Ref, ...], REGISTER] = ()
    sense: Annotated[
        tuple[Ref, ...],
        Term(
            CDP + "sense",
            {"fr": "acceptions", "en": "senses"},
            {"fr": "Ce que le terme veut dire, communauté par communauté.", "en": "What the term means, community by community."},
            ranges=(CDP + "Sense",),
            close_to=("http://www.w3.org/ns/lemon/ontolex#sense",),
            of="Sense",
            note={
                "fr": "Côte à côte, sans que l’une l’emporte. Exemple : « complémentarité » selon la ville et les organismes.",
                "en": "Side by side, none above the others. Example: “complementarity” to the city and to the organisations.",
            },
        ),
    ] = ()
    plain_definition: Annotated[Text | None, PLAIN_DEFINITION] = None
    example: Annotated[Text | None, EXAMPLE] = None
    masculine_label: Annotated[
        tuple[Text, ...],
        Term(
            CDP + "masculineLabel",
            {"fr": "forme masculine", "en": "masculine form"},
            {"fr": "Le mot au masculin.", "en": "The masculine form of the word."},
            narrows=(SKOS + "altLabel",),
            container="@language",
            note={"fr": "Exemple : « animateur ».", "en": "Example: “animateur”, in French."},
        ),
    ] = ()
    feminine_label: Annotated[
        tuple[Text, ...],
        Term(
            CDP + "feminineLabel",
            {"fr": "forme féminine", "en": "feminine form"},
            {"fr": "Le mot au féminin.", "en": "The feminine form of the word."},
            narrows=(SKOS + "altLabel",),
            container="@language",
            note={"fr": "Exemple : « animatrice ».", "en": "Example: “animatrice”, in French."},
        ),
    ] = ()
    inclusive_label: Annotated[
        tuple[Text, ...],
        Term(
            CDP + "inclusiveLabel",
            {"fr": "forme inclusive", "en": "inclusive form"},
            {"fr": "Le mot sans distinction de genre.", "en": "The word in a form that does not distinguish gender."},
            narrows=(SKOS + "altLabel",),
            container="@language",
            note={
                "fr": "Une forme régionale est un skos:altLabel avec sa région (fr-CA). Exemple : « animateur·trice ».",
                "en": "A regional form is a skos:altLabel with its region (fr-CA). Example: “animateur·trice”, in French.",
            },
        ),
    ] = ()
    false_friend: Annotated[
        tuple[Ref, ...],
        Term(
            CDP + "falseFriend",
            {"fr": "faux ami", "en": "false friend"},
            {
                "fr": "Terme que l’on prend pour celui-ci et qui veut dire autre chose.",
                "en": "Term that is taken for this one and means something else.",
            },
            ranges=(SKOS + "Concept",),
            close_to=("http://www.w3.org/2002/07/owl#differentFrom",),
            note={
                "fr": "Un avertissement, non une correspondance. Exemple : « intervention », en urbanisme et en travail social.",
                "en": "Neither relatedMatch nor a mapping: a warning. Example: “intervention”, in planning and in social work.",
            },
        ),
    ] = ()
