"""Words that several types say: each is explained once, here."""

from __future__ import annotations

from vocab.namespaces import ADMS, AS, CDP, DCTERMS, ORG, PROV, SIOC, SKOS, SSSOM, XSD
from vocab.terms import Term

BETWEEN = Term(
    CDP + "between",
    {"fr": "entre", "en": "between"},
    {
        "fr": "Communauté prenant part à l’intersection (deux ou plus).",
        "en": "Community taking part in the intersection (two or more).",
    },
    note={
        "fr": "Aucune ne passe avant les autres. Exemple : la communauté Itinérance et la communauté Logement.",
        "en": "None comes before the others. Example: the Homelessness community and the Housing community.",
    },
    related_to=(AS + "subject", AS + "object"),
    is_searchable=True,
)
CAUTION = Term(
    CDP + "caution",
    {"fr": "mise en garde", "en": "caution"},
    {"fr": "Ce à quoi prendre garde avant de s’en servir.", "en": "What to watch out for before using it."},
    note={
        "fr": "Dans une lecture ou une note de pratique. Exemple : « Ne vaut pas pour un bâtiment patrimonial ».",
        "en": "In a reading or a practice note. Example: “Does not hold for a listed building”.",
    },
    close_to=(SKOS + "note",),
)
DEFINITION = Term(
    SKOS + "definition",
    {"fr": "définition", "en": "definition"},
    {"fr": "Ce que cela veut dire.", "en": "What it means."},
    status="reused",
    container="@language",
)
EXAMPLE = Term(
    SKOS + "example",
    {"fr": "exemple", "en": "example"},
    {"fr": "Exemple d’emploi.", "en": "Example of use."},
    status="reused",
    container="@language",
)
OBJECTIVE = Term(
    CDP + "objective",
    {"fr": "objectif", "en": "objective"},
    {"fr": "Objectif énoncé en langue naturelle.", "en": "Objective stated in natural language."},
    note={
        "fr": "Une phrase par objectif, révisée au fil du temps. Exemple : « Mutualiser nos outils d’accueil ».",
        "en": "One sentence each, revised over time. Example: “Pooling our welcome tools”.",
    },
    related_to=(ORG + "purpose",),
)
ORGANIZATIONAL_CONTEXT = Term(
    CDP + "organizationalContext",
    {"fr": "contexte organisationnel", "en": "organisational context"},
    {
        "fr": "Contexte organisationnel dans lequel vit la communauté ou la pratique.",
        "en": "Organisational context in which the community or practice lives.",
    },
    note={
        "fr": "Ce qu’il faut savoir pour juger si l’on peut en faire autant. Exemple : « Une ville de 3 000 personnes, un seul "
        "poste à mi-temps ».",
        "en": "What one has to know to judge whether one can do likewise. Example: “A town of 3,000, one half-time post”.",
    },
    narrows=(DCTERMS + "description",),
)
PHASE = Term(
    CDP + "phase",
    {"fr": "phase", "en": "phase"},
    {"fr": "Phase de vie d’une communauté ou d’une intersection.", "en": "Life phase of a community or of an intersection."},
    ranges=(SKOS + "Concept",),
    schemes=("phases", "intersection-phases"),
    note={
        "fr": "Dite par qui anime, pour choisir quoi faire ; aucune phase ne vaut mieux qu’une autre. Exemple : en coalescence.",
        "en": "Said by the facilitators, to choose what to do; no phase is better than another. Example: coalescing.",
    },
    narrows=(ADMS + "status",),
    is_searchable=True,
)
PLAIN_DEFINITION = Term(
    CDP + "plainDefinition",
    {"fr": "en langage clair", "en": "in plain language"},
    {"fr": "Ce que cela veut dire, sans jargon.", "en": "What it means, without jargon."},
    note={
        "fr": "Exemple : pour « péréquation », « les mieux pourvus aident les autres ».",
        "en": "Example: for “equalisation”, “those who have more help those who have less”.",
    },
    narrows=(SKOS + "note",),
    container="@language",
)
REGISTER = Term(
    CDP + "register",
    {"fr": "langage professionnel", "en": "professional register"},
    {
        "fr": "Langage professionnel (économique, social, communautaire…) d’un glossaire ou d’un terme.",
        "en": "Professional register (economic, social, community…) of a glossary or term.",
    },
    ranges=(SKOS + "Concept",),
    note={
        "fr": "Exemple : « milieu de vie », langage communautaire ; « zone résidentielle », langage institutionnel.",
        "en": "Example: “neighbourhood life”, community register; “residential zone”, institutional register.",
    },
    related_to=("http://www.w3.org/ns/lemon/ontolex#usage",),
    is_searchable=True,
)
REPERTOIRE = Term(
    CDP + "repertoire",
    {"fr": "répertoire partagé", "en": "shared repertoire"},
    {
        "fr": "Collection des éléments de répertoire d’une communauté, ou du répertoire élargi d’une intersection.",
        "en": "Collection of a community’s repertoire items, or of an intersection’s enlarged repertoire.",
    },
    ranges=(AS + "Collection",),
    note={
        "fr": "Ce qui reste quand la conversation passe. Exemple : les 40 notes et outils d’une communauté.",
        "en": "What stays when the conversation has moved on. Example: the 40 notes and tools of a community.",
    },
    related_to=(SIOC + "container_of",),
)
SHARED_ENTERPRISE = Term(
    CDP + "sharedEnterprise",
    {"fr": "entreprise commune", "en": "joint enterprise"},
    {"fr": "Ce que la communauté entreprend ensemble.", "en": "What the community undertakes together."},
    note={
        "fr": "Pour une intersection, son intention. Exemple : « Accueillir partout comme on voudrait l’être ».",
        "en": "For an intersection, its intention. Example: “Welcoming everywhere as one would like to be welcomed”.",
    },
    narrows=(DCTERMS + "description",),
)
STRENGTH = Term(
    CDP + "strength",
    {"fr": "force", "en": "strength"},
    {
        "fr": "Force, de 0 à 1, selon la méthode indiquée par dcterms:conformsTo.",
        "en": "Strength, 0 to 1, by the method given in dcterms:conformsTo.",
    },
    datatype=XSD + "double",
    note={
        "fr": "Sert à trier, non à juger. Exemple : 0,41 par la première méthode publiée.",
        "en": "For sorting, not for judging. Example: 0.41 by the first published method.",
    },
    related_to=(SSSOM + "confidence",),
    is_searchable=True,
)
VOICE = Term(
    CDP + "voice",
    {"fr": "voix", "en": "voice"},
    {"fr": "Communauté dans le langage de laquelle c’est dit.", "en": "Community in whose language this is said."},
    ranges=(AS + "Group",),
    note={
        "fr": "La personne qui écrit reste dans attributedTo. Exemple : une lecture écrite par Amina, dans la voix de la "
        "communauté Santé publique.",
        "en": "The person who writes stays in attributedTo. Example: a reading written by Amina, in the voice of the Public "
        "Health community.",
    },
    narrows=(PROV + "wasAttributedTo",),
    is_searchable=True,
)
